import { type EntityType, type Grant, ORGANISATION_ADMIN, ROLES, SYSTEM } from '../../../src/domain/access/index.ts';
import { addTeamMember, createAdministratorTeam } from '../../../src/domain/administrator-teams/index.ts';
import { createAdministrator, deactivateAdministrator } from '../../../src/domain/administrators/index.ts';
import { assignEntityRole, assignRole, type Holder } from '../../../src/domain/roles/index.ts';
import { createToken } from '../../../src/domain/tokens/index.ts';
import { newMachine } from '../../support/administrators.ts';
import type { TestApp } from '../../support/app.ts';
import { openSession } from './administrator-session.ts';
import type { Things } from './run.ts';

/** Where somebody's roles are held, as seen from what a request is about. */
export type Where = 'this' | 'all' | 'all regions' | 'another' | 'another region';

interface HeldRole {
  readonly entityType: EntityType;
  readonly role: string;
  readonly where: Where;
}

/** Somebody who asks the management API, or comes to the administration, and as whom. */
export interface AdministratorVisitor {
  readonly name: string;
  readonly roles: readonly HeldRole[];
  /** undefined: without one */
  readonly token: string | undefined;
  readonly tokenId: string | undefined;
  /** of the administration: what its cookie says, and by what it is known */
  readonly session: string | undefined;
  readonly sessionId: string | undefined;
  readonly kind: 'nobody' | 'master' | 'nobody in particular' | 'administrator' | 'machine';
}

const NO_SESSION = { session: undefined, sessionId: undefined };

const ENTITIES: Partial<Record<EntityType, [mine: string, other: string]>> = {
  product: ['product', 'otherProduct'],
  portal: ['portal', 'otherPortal'],
  'auth-strategy': ['strategy', 'otherStrategy'],
  'control-plane': ['plane', 'otherPlane'],
};

/** Pairs of roles on this product and this portal, of people who also see the strategy. */
const PAIRS = [
  ['Publisher', 'Viewer'],
  ['Publisher', 'Appearance Maintainer'],
  ['Viewer', 'Viewer'],
  ['Viewer', 'Product Publisher'],
  ['Viewer', 'Maintainer'],
  ['Viewer', 'Admin'],
  ['Application Registration', 'Viewer'],
  ['Maintainer', 'Viewer'],
  ['Admin', 'Viewer'],
] as const;

/** What somebody holds on this product and what belongs to it. */
const COMBINATIONS: readonly (readonly (readonly [EntityType, string])[])[] = [
  ...PAIRS.map(
    ([product, portal]) =>
      [
        ['product', product],
        ['portal', portal],
        ['auth-strategy', 'Viewer'],
      ] as const,
  ),
  [
    ['product', 'Maintainer'],
    ['control-plane', 'Viewer'],
  ],
];

/** Gives a role. */
const give = async ({ ctx, installation }: TestApp, things: Things, holder: Holder, held: HeldRole): Promise<void> => {
  const { organisation } = installation;
  const { entityType, role, where } = held;
  const mine = ENTITIES[entityType];
  if (mine && (where === 'this' || where === 'another')) {
    const entityId = String(things[mine[where === 'this' ? 0 : 1]]);
    await assignEntityRole({ ...ctx, actor: SYSTEM }, organisation, { holder, entityType, role, entityId });
  } else {
    const region = where === 'all regions' ? '*' : where === 'another region' ? 'eu' : 'us';
    await assignRole(organisation, { holder, entityType, role, region });
  }
};

/**
 * Every kind of administrator: each role on this entity, on all of its type here or everywhere, on another entity and in another region;
 * pairs of roles; members of a team and a machine; and whoever is none (any more).
 */
export const createAdministrators = async (app: TestApp, things: Things): Promise<AdministratorVisitor[]> => {
  const { organisation } = app.installation;
  const shown = { token: String(things['developersToken']), session: String(things['developersToken']) };
  const visitors: AdministratorVisitor[] = [
    { name: 'without a token', roles: [], token: undefined, tokenId: undefined, ...NO_SESSION, kind: 'nobody' },
    { name: 'a developer of the portal', roles: [], ...shown, tokenId: undefined, sessionId: undefined, kind: 'nobody' },
    { name: 'a token of nobody', roles: [], token: app.token, tokenId: undefined, ...NO_SESSION, kind: 'nobody in particular' },
  ];
  const come = async (name: string, roles: readonly HeldRole[]) => {
    const { id } = await createAdministrator(organisation, { email: `v${visitors.length}@example.org`, name });
    const { secret: token, id: tokenId } = await createToken(organisation, { name: 'x', owner: { kind: 'administrator', id } });
    visitors.push({ name, roles, token, tokenId, ...(await openSession(organisation, id)), kind: kindOf(roles) });
    return { kind: 'administrator', id } as const;
  };
  const add = async (name: string, roles: readonly HeldRole[]): Promise<void> => {
    const holder = await come(name, roles);
    for (const role of roles) await give(app, things, holder, role);
  };
  await add('no role', []);
  for (const role of everyRole()) await add(nameOf([role]), [role]);
  for (const roles of COMBINATIONS.map(heldHere)) await add(nameOf(roles), roles);

  const [shared] = heldHere([['product', 'Admin']]);
  if (shared) {
    const team = await createAdministratorTeam(organisation, { name: 'Maintainers of timetables' });
    await give(app, things, { kind: 'team', id: team.id }, shared);
    await addTeamMember(organisation, team.id, await come(`in a team: ${nameOf([shared])}`, [shared]));
    const machine = await newMachine(organisation, 'pipeline');
    await give(app, things, machine, shared);
    const { secret: token, id: tokenId } = await createToken(organisation, { name: 'x', owner: machine });
    const name = `a machine: ${nameOf([shared])}`;
    visitors.push({ name, roles: [shared], token, tokenId, ...NO_SESSION, kind: 'machine' });
  }
  await deactivated(app, await come('deactivated', []));
  return visitors.map((visitor) => (visitor.name === 'deactivated' ? { ...visitor, kind: 'nobody' } : visitor));
};

/** Takes everything from somebody who could do everything. */
const deactivated = async ({ installation: { organisation } }: TestApp, holder: Extract<Holder, { kind: 'administrator' }>) => {
  await assignRole(organisation, { holder, ...ORGANISATION_ADMIN, region: '*' });
  await deactivateAdministrator(organisation, holder.id);
};

const kindOf = (roles: readonly HeldRole[]): AdministratorVisitor['kind'] =>
  roles.some(({ role }) => role === ORGANISATION_ADMIN.role) ? 'master' : 'administrator';

const nameOf = (roles: readonly HeldRole[]): string =>
  roles.map(({ entityType, role, where }) => `${entityType} ${role}, ${where}`).join(' and ');

const heldHere = (roles: readonly (readonly [EntityType, string])[]): HeldRole[] =>
  roles.map(([entityType, role]) => ({ entityType, role, where: 'this' }));

const everyRole = (): HeldRole[] =>
  (Object.keys(ROLES) as EntityType[]).flatMap((entityType) =>
    Object.keys(ROLES[entityType]).flatMap((role) => placesOf(entityType, role).map((where) => ({ entityType, role, where }))),
  );

const placesOf = (entityType: EntityType, role: Grant['role']): Where[] => {
  if (entityType === 'organisation') return ['all regions'];
  if (role === 'Creator' || !ENTITIES[entityType]) return ['all', 'all regions', 'another region'];
  return ['this', 'all', 'all regions', 'another', 'another region'];
};
