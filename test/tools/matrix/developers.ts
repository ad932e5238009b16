import { parse } from 'yaml';
import { VISITOR } from '../../../src/domain/access/index.ts';
import { createApplication } from '../../../src/domain/applications/index.ts';
import type { ContextWithPorts } from '../../../src/domain/context.ts';
import { createCredential } from '../../../src/domain/credentials/index.ts';
import { setDeveloperStatus } from '../../../src/domain/developers/index.ts';
import { createPortal, findPortal, type Portal } from '../../../src/domain/portals/index.ts';
import { createDocument } from '../../../src/domain/products/index.ts';
import { publishProducts, putPublication } from '../../../src/domain/publications/index.ts';
import { hashSecret } from '../../../src/domain/secrets/index.ts';
import { addTeamMember, assignTeamRole, createTeam } from '../../../src/domain/teams/index.ts';
import { portalRoutes } from '../../../src/faces/portal/routes.ts';
import { ownPortalApiRoutes, portalApiRoutes } from '../../../src/faces/portal-api/routes.ts';
import { addDeveloper, signedIn, signIn } from '../../support/developers.ts';
import { read } from '../../support/source.ts';
import { type Ask, type Difference, filled, type Things, uncovered } from './run.ts';

const HOSTS = { portalDomain: 'localhost', reservedHosts: [] };

/** Somebody who comes to a portal. */
export interface PortalVisitor {
  /** an application that they own */
  readonly application: string;
  readonly name: string;
  readonly host: string;
  readonly cookie: string;
  /** for forms */
  readonly csrf: string;
}

type Row = Readonly<Record<string, unknown>> & {
  readonly like?: string;
  readonly shows?: string;
  readonly query?: string;
  readonly body?: unknown;
  readonly form?: Readonly<Record<string, string>>;
};

const table = parse(read('test/tools/matrix/developers.yaml')) as {
  readonly profiles: Readonly<Record<string, Readonly<Record<string, string | number>>>>;
  readonly routes: Readonly<Record<string, Row>>;
};

/** What stands in a path for each parameter, where it is called otherwise there. */
const PARAMETERS: Readonly<Record<string, string>> = {
  productId: 'product',
  hiddenProductId: 'otherProduct',
  hiddenProduct: 'otherProduct',
  documentId: 'document',
  hiddenDocumentId: 'hiddenDocument',
  productVersionId: 'version',
  hiddenVersionId: 'bareVersion',
  hiddenVersion: 'bareVersion',
  applicationId: 'application',
  registrationId: 'registration',
  credentialId: 'credential',
};

const SAME: Readonly<Record<string, string>> = {
  hiddenProductId: 'productId',
  hiddenProduct: 'product',
  hiddenDocumentId: 'documentId',
  hiddenVersionId: 'productVersionId',
  hiddenVersion: 'version',
  hiddenSlug: 'slug',
  ownApplicationId: 'applicationId',
};

