import { randomUUID } from 'node:crypto';
import type { Installation } from '../../../src/compose.ts';
import { ORGANISATION_ADMIN } from '../../../src/domain/access/index.ts';
import { addTeamMember as addToTeam, createAdministratorTeam } from '../../../src/domain/administrator-teams/index.ts';
import { inviteAdministrator } from '../../../src/domain/administrators/index.ts';
import { createApplication } from '../../../src/domain/applications/index.ts';
import { createAuditDestination } from '../../../src/domain/audit/index.ts';
import { createAuthStrategy } from '../../../src/domain/auth-strategies/index.ts';
import type { ContextWithPorts } from '../../../src/domain/context.ts';
import { createControlPlane, createGatewayRoute, createGatewayService } from '../../../src/domain/gateways/index.ts';
import { createPortal, type Portal, updateAppearance } from '../../../src/domain/portals/index.ts';
import {
  addImage,
  createDocument,
  createProduct,
  createSpecification,
  createVersion,
  updateSpecification,
} from '../../../src/domain/products/index.ts';
import { createProductInPortals, putPublication } from '../../../src/domain/publications/index.ts';
import { registerApplication } from '../../../src/domain/registrations/index.ts';
import { assignEntityRole, assignRole } from '../../../src/domain/roles/index.ts';
import { addTeamMember, assignTeamRole, createTeam, type Team } from '../../../src/domain/teams/index.ts';
import { createToken } from '../../../src/domain/tokens/index.ts';
import { newMachine, newPerson } from '../../support/administrators.ts';
import type { TestApp } from '../../support/app.ts';
import { addDeveloper } from '../../support/developers.ts';
import { png } from '../../support/images.ts';
import { openSession } from './administrator-session.ts';
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

/** An instant as forms say it. */
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString().slice(0, 16);

/**
 * One of everything, and another one of what roles can be held on.
 * @param mark tells names apart that must not be the same twice
 */
export const createThings = async ({ ctx, installation }: Pick<TestApp, 'ctx' | 'installation'>, mark = ''): Promise<Things> => {
  const people = await createPeople(installation, mark);
  const inUse = await createAuthStrategy(ctx, { name: `In use${mark}`, displayName: 'Key', config: { type: 'key_auth' } });
  const strategy = await createAuthStrategy(ctx, { name: `Unused${mark}`, displayName: 'Key', config: { type: 'key_auth' } });
  const portal = await createPortal(
    ctx,
    { name: `here${mark}`, rbacEnabled: true, customDomain: `developers${mark}.example.org`, defaultAuthStrategyId: inUse.id },
    HOSTS,
  );
  const product = await createProductInPortals(ctx, { name: 'Timetables', portalIds: [portal.id] });
  const version = await createVersion(ctx, product.id, { name: 'v1' });
  const bareVersion = await createVersion(ctx, product.id, { name: 'v2' });
  const document = await createDocument(ctx, product.id, { slug: 'guide', title: 'Guide', status: 'published', content: 'x' });
  const image = await addImage(ctx, product.id, { name: 'x.png', bytes: png() });
  const address = { productId: product.id, versionId: version.id };
  const earlier = Buffer.from(SPECIFICATION.replace('Timetables', 'Earlier timetables'));
  const specification = await createSpecification(ctx, address, { name: 'openapi.yaml', bytes: earlier });
  await putPublication(ctx, { portalId: portal.id, versionId: version.id }, { ...PUBLISHED, authStrategyIds: [inUse.id] });
  await updateSpecification(ctx, { ...address, specificationId: specification.id }, { bytes: Buffer.from(SPECIFICATION) });
  const secondVersion = await createVersion(ctx, product.id, { name: 'v3' });
  await putPublication(ctx, { portalId: portal.id, versionId: secondVersion.id }, { ...PUBLISHED, authStrategyIds: [inUse.id] });
  const plane = await createControlPlane(ctx, { name: `edge${mark}` });
  const service = await createGatewayService(ctx, plane.id, { name: 'service', host: 'example.org' });
  const route = await createGatewayRoute(ctx, plane.id, { name: 'route', paths: ['/x'] });
  const destination = await createAuditDestination(ctx, {
    name: `there${mark}`,
    endpoint: 'https://example.org/',
    logFormat: 'json',
  });
  const others = await createOthers(ctx, mark);
  const logo = { data: 'data:image/png;base64,eA==', filename: 'logo.png' };
  await updateAppearance(ctx, portal.id, { images: { logo } });

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

  const assignment = await assignEntityRole(ctx, installation.organisation, {
    entityType: 'product',
    entityId: product.id,
    role: 'Viewer',
    holder: { kind: 'administrator', id: people.memberId },
  });
  await installation.worker.runDue();
  return {
    ...others,
    ...people,
    ...(await findWritten(ctx, installation, { portal, team })),
    product: product.id,
    portal: portal.id,
    portalHost: portal.defaultDomain,
    strategy: strategy.id,
    inUse: inUse.id,
    plane: plane.id,
    version: version.id,
    secondVersion: secondVersion.id,
    operation: 'get-trains',
    nothing: randomUUID(),
    secretKey: ctx.secretKey,
    bareVersion: bareVersion.id,
    document: document.id,
    image: image.hash,
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
    assignmentId: assignment.id,
    specificationText: SPECIFICATION,
    specification: Buffer.from(SPECIFICATION).toString('base64'),
    newStrategy: { name: 'new', display_name: 'New', strategy_type: 'key_auth', configs: { 'key-auth': {} } },
    newToken: { name: 'new', expires_at: new Date(Date.now() + 86_400_000).toISOString() },
    replayForm: { startAt: minutesAgo(120), endAt: minutesAgo(60) },
    replay: { start_at: new Date(Date.now() - 7_200_000).toISOString(), end_at: new Date(Date.now() - 3_600_000).toISOString() },
  };
};

