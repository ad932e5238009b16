import type { Connection } from '../../../src/database/connect.ts';
import type { NewPortal } from '../../../src/domain/portals/index.ts';
import { type Answer, type RequestOptions, startApp } from '../../support/app.ts';
import { addDeveloper, signIn } from '../../support/developers.ts';
import { registrationScene } from '../../support/registrations.ts';

type Ask = (method: string, path: string, options?: RequestOptions) => Promise<Answer>;

/** A private portal with a version that takes registrations, and Ada, who is signed in. `as` asks for another developer. */
export const startDeveloper = async (connection: Connection, input: Partial<NewPortal> = {}) => {
  const app = await startApp(connection);
  const scene = await registrationScene(app.ctx, input);
  const host = scene.portal.defaultDomain;
  const ask =
    (cookie: string): Ask =>
    (method, path, { headers, ...options } = {}) =>
      app.request(method, path, { host, headers: { ...(cookie === '' ? {} : { cookie }), ...headers }, ...options });
  const as = async (email: string): Promise<Ask> => {
    await addDeveloper(app.ctx, scene.portal, { email });
    return ask((await signIn(app.ctx, scene.portal, email)).cookie);
  };
  return { ...scene, app, as, request: await as('ada@example.com'), anonymous: ask('') };
};
