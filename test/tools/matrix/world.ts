import { randomUUID } from 'node:crypto';
import { type EntityType, type Grant, ORGANISATION_ADMIN, ROLES, SYSTEM } from '../../../src/domain/access/index.ts';
import { addTeamMember as addToTeam, createAdministratorTeam } from '../../../src/domain/administrator-teams/index.ts';
import { createAdministrator } from '../../../src/domain/administrators/index.ts';
import { createApplication } from '../../../src/domain/applications/index.ts';
import { createAuditDestination } from '../../../src/domain/audit/index.ts';
import { createAuthStrategy } from '../../../src/domain/auth-strategies/index.ts';
import type { ContextWithPorts, OrganisationContext } from '../../../src/domain/context.ts';
import { createControlPlane, createGatewayRoute, createGatewayService } from '../../../src/domain/gateways/index.ts';
import { type AdministratorId, newId, type SessionId } from '../../../src/domain/ids.ts';
import { createPortal } from '../../../src/domain/portals/index.ts';
import { createDocument, createProduct, createSpecification, createVersion } from '../../../src/domain/products/index.ts';
import { createProductInPortals, putPublication } from '../../../src/domain/publications/index.ts';
import { registerApplication } from '../../../src/domain/registrations/index.ts';
import { assignEntityRole, assignRole } from '../../../src/domain/roles/index.ts';
import { hashSecret, newSecret } from '../../../src/domain/secrets/index.ts';
import { addTeamMember, assignTeamRole, createTeam } from '../../../src/domain/teams/index.ts';
import { createToken } from '../../../src/domain/tokens/index.ts';
import { newMachine, newPerson } from '../../support/administrators.ts';
import type { TestApp } from '../../support/app.ts';
import { addDeveloper } from '../../support/developers.ts';
import type { Things } from './run.ts';

const HOSTS = { portalDomain: 'localhost', reservedHosts: [] };
const SPECIFICATION =
  'openapi: 3.1.0\ninfo: { title: Timetables, version: "1" }\npaths:\n  /trains: { get: { responses: { "200": { description: ok, content: { application/json: { schema: { $ref: "#/components/schemas/Train" } } } } } } }\ncomponents: { schemas: { Train: { type: object, properties: { next: { $ref: "#/components/schemas/Train" } } } } }\n';
const PUBLISHED = {
  publishStatus: 'published',
  deprecated: false,
  applicationRegistrationEnabled: true,
  autoApproveRegistration: false,
} as const;

