import { parse } from 'yaml';
import { VISITOR } from '../../../src/domain/access/index.ts';
import { createApplication } from '../../../src/domain/applications/index.ts';
import type { ContextWithPorts } from '../../../src/domain/context.ts';
import { createCredential } from '../../../src/domain/credentials/index.ts';
import { setDeveloperStatus } from '../../../src/domain/developers/index.ts';
import { createPortal, findPortal, type Portal } from '../../../src/domain/portals/index.ts';
import {
  createDocument,
  createSpecification,
  createVersion,
  drawNextDiagram,
  updateDocument,
} from '../../../src/domain/products/index.ts';
import { publishProducts, putPublication } from '../../../src/domain/publications/index.ts';
import { hashSecret } from '../../../src/domain/secrets/index.ts';
import { addTeamMember, assignTeamRole, createTeam } from '../../../src/domain/teams/index.ts';
import { diagramHash } from '../../../src/rendering/diagrams/diagram.ts';
import { addDeveloper, signedIn, signIn } from '../../support/developers.ts';
import { read } from '../../support/source.ts';
import { type Ask, type Difference, filled, rowsWith, shownIn, type Things } from './run.ts';

const HOSTS = { portalDomain: 'localhost', reservedHosts: [] };

/** Somebody who comes to a portal. */
export interface PortalVisitor {
  /** an application that they own */
  readonly application: string;
  /** the session that they have there */
  readonly session: string;
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
  /** a form that may hold files */
  readonly parts?: Readonly<Record<string, string>>;
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
  hiddenVersion: 'versionWithBoats',
  applicationId: 'application',
  registrationId: 'registration',
  credentialId: 'credential',
  imageHash: 'image',
};

/** Of whom the table speaks together. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  strangers: ['anonymous', 'pending', 'revoked', 'rejected', 'outsider', 'administrator'],
  developers: ['no team', 'viewer', 'consumer', 'another consumer'],
};

const DRAWN = { drawn: true, light: '<svg/>', dark: '<svg/>', width: 1, height: 1 } as const;

const fenced = (source: string): string => `\`\`\`mermaid\n${source}\`\`\`\n`;

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
  const [shown, unseen] = ['pie "a": 1', 'pie "b": 1'].map((source) => `${source}\n`);
  const hidden = await createDocument(ctx, product, {
    ...{ slug: 'draft', title: 'Draft', status: 'unpublished', content: fenced(unseen ?? '') },
  });
  await updateDocument(
    ctx,
    { productId: product, documentId: things['document'] as never },
    { content: `${fenced(shown ?? '')}\n![x](images/${things['image']}.png)` },
  );
  const boats = await createVersion(ctx, product, { name: 'v4' });
  const specification = {
    name: 'openapi.yaml',
    bytes: Buffer.from(String(things['specificationText']).replaceAll('trains', 'boats')),
  };
  await createSpecification(ctx, { productId: product, versionId: boats.id }, specification);
  while (await drawNextDiagram({ ...ctx, ports: { ...ctx.ports, drawDiagram: () => Promise.resolve(DRAWN) } }));

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
      session: session?.sessionId ?? '',
    };
  };
  /** Somebody whom the portal does not know, whatever cookie they show. */
  const stranger = (name: string, host: string, cookie?: string): PortalVisitor => ({
    name,
    host,
    cookie: ['portico_browser=browser', cookie ?? []].flat().join('; '),
    csrf: hashSecret(ctx, 'csrf', 'browser'),
    application: String(things['application']),
    session: String(things['nothing']),
  });
  const lapsed = async (status: 'pending' | 'revoked' | 'rejected') => {
    const { id } = await addDeveloper(ctx, portal, { email: `${status}@example.com` });
    await join(things['team'], id);
    const { cookie } = await come(status, portal, `${status}@example.com`);
    await setDeveloperStatus(ctx, { portalId: portal.id, developerId: id }, { status });
    return { id, visitor: stranger(status, portal.defaultDomain, cookie) };
  };
  const pending = await lapsed('pending');
  const none = await addDeveloper(ctx, portal, { email: 'none@example.com' });
  const viewer = await addDeveloper(ctx, portal, { email: 'viewer@example.com' });
  await join(viewers.id, viewer.id);
  await addDeveloper(ctx, foreign, { email: 'outsider@example.com' });
  const outsider = await come('outsider', foreign, 'outsider@example.com');
  const theirs = String(things['ownerSession']);
  const visitors = [
    stranger('anonymous', portal.defaultDomain),
    pending.visitor,
    (await lapsed('revoked')).visitor,
    (await lapsed('rejected')).visitor,
    stranger('outsider', portal.defaultDomain, outsider.cookie),
    stranger('administrator', portal.defaultDomain, `portico_admin=${theirs}; portalaccesstoken=${theirs}`),
    await come('no team', portal, 'none@example.com'),
    await come('viewer', portal, 'viewer@example.com'),
    await come('consumer', portal, 'consumer@example.com'),
    await come('another consumer', portal, 'other@example.com'),
    stranger('public', open.defaultDomain),
  ];
  const owner = { portal, developerId: things['developer'] as never };
  const credential = await createCredential(ctx, { ...owner, applicationId: things['application'] as never }, 'key');
  return {
    visitors,
    more: {
      credential: credential.id,
      developersToken: (await signIn({ ...ctx, actor: VISITOR }, portal, 'consumer@example.com')).accessToken,
      pendingDeveloper: pending.id,
      memberless: none.id,
      productName: 'Timetables',
      name: 'Train',
      kind: 'logo',
      hash: '0',
      sessionId: things['nothing'],
      hiddenDocument: hidden.id,
      slug: 'guide',
      hiddenSlug: 'draft',
      file: 'guide.md',
      hiddenFile: 'draft.md',
      diagram: diagramHash({ kind: 'mermaid', source: shown ?? '' }),
      hiddenDiagram: diagramHash({ kind: 'mermaid', source: unseen ?? '' }),
      theme: 'light.svg',
      address: things['operation'],
      hiddenAddress: 'get-boats',
      versionWithBoats: boats.id,
      indices: 'product-catalog',
    },
  };
};