const createOthers = async (ctx: ContextWithPorts, mark: string): Promise<Things> => ({
  otherProduct: (await createProduct(ctx, { name: `Other${mark}` })).id,
  otherPortal: (await createPortal(ctx, { name: `there${mark}` }, HOSTS)).id,
  otherStrategy: (await createAuthStrategy(ctx, { name: `Other${mark}`, displayName: 'Key', config: { type: 'key_auth' } })).id,
  otherPlane: (await createControlPlane(ctx, { name: `other${mark}` })).id,
});

/** People who are acted upon, a machine, a team: what the organisation consists of. */
const createPeople = async ({ organisation }: Installation, mark: string) => {
  const [person, member, machine] = [
    await newPerson(organisation, `Person${mark}`),
    await newPerson(organisation, `Member${mark}`),
    await newMachine(organisation, `machine${mark}`),
  ];
  const owner = await newPerson(organisation, `Owner${mark}`);
  await assignRole(organisation, { holder: owner, ...ORGANISATION_ADMIN, region: '*' });
  const invited = await inviteAdministrator(organisation, { email: `invited${mark}@example.org`, name: 'Invited' });
  const team = await createAdministratorTeam(organisation, { name: `Team${mark}` });
  await addToTeam(organisation, team.id, member);
  const role = await assignRole(organisation, { holder: member, entityType: 'product', role: 'Viewer', region: 'us' });
  return {
    person: person.id,
    invited: invited.id,
    owner: owner.id,
    ownerSession: (await openSession(organisation, owner.id)).session,
    ownerTokenId: (await createToken(organisation, { name: 'x', owner })).id,
    memberId: member.id,
    machine: machine.id,
    administratorTeam: team.id,
    organisationRoleId: role.id,
    tokenId: (await createToken(organisation, { name: 'x', owner: person })).id,
    machineTokenId: (await createToken(organisation, { name: 'x', owner: machine })).id,
  };
};

/** Mails and events that came of all this: one of the portal, and one of the organisation. */
const findWritten = async (
  { db }: ContextWithPorts,
  { organisation }: Installation,
  { portal, team }: { portal: Portal; team: Team },
): Promise<Things> => {
  const mail = await db
    .selectFrom('mails')
    .select(['id', 'recipient'])
    .where('portal_id', '=', portal.id)
    .limit(1)
    .executeTakeFirstOrThrow();
  const event = await db
    .selectFrom('audit_events')
    .select('id')
    .where('subject_id', '=', team.id)
    .limit(1)
    .executeTakeFirstOrThrow();
  const ofAll = organisation.db;
  const letter = await ofAll.selectFrom('organisation_mails').select('id').limit(1).executeTakeFirstOrThrow();
  const record = await ofAll.selectFrom('organisation_events').select('id').limit(1).executeTakeFirstOrThrow();
  return { mail: mail.id, mailTo: mail.recipient, event: event.id, organisationMail: letter.id, organisationEvent: record.id };
};