/** One of everything, and another one of what roles can be held on. */
export const createThings = async ({ ctx, installation: { organisation } }: TestApp): Promise<Things> => {
  const inUse = await createAuthStrategy(ctx, { name: 'In use', displayName: 'Key', config: { type: 'key_auth' } });
  const strategy = await createAuthStrategy(ctx, { name: 'Unused', displayName: 'Key', config: { type: 'key_auth' } });
  const portal = await createPortal(
    ctx,
    { name: 'here', rbacEnabled: true, customDomain: 'developers.example.org', defaultAuthStrategyId: inUse.id },
    HOSTS,
  );
  const product = await createProductInPortals(ctx, { name: 'Timetables', portalIds: [portal.id] });
  const version = await createVersion(ctx, product.id, { name: 'v1' });
  const bareVersion = await createVersion(ctx, product.id, { name: 'v2' });
  const document = await createDocument(ctx, product.id, { slug: 'guide', title: 'Guide', status: 'published', content: 'x' });
  const address = { productId: product.id, versionId: version.id };
  const specification = await createSpecification(ctx, address, { name: 'openapi.yaml', bytes: Buffer.from(SPECIFICATION) });
  await putPublication(ctx, { portalId: portal.id, versionId: version.id }, { ...PUBLISHED, authStrategyIds: [inUse.id] });
  const secondVersion = await createVersion(ctx, product.id, { name: 'v3' });
  await putPublication(ctx, { portalId: portal.id, versionId: secondVersion.id }, { ...PUBLISHED, authStrategyIds: [inUse.id] });
  const plane = await createControlPlane(ctx, { name: 'edge' });
  const service = await createGatewayService(ctx, plane.id, { name: 'service', host: 'example.org' });
  const route = await createGatewayRoute(ctx, plane.id, { name: 'route', paths: ['/x'] });
  const destination = await createAuditDestination(ctx, { name: 'there', endpoint: 'https://example.org/', logFormat: 'json' });
  const others = await createOthers(ctx);

  const developer = await addDeveloper(ctx, portal, { email: 'consumer@example.com' });
  const otherDeveloper = await addDeveloper(ctx, portal, { email: 'other@example.com' });
  const team = await createTeam(ctx, portal.id, { name: 'Consumers' });
  const teamAddress = { portalId: portal.id, teamId: team.id };
  await addTeamMember(ctx, teamAddress, developer.id);
  const role = await assignTeamRole(ctx, teamAddress, { role: 'API Consumer', productId: product.id });
  const owner = { portal, developerId: developer.id };
  const actor = { kind: 'developer', id: developer.id, portalId: portal.id } as const;
  const application = await createApplication({ ...ctx, actor }, owner, { name: 'Shop' });
  const registration = await registerApplication({ ...ctx, actor }, { ...owner, applicationId: application.id }, version.id);

  const [person, member, machine] = [
    await newPerson(organisation, 'Person'),
    await newPerson(organisation, 'Member'),
    await newMachine(organisation, 'machine'),
  ];
  const administratorTeam = await createAdministratorTeam(organisation, { name: 'Team' });
  await addToTeam(organisation, administratorTeam.id, member);
  const assignment = await assignEntityRole(ctx, organisation, {
    entityType: 'product',
    entityId: product.id,
    role: 'Viewer',
    holder: member,
  });
  const token = await createToken(organisation, { name: 'x', owner: person });
  const machineToken = await createToken(organisation, { name: 'x', owner: machine });
  return {
    ...others,
    product: product.id,
    portal: portal.id,
    portalHost: portal.defaultDomain,
    strategy: strategy.id,
    plane: plane.id,
    version: version.id,
    secondVersion: secondVersion.id,
    operation: 'get-trains',
    nothing: randomUUID(),
    secretKey: ctx.secretKey,
    bareVersion: bareVersion.id,
    document: document.id,
    specificationId: specification.id,
    service: service.id,
    route: route.id,
    auditLogDestinationId: destination.id,
    developer: developer.id,
    otherDeveloper: otherDeveloper.id,
    team: team.id,
    roleId: role.id,
    application: application.id,
    registration: registration.id,
    person: person.id,
    memberId: member.id,
    machine: machine.id,
    administratorTeam: administratorTeam.id,
    assignmentId: assignment.id,
    tokenId: token.id,
    machineTokenId: machineToken.id,
    specification: Buffer.from(SPECIFICATION).toString('base64'),
    newStrategy: { name: 'new', display_name: 'New', strategy_type: 'key_auth', configs: { 'key-auth': {} } },
    newToken: { name: 'new', expires_at: new Date(Date.now() + 86_400_000).toISOString() },
    replay: { start_at: new Date(Date.now() - 7_200_000).toISOString(), end_at: new Date(Date.now() - 3_600_000).toISOString() },
  };
};

const createOthers = async (ctx: ContextWithPorts): Promise<Things> => ({
  otherProduct: (await createProduct(ctx, { name: 'Other' })).id,
  otherPortal: (await createPortal(ctx, { name: 'there' }, HOSTS)).id,
  otherStrategy: (await createAuthStrategy(ctx, { name: 'Other', displayName: 'Key', config: { type: 'key_auth' } })).id,
  otherPlane: (await createControlPlane(ctx, { name: 'other' })).id,
});

/** Where somebody's roles are held, as seen from what a request is about. */
export type Where = 'this' | 'all' | 'another' | 'another region';

/** Somebody who asks the management API, and as whom. */
export interface AdministratorVisitor {
  readonly name: string;
  readonly roles: readonly { readonly entityType: EntityType; readonly role: string; readonly where: Where }[];
  /** undefined: without one */
  readonly token: string | undefined;
  readonly tokenId: string | undefined;
  /** of the administration: what its cookie says, and by what it is known */
  readonly session: string | undefined;
  readonly sessionId: string | undefined;
  readonly kind: 'nobody' | 'master' | 'nobody in particular' | 'administrator';
}

const NO_SESSION = { session: undefined, sessionId: undefined };

