import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import {
  addTeamMember,
  createAdministratorTeam,
  deleteAdministratorTeam,
  removeTeamMember,
} from '../../../src/domain/administrator-teams/index.ts';
import type { OrganisationContext } from '../../../src/domain/context.ts';
import { createControlPlane, deleteControlPlane } from '../../../src/domain/gateways/index.ts';
import type { AdministratorId, RoleAssignmentId } from '../../../src/domain/ids.ts';
import { createProduct, deleteProduct } from '../../../src/domain/products/index.ts';
import {
  assignEntityRole,
  assignRole,
  grantsOf,
  listEntityRoles,
  listEntityRolesOf,
  listRolesOf,
  removeEntityRole,
  removeRole,
} from '../../../src/domain/roles/index.ts';
import { acting, as, asInOrganisation, newMachine, newPerson } from '../../support/administrators.ts';
import { organisationContext, testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

const VIEWER = { entityType: 'product', role: 'Viewer' } as const;
const IDENTITY = { entityType: 'organisation', role: 'Identity Admin', region: '*' } as const;
const ADMIN = { entityType: 'organisation', role: 'Organisation Admin', region: '*' } as const;

onEachDatabase('roles', (open) => {
  const scene = async () => {
    const connection = await open();
    const organisation = organisationContext(connection);
    const ctx = testContext(connection);
    const eu = { ...ctx, region: 'eu' } as const;
    return { connection, organisation, ctx, eu };
  };

  it('are in force on all entities of a type, in their region or in all', async () => {
    const { organisation, ctx, eu } = await scene();
    const ada = await newPerson(organisation, 'Ada');
    expect(await grantsOf(organisation, ctx, ada)).toEqual([]);
    await assignRole(organisation, { ...VIEWER, holder: ada, region: 'eu' });
    expect(await grantsOf(organisation, ctx, ada)).toEqual([]);
    expect(await grantsOf(organisation, eu, ada)).toEqual([{ ...VIEWER, entityId: '*' }]);
    await assignRole(organisation, { entityType: 'dcr-provider', role: 'Creator', holder: ada, region: '*' });
    expect(await grantsOf(organisation, ctx, ada)).toEqual([{ entityType: 'dcr-provider', role: 'Creator', entityId: '*' }]);
  });

  it('are in force on one entity, for people and machines alike', async () => {
    const { organisation, ctx } = await scene();
    const product = await createProduct(ctx, { name: 'Timetables' });
    const on = { entityType: 'product', entityId: product.id } as const;
    for (const account of [await newPerson(organisation, 'Ada'), await newMachine(organisation, 'deploy')]) {
      await assignEntityRole(ctx, organisation, { ...on, role: 'Maintainer', holder: account });
      expect(await grantsOf(organisation, ctx, account)).toEqual([{ ...on, role: 'Maintainer' }]);
    }
  });

  it('of a team are its members’, as long as they are', async () => {
    const { organisation, ctx, eu } = await scene();
    const [ada, robot] = [await newPerson(organisation, 'Ada'), await newMachine(organisation, 'robot')];
    const team = await createAdministratorTeam(organisation, { name: 'Publishers' });
    const holder = { kind: 'team', id: team.id } as const;
    const plane = await createControlPlane(ctx, { name: 'edge' });
    for (const account of [ada, robot]) await addTeamMember(organisation, team.id, account);
    expect(await grantsOf(organisation, ctx, ada)).toEqual([]);
    await assignRole(organisation, { ...VIEWER, holder, region: 'us' });
    await assignEntityRole(ctx, organisation, { entityType: 'control-plane', entityId: plane.id, role: 'Viewer', holder });
    for (const account of [ada, robot])
      expect(await grantsOf(organisation, ctx, account)).toEqual([
        { ...VIEWER, entityId: '*' },
        { entityType: 'control-plane', role: 'Viewer', entityId: plane.id },
      ]);
    expect((await grantsOf(organisation, eu, ada)).map(({ entityType }) => entityType)).toEqual(['control-plane']);
    await removeTeamMember(organisation, team.id, ada.id);
    expect(await grantsOf(organisation, ctx, ada)).toEqual([]);
    await deleteAdministratorTeam(organisation, team.id);
    expect(await grantsOf(organisation, ctx, robot)).toEqual([]);
  });

  it('that do not exist, or for holders and entities that do not, are refused', async () => {
    const { organisation, ctx } = await scene();
    const ada = await newPerson(organisation, 'Ada');
    const nobody = { kind: 'administrator', id: randomUUID() as AdministratorId } as const;
    const product = await createProduct(ctx, { name: 'Timetables' });
    const on = { entityType: 'product', entityId: product.id } as const;
    await expect(
      assignRole(organisation, { entityType: 'product', role: 'King', holder: ada, region: '*' }),
    ).rejects.toMatchObject({
      issues: [{ field: 'role', rule: 'enum' }],
    });
    await expect(assignRole(organisation, { ...IDENTITY, holder: ada, region: 'us' })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(assignRole(organisation, { ...VIEWER, holder: nobody, region: '*' })).rejects.toMatchObject({
      issues: [{ field: 'holder', rule: 'missing_reference' }],
    });
    await expect(assignEntityRole(ctx, organisation, { ...on, role: 'Viewer', holder: nobody })).rejects.toMatchObject({
      issues: [{ field: 'holder', rule: 'missing_reference' }],
    });
    await expect(assignEntityRole(ctx, organisation, { ...on, role: 'Creator', holder: ada })).rejects.toMatchObject({
      kind: 'invalid',
    });
    for (const entityType of ['product', 'portal', 'auth-strategy', 'dcr-provider', 'control-plane'] as const)
      await expect(
        assignEntityRole(ctx, organisation, { entityType, entityId: randomUUID(), role: 'Viewer', holder: ada }),
      ).rejects.toMatchObject({ kind: 'not-found' });
    await assignRole(organisation, { ...VIEWER, holder: ada, region: '*' });
    await expect(assignRole(organisation, { ...VIEWER, holder: ada, region: '*' })).rejects.toMatchObject({ kind: 'conflict' });
    await assignEntityRole(ctx, organisation, { ...on, role: 'Viewer', holder: ada });
    await expect(assignEntityRole(ctx, organisation, { ...on, role: 'Viewer', holder: ada })).rejects.toMatchObject({
      kind: 'conflict',
    });
  });

  it('are listed by holder and by entity, and go with either', async () => {
    const { organisation, ctx } = await scene();
    const [ada, robot] = [await newPerson(organisation, 'Ada'), await newMachine(organisation, 'robot')];
    const product = await createProduct(ctx, { name: 'Timetables' });
    const on = { entityType: 'product', entityId: product.id } as const;
    const general = await assignRole(organisation, { ...VIEWER, holder: ada, region: 'eu' });
    const single = await assignEntityRole(ctx, organisation, { ...on, role: 'Publisher', holder: ada });
    await assignEntityRole(ctx, organisation, { ...on, role: 'Viewer', holder: robot });
    expect(await listRolesOf(organisation, ada)).toEqual([general]);
    expect(await listEntityRolesOf(ctx, ada)).toEqual([single]);
    expect((await listEntityRoles(ctx, organisation, on)).map(({ role, holder }) => [role, holder.kind, holder.name])).toEqual([
      ['Publisher', 'administrator', 'Ada'],
      ['Viewer', 'system-account', 'robot'],
    ]);
    await organisation.db.deleteFrom('system_accounts').execute();
    expect((await listEntityRoles(ctx, organisation, on)).map(({ holder }) => holder.name)).toEqual(['Ada']);
    await removeEntityRole(ctx, single.id);
    await expect(removeEntityRole(ctx, single.id)).rejects.toMatchObject({ kind: 'not-found' });
    await removeRole(organisation, general.id);
    await expect(removeRole(organisation, randomUUID() as RoleAssignmentId)).rejects.toMatchObject({ kind: 'not-found' });
    await assignEntityRole(ctx, organisation, { ...on, role: 'Viewer', holder: ada });
    await deleteProduct(ctx, product.id);
    expect(await listEntityRolesOf(ctx, ada)).toEqual([]);
    const plane = await createControlPlane(ctx, { name: 'edge' });
    await assignEntityRole(ctx, organisation, { entityType: 'control-plane', entityId: plane.id, role: 'Admin', holder: ada });
    await deleteControlPlane(ctx, plane.id);
    expect(await listEntityRolesOf(ctx, ada)).toEqual([]);
  });

  it('are given by whoever manages people, and on one entity by its Admin', async () => {
    const { organisation, ctx } = await scene();
    const [ada, bob, eve] = [
      await newPerson(organisation, 'Ada'),
      await newPerson(organisation, 'Bob'),
      await newPerson(organisation, 'Eve'),
    ];
    const [mine, other] = [await createProduct(ctx, { name: 'Mine' }), await createProduct(ctx, { name: 'Other' })];
    const on = (entityId: string) => ({ entityType: 'product', entityId, role: 'Viewer' }) as const;
    await assignEntityRole(ctx, organisation, { ...on(mine.id), role: 'Admin', holder: ada });
    await assignEntityRole(ctx, organisation, { ...on(mine.id), role: 'Maintainer', holder: bob });
    const adas = await as(organisation, ctx, ada);
    const given = await assignEntityRole(adas, organisation, { ...on(mine.id), holder: eve });
    expect(await listEntityRoles(adas, organisation, on(mine.id))).toHaveLength(3);
    await expect(assignEntityRole(adas, organisation, { ...on(other.id), holder: eve })).rejects.toMatchObject({
      kind: 'not-found',
    });
    const bobs = await as(organisation, ctx, bob);
    for (const act of [
      () => assignEntityRole(bobs, organisation, { ...on(mine.id), holder: bob }),
      () => removeEntityRole(bobs, given.id),
      () => listEntityRoles(bobs, organisation, on(mine.id)),
      () => listEntityRolesOf(bobs, ada),
    ])
      await expect(act()).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await listEntityRolesOf(bobs, bob)).toHaveLength(1);
    await removeEntityRole(adas, given.id);
    await expect(removeEntityRole(await as(organisation, ctx, eve), given.id)).rejects.toMatchObject({ kind: 'not-found' });

    await expect(
      assignRole(await asInOrganisation(organisation, ctx, ada), { ...VIEWER, holder: ada, region: '*' }),
    ).rejects.toMatchObject({ kind: 'forbidden' });
    await assignRole(organisation, { ...IDENTITY, holder: eve });
    const eves = await asInOrganisation(organisation, ctx, eve);
    await assignRole(eves, { ...VIEWER, holder: ada, region: '*' });
    await assignEntityRole(await as(organisation, ctx, eve), organisation, { ...on(other.id), holder: ada });
  });

  it('leave whoever manages people no way to grow beyond that', async () => {
    const { organisation, ctx } = await scene();
    const [root, eve] = [await newPerson(organisation, 'Root'), await newPerson(organisation, 'Eve')];
    const admin = await assignRole(organisation, { ...ADMIN, holder: root });
    await assignRole(organisation, { ...IDENTITY, holder: eve });
    const team = await createAdministratorTeam(organisation, { name: 'Admins' });
    await assignRole(organisation, { ...ADMIN, holder: { kind: 'team', id: team.id } });
    const eves = await asInOrganisation(organisation, ctx, eve);
    for (const act of [
      () => assignRole(eves, { ...ADMIN, holder: eve }),
      () => removeRole(eves, admin.id),
      () => addTeamMember(eves, team.id, eve),
      () => deleteAdministratorTeam(eves, team.id),
    ])
      await expect(act()).rejects.toMatchObject({ kind: 'forbidden' });
    const roots = await asInOrganisation(organisation, ctx, root);
    await addTeamMember(roots, team.id, eve);
    await expect(removeTeamMember(eves, team.id, eve.id)).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('never leave an installation without anybody who may do everything', async () => {
    const { organisation, ctx } = await scene();
    const [ada, bob] = [await newPerson(organisation, 'Ada'), await newPerson(organisation, 'Bob')];
    const adas = await assignRole(organisation, { ...ADMIN, holder: ada });
    await expect(removeRole(organisation, adas.id)).rejects.toMatchObject({ kind: 'conflict' });
    const robot = await newMachine(organisation, 'robot');
    const robots = await assignRole(organisation, { ...ADMIN, holder: robot });
    await expect(removeRole(organisation, adas.id)).rejects.toMatchObject({ kind: 'conflict' });
    await removeRole(organisation, robots.id);
    const team = await createAdministratorTeam(organisation, { name: 'Admins' });
    await assignRole(organisation, { ...ADMIN, holder: { kind: 'team', id: team.id } });
    await addTeamMember(organisation, team.id, bob);
    await removeRole(organisation, adas.id);
    await expect(removeTeamMember(organisation, team.id, bob.id)).rejects.toMatchObject({ kind: 'conflict' });
    await expect(deleteAdministratorTeam(organisation, team.id)).rejects.toMatchObject({ kind: 'conflict' });
    expect(await grantsOf(organisation, ctx, bob)).toHaveLength(1);
  });

  it('never, even when the last two take the role from each other at once', async () => {
    const { connection, organisation } = await scene();
    const people = [await newPerson(organisation, 'Ada'), await newPerson(organisation, 'Bob')];
    const held = await Promise.all(people.map((holder) => assignRole(organisation, { ...ADMIN, holder })));
    const outcomes = await Promise.allSettled(held.map(({ id }) => removeRole(organisation, id)));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await connection.db.selectFrom('role_assignments').select('id').execute()).toHaveLength(1);
  });

  it('leave a trace of who gave and took them', async () => {
    const { organisation, ctx } = await scene();
    const ada = await newPerson(organisation, 'Ada');
    const product = await createProduct(ctx, { name: 'Timetables' });
    const byAda: OrganisationContext = { ...organisation, actor: acting(ada.id, { ...ADMIN, entityId: '*' }) };
    await removeRole(byAda, (await assignRole(byAda, { ...VIEWER, holder: ada, region: 'us' })).id);
    const events = await ctx.db
      .selectFrom('organisation_events')
      .select(['action', 'actor_id', 'details'])
      .orderBy('id')
      .execute();
    const ofRoles = events.filter(({ action }) => action.startsWith('organisation-role.'));
    expect(ofRoles.map(({ action, actor_id }) => [action, actor_id])).toEqual([
      ['organisation-role.assigned', ada.id],
      ['organisation-role.removed', ada.id],
    ]);
    expect(JSON.parse(ofRoles[0]?.details ?? '')).toMatchObject({ holderId: ada.id, role: 'Viewer', region: 'us' });
    const on = { entityType: 'product', entityId: product.id, role: 'Viewer' } as const;
    await removeEntityRole(ctx, (await assignEntityRole(ctx, organisation, { ...on, holder: ada })).id);
    const audit = await ctx.db.selectFrom('audit_events').select(['action', 'details']).orderBy('id').execute();
    expect(audit.slice(-2).map(({ action }) => action)).toEqual(['role.assigned', 'role.removed']);
    expect(JSON.parse(audit.at(-1)?.details ?? '')).toEqual({ ...on, holderId: ada.id });
  });
});
