import { Configuration, DeveloperApi } from '@kong/sdk-portal-js';
import { afterEach, expect, it } from 'vitest';
import {
  createDeveloperLink,
  type LinkPurpose,
  listDevelopers,
  setDeveloperStatus,
} from '../../../src/domain/developers/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { PASSWORD } from '../../support/developers.ts';
import { type PortalFixture, startPortal } from './portal-fixture.ts';

const EMAIL = 'ada@example.com';

onEachDatabase('the public client library, for developers', (open) => {
  let at: PortalFixture;
  afterEach(() => at.app.close());

  const client = (cookie = ''): DeveloperApi =>
    new DeveloperApi(
      new Configuration({
        basePath: `http://127.0.0.1:${at.app.port}`,
        baseOptions: { headers: { Host: at.portal.defaultDomain, ...(cookie === '' ? {} : { Cookie: cookie }) } },
      }),
    );
  const cookiesOf = ({ headers }: { headers: unknown }): string =>
    (headers as { 'set-cookie'?: string[] })['set-cookie']?.map((line) => line.split(';')[0]).join('; ') ?? '';
  const developerId = async () => {
    const query = { filters: [], sort: [], page: { number: 1, size: 1 } };
    const [developer] = (await listDevelopers(at.app.ctx, at.portal.id, query)).items;
    if (!developer) throw new Error('nobody signed up');
    return developer.id;
  };
  const link = async (purpose: LinkPurpose) => createDeveloperLink(at.app.ctx, { developerId: await developerId(), purpose });

  it('signs up, confirms, logs in, refreshes, logs out', async () => {
    at = await startPortal(await open(), { isPublic: false });
    const anonymous = client();
    const registered = await anonymous.register({ requestBody: { email: EMAIL, full_name: 'Ada Lund' } });
    expect(registered.status).toBe(201);
    const verified = await anonymous.verifyEmail({ verifyEmailRequest: { token: await link('confirm-address') } });
    expect([verified.status, verified.data.email]).toEqual([202, EMAIL]);
    const resetPasswordRequest = { token: String(verified.data.token), password: PASSWORD };
    expect((await anonymous.resetPassword({ resetPasswordRequest })).status).toBe(204);
    await setDeveloperStatus(at.app.ctx, { portalId: at.portal.id, developerId: await developerId() }, { status: 'approved' });

    const authenticateRequest = { username: EMAIL, password: PASSWORD };
    const authenticated = await anonymous.authenticate({ authenticateRequest });
    expect(authenticated.status).toBe(204);
    const first = cookiesOf(authenticated);
    expect((await client(first).getDeveloperMe()).data).toMatchObject({ email: EMAIL, full_name: 'Ada Lund' });
    const second = cookiesOf(await client(first).refresh());
    expect((await client(second).getDeveloperMe()).status).toBe(200);
    await expect(client(first).getDeveloperMe()).rejects.toMatchObject({ response: { status: 401 } });
    expect((await client(second).logout()).status).toBe(204);
    await expect(client(second).getDeveloperMe()).rejects.toMatchObject({ response: { status: 401 } });

    expect((await anonymous.forgotPassword({ resetPasswordPayload: { email: EMAIL } })).status).toBe(200);
    const another = { token: await link('reset-password'), password: 'nine quiet lighthouses' };
    expect((await anonymous.resetPassword({ resetPasswordRequest: another })).status).toBe(204);
    await expect(anonymous.authenticate({ authenticateRequest })).rejects.toMatchObject({
      response: { status: 401, data: { title: 'Invalid Credentials' } },
    });
  });
});