/** Logs somebody in, without a password. */
const openSession = async (organisation: OrganisationContext, administratorId: AdministratorId) => {
  const [session, sessionId, now] = [newSecret(), newId<SessionId>(organisation.now()), organisation.now()];
  await organisation.db.updateTable('administrators').set({ status: 'active' }).where('id', '=', administratorId).execute();
  await organisation.db
    .insertInto('administrator_sessions')
    .values({
      id: sessionId,
      administrator_id: administratorId,
      hash: hashSecret(organisation, 'administrator session', session),
      second_factor: 1,
      created_at: now.toISOString(),
      last_used_at: now.toISOString(),
      expires_at: new Date(now.getTime() + 86_400_000).toISOString(),
    })
    .execute();
  return { session, sessionId };
};

const ENTITIES: Partial<Record<EntityType, [mine: string, other: string]>> = {
  product: ['product', 'otherProduct'],
  portal: ['portal', 'otherPortal'],
  'auth-strategy': ['strategy', 'otherStrategy'],
  'control-plane': ['plane', 'otherPlane'],
};

/** Pairs of roles on this product and this portal, of people who also see the strategy. */
const PAIRS: readonly [product: string, portal: string][] = [
  ['Publisher', 'Viewer'],
  ['Publisher', 'Appearance Maintainer'],
  ['Viewer', 'Viewer'],
  ['Viewer', 'Product Publisher'],
  ['Viewer', 'Maintainer'],
  ['Viewer', 'Admin'],
  ['Application Registration', 'Viewer'],
  ['Maintainer', 'Viewer'],
  ['Admin', 'Viewer'],
];

/** Every kind of administrator: each role on this entity, on all of its type, on another entity and in another region; pairs; nobody. */
export const createAdministrators = async (app: TestApp, things: Things): Promise<AdministratorVisitor[]> => {
  const { ctx, installation } = app;
  const { organisation } = installation;
  const visitors: AdministratorVisitor[] = [
    { name: 'without a token', roles: [], token: undefined, tokenId: undefined, ...NO_SESSION, kind: 'nobody' },
    { name: 'a token of nobody', roles: [], token: app.token, tokenId: undefined, ...NO_SESSION, kind: 'nobody in particular' },
  ];
  const add = async (name: string, roles: AdministratorVisitor['roles']): Promise<void> => {
    const { id } = await createAdministrator(organisation, { email: `v${visitors.length}@example.org`, name });
    const holder = { kind: 'administrator', id } as const;
    for (const { entityType, role, where } of roles) {
      const names = ENTITIES[entityType];
      if (where === 'all')
        await assignRole(organisation, { holder, entityType, role, region: entityType === 'organisation' ? '*' : 'us' });
      else if (where === 'another region') await assignRole(organisation, { holder, entityType, role, region: 'eu' });
      else {
        const entityId = String(things[names?.[where === 'this' ? 0 : 1] ?? '']);
        await assignEntityRole({ ...ctx, actor: SYSTEM }, organisation, { holder, entityType, role, entityId });
      }
    }
    const { secret, id: tokenId } = await createToken(organisation, { name: 'x', owner: holder });
    const isMaster = roles.some(({ role }) => role === ORGANISATION_ADMIN.role);
    const session = await openSession(organisation, id);
    visitors.push({ name, roles, token: secret, tokenId, ...session, kind: isMaster ? 'master' : 'administrator' });
  };
  await add('no role', []);
  for (const [type, roles] of Object.entries(ROLES))
    for (const role of Object.keys(roles))
      for (const where of placesOf(type as EntityType, role))
        await add(`${type} ${role}, ${where}`, [{ entityType: type as EntityType, role, where }]);
  for (const [product, portal] of PAIRS)
    await add(`product ${product} and portal ${portal}, this`, [
      { entityType: 'product', role: product, where: 'this' },
      { entityType: 'portal', role: portal, where: 'this' },
      { entityType: 'auth-strategy', role: 'Viewer', where: 'this' },
    ]);
  return visitors;
};

const placesOf = (entityType: EntityType, role: Grant['role']): Where[] => {
  if (entityType === 'organisation') return ['all'];
  if (role === 'Creator' || !ENTITIES[entityType]) return ['all', 'another region'];
  return ['this', 'all', 'another', 'another region'];
};
