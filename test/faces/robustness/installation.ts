import { pino } from 'pino';
import type { Connection } from '../../../src/database/connect.ts';
import type { Context } from '../../../src/domain/context.ts';
import { newId, type PortalId } from '../../../src/domain/ids.ts';
import { type Answer, startApp, type TestApp } from '../../support/app.ts';
import { givenDeveloper } from '../../support/developers.ts';

/** An application in which there is one of everything, asked for things that make no sense. */
export interface Installation {
  readonly app: TestApp;
  /** A route's path with the ids of what is there. */
  address(path: string): string;
  /** What the log holds at the level of errors, and should not. */
  readonly errors: string[];
  /** Changes with everything that is stored; asked for when nothing is rendered in the background any more. */
  revision(): Promise<number>;
}

export const SPECIFICATION = JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'Harbours', version: '1' },
  paths: { '/ships': { get: { operationId: 'list-ships', tags: ['Ships'], responses: { 200: { description: 'OK' } } } } },
  components: { schemas: { Ship: { type: 'object' } } },
});

export const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** How many ask at once: more than a database has connections here. */
const AT_A_TIME = 8;

/** Does the same with each, some at a time: whoever asks alone waits for client, server and database in turn. */
export const withEach = async <Item>(items: Iterable<Item>, act: (item: Item) => Promise<unknown>): Promise<void> => {
  // One iterator for all: each takes what nobody has taken yet.
  const left = [...items].values();
  const takeTurns = async (): Promise<void> => {
    for (const item of left) await act(item);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, takeTurns));
};

/** Lines of a log that are errors. */
export const errorLog = () => {
  const errors: string[] = [];
  const log = pino(
    { level: 'error' },
    {
      write: (line: string) => {
        errors.push(line);
      },
    },
  );
  return { log, errors };
};

const made = ({ status, text, json }: Answer): { id: string; [field: string]: string } => {
  if (status !== 201) throw new Error(`not created: ${status} ${text}`);
  return json;
};

export const startInstallation = async (connection: Connection): Promise<Installation> => {
  const { log, errors } = errorLog();
  const app = await startApp(connection, { options: { log } });
  await app.installation.prepare();
  const post = async (path: string, json: object) => made(await app.request('POST', `/v2${path}`, { json }));

  const portal = await post('/portals', { name: 'site', is_public: true });
  const product = await post('/api-products', { name: 'Harbours', portal_ids: [portal.id] });
  const version = await post(`/api-products/${product.id}/product-versions`, { name: 'v1', publish_status: 'published' });
  const document = await post(`/api-products/${product.id}/documents`, { slug: 'intro', title: 'Intro', status: 'published' });
  const specification = await post(`/api-products/${product.id}/product-versions/${version.id}/specifications`, {
    name: 'harbours.json',
    content: base64(SPECIFICATION),
  });
  const plane = await post('/control-planes', { name: 'plane' });
  const service = await post(`/control-planes/${plane.id}/core-entities/services`, { name: 'service', host: 'example.com' });
  const route = await post(`/control-planes/${plane.id}/core-entities/routes`, { name: 'route', paths: ['/'] });
  const strategy = await post('/application-auth-strategies', {
    name: 'openid',
    display_name: 'Log in',
    strategy_type: 'openid_connect',
    configs: {
      'openid-connect': { issuer: 'https://id.example.com', credential_claim: ['sub'], scopes: [], auth_methods: [] },
    },
  });

  const team = await post(`/portals/${portal.id}/teams`, { name: 'team' });
  const role = await post(`/portals/${portal.id}/teams/${team.id}/assigned-roles`, {
    role_name: 'API Viewer',
    entity_id: product.id,
    entity_type_name: 'Services',
    entity_region: 'us',
  });
  const destination = await post('/audit-log-destinations', {
    name: 'destination',
    endpoint: 'https://logs.example.com',
    log_format: 'json',
  });
  const people = await givenPeople(app.ctx, portal.id as PortalId, { productId: product.id, versionId: version.id });

  const parts: Readonly<Record<string, string>> = {
    ...people,
    teamId: team.id,
    roleId: role.id,
    auditLogDestinationId: destination.id,
    productId: product.id,
    versionId: version.id,
    productVersionId: version.id,
    documentId: document.id,
    specificationId: specification.id,
    id: plane.id,
    service: service.id,
    route: route.id,
    authStrategyId: strategy.id,
    portalId: portal.id,
    indices: 'product-catalog',
    product: 'harbours',
    version: 'v1',
    slug: 'intro',
    rest: 'x',
    address: 'list-ships',
    name: 'Ship',
    hash: '0',
    diagram: '0',
    theme: 'light.svg',
    kind: 'logo',
  };
  return {
    app,
    address: (path) =>
      path.replace(/[:*](\w+)/g, (_, name: string) => {
        const part = parts[name];
        if (part === undefined) throw new Error(`nothing stands for ${name} in ${path}`);
        return part;
      }),
    errors,
    revision: async () => {
      await app.installation.references.idle();
      return connection.revision();
    },
  };
};

/** A developer of a portal with an application that is registered for a version and has a key, as rows. */
const givenPeople = async (
  ctx: Context,
  portalId: PortalId,
  { productId, versionId }: { readonly productId: string; readonly versionId: string },
) => {
  const now = ctx.now();
  const at = now.toISOString();
  const developerId = await givenDeveloper(ctx, portalId);
  const [applicationId, registrationId, credentialId] = [newId(now), newId(now), newId(now)];
  const times = { created_at: at, updated_at: at };
  const owned = { portal_id: portalId, developer_id: developerId, scopes: '[]', ...times };
  await ctx.db
    .insertInto('applications')
    .values({ ...owned, id: applicationId, name: 'Shop', name_key: 'shop', reference_id: '' })
    .execute();
  await ctx.db
    .insertInto('registrations')
    .values({
      ...{ ...owned, id: registrationId, application_id: applicationId },
      ...{ product_id: productId, version_id: versionId, status: 'approved' },
    })
    .execute();
  await ctx.db
    .insertInto('credentials')
    .values({ ...times, id: credentialId, application_id: applicationId, name: 'Key', prefix: 'portico_x', hash: 'x' })
    .execute();
  return { developerId, applicationId, registrationId, credentialId };
};
