import { expect, it } from 'vitest';
import type { AdministratorActor } from '../../../src/domain/access/index.ts';
import type { ContextWithPorts } from '../../../src/domain/context.ts';
import { newId, type TeamId, type TeamRoleId } from '../../../src/domain/ids.ts';
import { createPortal, deletePortal } from '../../../src/domain/portals/index.ts';
import { createProduct, deleteProduct } from '../../../src/domain/products/index.ts';
import { createProductInPortals } from '../../../src/domain/publications/index.ts';
import {
  addTeamMember,
  assignTeamRole,
  createTeam,
  deleteTeam,
  getTeam,
  listTeamMembers,
  listTeamRoles,
  listTeams,
  listTeamsOfDeveloper,
  removeTeamMember,
  removeTeamRole,
  updateTeam,
} from '../../../src/domain/teams/index.ts';
import { START, testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';
import { givenDeveloper } from '../../support/developers.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };
const PAGE = { number: 1, size: 10 };
const ALL = { filters: [], sort: [], page: PAGE };

const portalIn = (ctx: ContextWithPorts, name = 'Harbour') => createPortal(ctx, { name, rbacEnabled: true }, HOSTS);

const actorWith = (role: string, entityId: string): AdministratorActor => ({
  ...{ kind: 'administrator', id: undefined, tokenId: undefined },
  grants: [{ entityType: 'portal', role, entityId }],
});

onEachDatabase('teams', (open) => {
  it('are created, changed and deleted, each with its event', async () => {
    const ctx = testContext(await open());
    const portal = await portalIn(ctx);
    const team = await createTeam(ctx, portal.id, { name: 'Partners' });
    const address = { portalId: portal.id, teamId: team.id };
    expect(await getTeam(ctx, address)).toEqual(team);
    expect(team).toMatchObject({ name: 'Partners', description: '' });
    const changed = await updateTeam(ctx, address, { description: 'They pay.' });
    expect(changed).toMatchObject({ name: 'Partners', description: 'They pay.' });
    expect(await updateTeam(ctx, address, { name: 'Partners' })).toEqual(changed);
    await deleteTeam(ctx, address);
    for (const act of [getTeam, deleteTeam, (c: typeof ctx, a: typeof address) => updateTeam(c, a, {})])
      await expect(act(ctx, address)).rejects.toMatchObject({ kind: 'not-found' });
    const events = await ctx.db.selectFrom('audit_events').selectAll().where('subject_id', '=', team.id).orderBy('id').execute();
    expect(events.map(({ action }) => action)).toEqual(['team.created', 'team.updated', 'team.deleted']);
    expect(events.every(({ portal_id }) => portal_id === portal.id)).toBe(true);
    expect(JSON.parse(events[1]?.details ?? '')).toEqual({ changed: { description: { before: '', after: 'They pay.' } } });
  });

  it('have names of their own in a portal, without regard to case', async () => {
    const ctx = testContext(await open());
    const [portal, other] = [await portalIn(ctx), await portalIn(ctx, 'Other')];
    await createTeam(ctx, portal.id, { name: 'Partners' });
    const staff = await createTeam(ctx, portal.id, { name: 'Staff' });
    await createTeam(ctx, other.id, { name: 'Partners' });
    const taken = { kind: 'invalid', issues: [{ field: 'name' }] };
    await expect(createTeam(ctx, portal.id, { name: 'PARTNERS' })).rejects.toMatchObject(taken);
    await expect(updateTeam(ctx, { portalId: portal.id, teamId: staff.id }, { name: 'partners' })).rejects.toMatchObject(taken);
    const { items, total } = await listTeams(ctx, portal.id, { ...ALL, sort: [{ field: 'name', direction: 'desc' }] });
    expect([items.map(({ name }) => name), total]).toEqual([['Staff', 'Partners'], 2]);
    const found = await listTeams(ctx, portal.id, { ...ALL, filters: [{ field: 'name', op: 'contains', value: 'STA' }] });
    expect(found.items.map(({ name }) => name)).toEqual(['Staff']);
  });

  it('have members of their own portal, once each', async () => {
    const ctx = testContext(await open());
    const [portal, other] = [await portalIn(ctx), await portalIn(ctx, 'Other')];
    const { id: teamId } = await createTeam(ctx, portal.id, { name: 'Partners' });
    const address = { portalId: portal.id, teamId };
    const ada = await givenDeveloper(ctx, portal.id, { email: 'Ada@example.com', fullName: 'Ada' });
    const bob = await givenDeveloper(ctx, portal.id, { status: 'pending', fullName: 'Bob' });
    const stranger = await givenDeveloper(ctx, other.id);
    await addTeamMember(ctx, address, ada);
    await addTeamMember(ctx, address, bob);
    await expect(addTeamMember(ctx, address, ada)).rejects.toMatchObject({ kind: 'conflict' });
    await expect(addTeamMember(ctx, address, stranger)).rejects.toMatchObject({ kind: 'invalid', issues: [{ field: 'id' }] });
    const listed = await listTeamMembers(ctx, address, ALL);
    expect(listed).toMatchObject({
      items: [
        { id: ada, email: 'Ada@example.com', fullName: 'Ada', isActive: true },
        { id: bob, isActive: false },
      ],
      total: 2,
    });
    const ids = async (filter: Parameters<typeof listTeamMembers>[2]['filters'][number]) =>
      (await listTeamMembers(ctx, address, { ...ALL, filters: [filter] })).items.map(({ id }) => id);
    expect(await ids({ field: 'active', op: 'is', value: true })).toEqual([ada]);
    expect(await ids({ field: 'active', op: 'is', value: false })).toEqual([bob]);
    expect(await ids({ field: 'email', op: 'eq', value: 'ADA@example.com' })).toEqual([ada]);
    expect(await ids({ field: 'full_name', op: 'contains', value: 'bo' })).toEqual([bob]);
    expect(await ids({ field: 'attributes', op: 'eq', value: 'x' })).toEqual([]);
    expect(await ids({ field: 'attributes', op: 'neq', value: 'x' })).toEqual([ada, bob]);
    expect((await listTeamsOfDeveloper(ctx, { portalId: portal.id, developerId: ada }, ALL)).items).toMatchObject([
      { id: teamId },
    ]);
    for (const developerId of [stranger, newId<typeof ada>(START)])
      await expect(listTeamsOfDeveloper(ctx, { portalId: portal.id, developerId }, ALL)).rejects.toMatchObject({
        kind: 'not-found',
      });
    await removeTeamMember(ctx, address, ada);
    await expect(removeTeamMember(ctx, address, ada)).rejects.toMatchObject({ kind: 'not-found' });
    expect((await listTeamsOfDeveloper(ctx, { portalId: portal.id, developerId: ada }, ALL)).total).toBe(0);
  });

  it('have roles on products of their region, once each', async () => {
    const ctx = testContext(await open());
    const portal = await portalIn(ctx);
    const { id: teamId } = await createTeam(ctx, portal.id, { name: 'Partners' });
    const address = { portalId: portal.id, teamId };
    const [orders, fares] = [await createProduct(ctx, { name: 'Orders' }), await createProduct(ctx, { name: 'Fares' })];
    const viewer = await assignTeamRole(ctx, address, { role: 'API Viewer', productId: orders.id });
    await assignTeamRole(ctx, address, { role: 'API Consumer', productId: orders.id, region: '*' });
    await assignTeamRole(ctx, address, { role: 'API Viewer', productId: fares.id, region: 'us' });
    expect((await listTeamRoles(ctx, address, PAGE)).items).toMatchObject([
      { ...viewer, productName: 'Orders', region: 'us' },
      { role: 'API Consumer', productId: orders.id, region: '*' },
      { role: 'API Viewer', productId: fares.id, region: 'us' },
    ]);
    const again = assignTeamRole(ctx, address, { role: 'API Viewer', productId: orders.id, region: '*' });
    await expect(again).rejects.toMatchObject({ kind: 'conflict' });
    for (const wrong of [{ productId: newId<typeof orders.id>(START) }, { productId: orders.id, region: 'eu' as const }])
      await expect(assignTeamRole(ctx, address, { role: 'API Viewer', ...wrong })).rejects.toMatchObject({
        kind: 'invalid',
        issues: [{ field: 'entity_id' }],
      });
    await removeTeamRole(ctx, address, viewer.id);
    await expect(removeTeamRole(ctx, address, viewer.id)).rejects.toMatchObject({ kind: 'not-found' });
    await deleteProduct(ctx, orders.id);
    expect((await listTeamRoles(ctx, address, PAGE)).items).toMatchObject([{ productId: fares.id }]);
  });

  it('have no roles on products that whoever gives them does not know', async () => {
    const ctx = testContext(await open());
    const portal = await portalIn(ctx);
    const address = { portalId: portal.id, teamId: (await createTeam(ctx, portal.id, { name: 'Partners' })).id };
    const shown = await createProductInPortals(ctx, { name: 'Shown', portalIds: [portal.id] });
    const [hidden, readable] = [await createProduct(ctx, { name: 'Hidden' }), await createProduct(ctx, { name: 'Readable' })];
    const { grants, ...somebody } = actorWith('Admin', portal.id);
    const reader = { entityType: 'product', role: 'Viewer', entityId: readable.id } as const;
    const as = { ...ctx, actor: { ...somebody, grants: [...grants, reader] } };
    const assign = (productId: typeof hidden.id) => assignTeamRole(as, address, { role: 'API Viewer', productId });
    await expect(assign(hidden.id)).rejects.toMatchObject({ kind: 'invalid', issues: [{ field: 'entity_id' }] });
    expect(await assign(shown.id)).toMatchObject({ productName: 'Shown' });
    expect(await assign(readable.id)).toMatchObject({ productName: 'Readable' });
  });

  it('are found in their own portal only, and go with it', async () => {
    const ctx = testContext(await open());
    const [portal, other] = [await portalIn(ctx), await portalIn(ctx, 'Other')];
    const { id: teamId } = await createTeam(ctx, portal.id, { name: 'Partners' });
    const product = await createProduct(ctx, { name: 'Orders' });
    const ada = await givenDeveloper(ctx, portal.id);
    await addTeamMember(ctx, { portalId: portal.id, teamId }, ada);
    const role = await assignTeamRole(ctx, { portalId: portal.id, teamId }, { role: 'API Viewer', productId: product.id });
    for (const address of [
      { portalId: other.id, teamId },
      { portalId: portal.id, teamId: newId<TeamId>(START) },
    ])
      for (const act of [
        () => getTeam(ctx, address),
        () => updateTeam(ctx, address, { name: 'x' }),
        () => deleteTeam(ctx, address),
        () => listTeamMembers(ctx, address, ALL),
        () => addTeamMember(ctx, address, ada),
        () => removeTeamMember(ctx, address, ada),
        () => listTeamRoles(ctx, address, PAGE),
        () => assignTeamRole(ctx, address, { role: 'API Viewer', productId: product.id }),
        () => removeTeamRole(ctx, address, role.id),
      ])
        await expect(act()).rejects.toMatchObject({ kind: 'not-found' });
    await expect(removeTeamRole(ctx, { portalId: portal.id, teamId }, newId<TeamRoleId>(START))).rejects.toMatchObject({
      kind: 'not-found',
    });
    await deletePortal(ctx, portal.id, { force: true });
    expect(await ctx.db.selectFrom('developer_teams').selectAll().execute()).toEqual([]);
  });

  it('are read by viewers of their portal, and changed by its administrators', async () => {
    const ctx = testContext(await open());
    const [portal, other] = [await portalIn(ctx), await portalIn(ctx, 'Other')];
    const { id: teamId } = await createTeam(ctx, portal.id, { name: 'Partners' });
    const address = { portalId: portal.id, teamId };
    const as = (role: string, entityId: string) => ({ ...ctx, actor: actorWith(role, entityId) });
    expect(await getTeam(as('Viewer', portal.id), address)).toMatchObject({ id: teamId });
    await expect(updateTeam(as('Maintainer', portal.id), address, { name: 'x' })).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(createTeam(as('Viewer', portal.id), portal.id, { name: 'x' })).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(getTeam(as('Admin', other.id), address)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(deleteTeam(as('Admin', other.id), address)).rejects.toMatchObject({ kind: 'not-found' });
    expect(await updateTeam(as('Admin', portal.id), address, { name: 'x' })).toMatchObject({ name: 'x' });
  });
});