/** Everybody who comes to the portal of {@link createThings}, and what else they need there. */
export const createPortalVisitors = async (
  ctx: ContextWithPorts,
  things: Things,
): Promise<{ visitors: PortalVisitor[]; more: Things }> => {
  const portal = (await findPortal(ctx, things['portal'] as Portal['id'])) as Portal;
  const product = things['product'] as never;
  const [foreign, open] = [
    await createPortal(ctx, { name: 'foreign' }, HOSTS),
    await createPortal(ctx, { name: 'open', isPublic: true }, HOSTS),
  ];
  const published = {
    publishStatus: 'published',
    deprecated: false,
    applicationRegistrationEnabled: false,
    autoApproveRegistration: false,
    authStrategyIds: [],
  } as const;
  await publishProducts(ctx, open.id, { [String(things['product'])]: 'published' });
  await putPublication(ctx, { portalId: open.id, versionId: things['version'] as never }, published);
  const hidden = await createDocument(ctx, product, { slug: 'draft', title: 'Draft', status: 'unpublished' });

  const viewers = await createTeam(ctx, portal.id, { name: 'Viewers' });
  await assignTeamRole(ctx, { portalId: portal.id, teamId: viewers.id }, { role: 'API Viewer', productId: product });
  const join = (teamId: unknown, developerId: unknown) =>
    addTeamMember(ctx, { portalId: portal.id, teamId: teamId as never }, developerId as never);
  await join(things['team'], things['otherDeveloper']);
  const come = async (name: string, at: Portal, email: string): Promise<PortalVisitor> => {
    const tokens = await signIn({ ...ctx, actor: VISITOR }, at, email);
    const session = await signedIn(ctx, at, tokens, 'page');
    const developerId = session?.id as never;
    const application = await createApplication(ctx, { portal: at, developerId }, { name: 'Own' });
    return {
      name,
      host: portal.defaultDomain,
      cookie: tokens.cookie,
      csrf: hashSecret(ctx, 'csrf', session?.sessionId ?? ''),
      application: application.id,
    };
  };
  const unknown = (name: string, host: string): PortalVisitor => ({
    name,
    host,
    cookie: 'portico_browser=browser',
    csrf: hashSecret(ctx, 'csrf', 'browser'),
    application: String(things['application']),
  });
  const lapsed = async (status: 'pending' | 'revoked'): Promise<PortalVisitor> => {
    const { id } = await addDeveloper(ctx, portal, { email: `${status}@example.com` });
    await join(things['team'], id);
    const { cookie } = await come(status, portal, `${status}@example.com`);
    await setDeveloperStatus(ctx, { portalId: portal.id, developerId: id }, { status });
    const visitor = unknown(status, portal.defaultDomain);
    return { ...visitor, cookie: `${visitor.cookie}; ${cookie}` };
  };
  await addDeveloper(ctx, portal, { email: 'none@example.com' });
  const viewer = await addDeveloper(ctx, portal, { email: 'viewer@example.com' });
  await join(viewers.id, viewer.id);
  await addDeveloper(ctx, foreign, { email: 'outsider@example.com' });
  const outsider = await come('outsider', foreign, 'outsider@example.com');
  const visitors = [
    unknown('anonymous', portal.defaultDomain),
    await lapsed('pending'),
    await lapsed('revoked'),
    { ...unknown('outsider', portal.defaultDomain), cookie: `portico_browser=browser; ${outsider.cookie}` },
    await come('no team', portal, 'none@example.com'),
    await come('viewer', portal, 'viewer@example.com'),
    await come('consumer', portal, 'consumer@example.com'),
    await come('another consumer', portal, 'other@example.com'),
    unknown('public', open.defaultDomain),
  ];
  const owner = { portal, developerId: things['developer'] as never };
  const credential = await createCredential(ctx, { ...owner, applicationId: things['application'] as never }, 'key');
  return {
    visitors,
    more: {
      credential: credential.id,
      productName: 'Timetables',
      name: 'Train',
      kind: 'logo',
      hash: '0',
      rest: things['application'],
      sessionId: things['nothing'],
      hiddenDocument: hidden.id,
      slug: 'guide',
      hiddenSlug: 'draft',
      address: things['operation'],
      indices: 'product-catalog',
    },
  };
};

/** What became of a request: `ok`, where it leads, or a status. */
const outcomeOf = (status: number, location: string | undefined): string => {
  if (status < 300) return 'ok';
  if (status >= 400) return String(status);
  if (location?.startsWith('/login')) return 'login';
  return location === '/' ? 'start' : 'ok';
};

/** Every route of the portal and its client API × every kind of visitor. */
export const runPortal = async (
  things: Things,
  visitors: readonly PortalVisitor[],
  ask: Ask,
): Promise<{ cells: number; differences: Difference[] }> => {
  const differences: Difference[] = [];
  let cells = 0;
  for (const [route, row] of Object.entries(table.routes)) {
    const [method = '', template = ''] = route.split(' ');
    const query = row.query === undefined ? '' : `?${filled(row.query, things)}`;
    for (const { name, host, cookie, csrf, application } of visitors) {
      const theirs: Things = { ...things, ownApplicationId: application };
      const path = template.replace(/[:*](\w+)/g, (_, part: string) => String(theirs[PARAMETERS[part] ?? part]));
      const form =
        row.form && new URLSearchParams({ _csrf: csrf, ...(filled(row.form, things) as Record<string, string>) }).toString();
      const answer = await ask(method.toUpperCase(), `${path}${query}`, {
        host,
        headers: { cookie, ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }) },
        ...(form === undefined ? {} : { body: form }),
        ...(row.body === undefined ? {} : { json: filled(row.body, things) }),
      });
      const outcome = outcomeOf(answer.status, answer.headers.location);
      const shown = row.shows && outcome === 'ok' ? (answer.text.includes(String(things[row.shows])) ? ' with' : ' without') : '';
      const actual = `${outcome}${shown}`;
      const wanted = String(row[name] ?? table.profiles[row.like ?? '']?.[name]);
      cells++;
      if (actual !== wanted) differences.push({ route, visitor: name, expected: wanted, actual, answer: answer.text });
    }
  }
  const routes = [
    ...portalApiRoutes.map(({ method, path }) => `${method} /api/v2${path}`),
    ...ownPortalApiRoutes.map(({ method, path }) => `${method} /api/portico/v1${path}`),
    ...portalRoutes.map(({ method, path }) => `${method} ${path}`),
  ];
  return { cells, differences: [...differences, ...uncovered(Object.keys(table.routes), SAME, routes)] };
};