/** What the table says that a visitor gets: of them, of a group that they are in, or of whoever has the same profile. */
const expected = (row: Row, { name }: PortalVisitor): string => {
  const group = Object.keys(GROUPS).find((known) => GROUPS[known]?.includes(name)) ?? name;
  const profile = table.profiles[row.like ?? ''];
  return String(row[name] ?? row[group] ?? profile?.[name] ?? profile?.[group]);
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
  only: string,
): Promise<{ cells: number; differences: Difference[] }> => {
  const differences: Difference[] = [];
  let cells = 0;
  for (const [route, row] of rowsWith(table.routes, only)) {
    const [method = '', template = ''] = String(filled(route, things)).split(' ');
    const query = row.query === undefined ? '' : `?${filled(row.query, things)}`;
    for (const visitor of visitors) {
      const theirs: Things = { ...things, ownApplicationId: visitor.application, ownSessionId: visitor.session };
      const path = template.replace(/[:*](\w+)/g, (_, part: string) => String(theirs[PARAMETERS[part] ?? part]));
      const answer = await ask(method.toUpperCase(), `${path}${query}`, {
        host: visitor.host,
        ...(await contentOf(row, things, visitor)),
      });
      const outcome = outcomeOf(answer.status, answer.headers.location);
      const shown = outcome === 'ok' ? shownIn(answer, row.shows, things) : '';
      const [actual, wanted] = [`${outcome}${shown}`, expected(row, visitor)];
      cells++;
      if (actual !== wanted) differences.push({ route, visitor: visitor.name, expected: wanted, actual, answer: answer.text });
    }
  }
  return { cells, differences };
};

const contentOf = async ({ form, parts, body }: Row, things: Things, { cookie, csrf }: PortalVisitor) => {
  if (parts !== undefined) {
    const data = new FormData();
    const fields = { _csrf: csrf, ...(filled(parts, things) as Record<string, string>) };
    for (const [name, value] of Object.entries(fields)) data.append(name, value);
    const encoded = new Response(data);
    const type = encoded.headers.get('content-type') ?? '';
    return { headers: { cookie, 'content-type': type }, body: Buffer.from(await encoded.arrayBuffer()) };
  }
  if (form === undefined) return { headers: { cookie }, ...(body === undefined ? {} : { json: filled(body, things) }) };
  return {
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ _csrf: csrf, ...(filled(form, things) as Record<string, string>) }).toString(),
  };
};
