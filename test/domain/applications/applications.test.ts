import { expect, it } from 'vitest';
import {
  createApplication,
  deleteApplication,
  deleteOwnApplication,
  getApplication,
  getApplicationOfAnyPortal,
  getOwnApplication,
  listApplications,
  listOwnApplications,
  updateApplication,
  updateOwnApplication,
} from '../../../src/domain/applications/index.ts';
import { createAuthStrategy, updateAuthStrategy } from '../../../src/domain/auth-strategies/index.ts';
import type { ContextWithPorts } from '../../../src/domain/context.ts';
import type { AuthStrategyId } from '../../../src/domain/ids.ts';
import { registerApplication } from '../../../src/domain/registrations/index.ts';
import { testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';
import { givenDeveloper } from '../../support/developers.ts';
import { administrator, registrationScene } from '../../support/registrations.ts';

const PAGE = { number: 1, size: 10 };
const NOBODY = '00000000-0000-4000-8000-000000000000';

const openid = (ctx: ContextWithPorts, name = 'Login', issuer = 'https://id.example.com') =>
  createAuthStrategy(ctx, {
    name,
    displayName: name,
    config: {
      type: 'openid_connect',
      issuer,
      credentialClaims: ['sub'],
      scopes: ['openid'],
      authMethods: ['bearer'],
      further: {},
    },
  });

onEachDatabase('applications', (open) => {
  it('are made by a developer, with the portal’s default strategy unless another is named', async () => {
    const ctx = testContext(await open());
    const { owner, strategy, addVersion } = await registrationScene(ctx);
    const login = await openid(ctx);
    await addVersion('v2', { authStrategyIds: [login.id] });
    const shop = await createApplication(ctx, owner, { name: 'Shop', description: '', redirectUri: 'com.example.app:/back' });
    expect(shop).toMatchObject({ authStrategy: { id: strategy.id }, description: null, referenceId: '' });
    const till = await createApplication(ctx, owner, { name: 'Till', authStrategyId: login.id, referenceId: 'client-7' });
    expect(till).toMatchObject({ authStrategy: { id: login.id }, referenceId: 'client-7' });
    const { items, total } = await listOwnApplications(ctx, owner, { filters: [], page: PAGE });
    expect([total, ...items]).toEqual([2, till, shop]);
    const filters = [{ field: 'auth_strategy_id', op: 'eq', value: login.id } as const];
    expect((await listOwnApplications(ctx, owner, { filters, page: PAGE })).items).toEqual([till]);
  });

  it('refuse what does not go with their strategy', async () => {
    const ctx = testContext(await open());
    const { owner, addVersion, portal } = await registrationScene(ctx);
    const login = await openid(ctx);
    const unseen = await openid(ctx, 'Unseen');
    await addVersion('v2', { authStrategyIds: [login.id] });
    const refused = (input: object) => expect(createApplication(ctx, owner, { name: 'Shop', ...input })).rejects;
    await refused({ referenceId: 'x' }).toMatchObject({ issues: [{ field: 'reference_id', rule: 'invalid' }] });
    await refused({ authStrategyId: login.id }).toMatchObject({ issues: [{ field: 'reference_id', rule: 'required' }] });
    for (const redirectUri of ['nowhere', 'javascript:alert(1)', 'data:text/html,x'])
      await refused({ redirectUri }).toMatchObject({ issues: [{ field: 'redirect_uri' }] });
    await refused({ scopes: ['read'] }).toMatchObject({ issues: [{ field: 'scopes' }] });
    for (const authStrategyId of [NOBODY as AuthStrategyId, unseen.id])
      await refused({ authStrategyId }).toMatchObject({ issues: [{ field: 'auth_strategy_id', rule: 'missing_reference' }] });
    await expect(
      createApplication(ctx, { ...owner, portal: { ...portal, defaultAuthStrategyId: null } }, { name: 'Shop' }),
    ).rejects.toMatchObject({ issues: [{ field: 'auth_strategy_id', rule: 'required' }] });
  });

  it('have a name of their own among those of a developer, and a reference id among those of an issuer', async () => {
    const ctx = testContext(await open());
    const { owner, portal, addVersion } = await registrationScene(ctx);
    const [login, same, other] = [
      await openid(ctx),
      await openid(ctx, 'Same', 'https://id.example.com/'),
      await openid(ctx, 'Other', 'https://other.example.com'),
    ];
    for (const { id, name } of [login, same, other]) await addVersion(name, { authStrategyIds: [id] });
    await createApplication(ctx, owner, { name: 'Shop' });
    await expect(createApplication(ctx, owner, { name: 'SHOP' })).rejects.toMatchObject({ kind: 'conflict' });
    const somebody = { portal, developerId: await givenDeveloper(ctx, portal.id) };
    await createApplication(ctx, somebody, { name: 'Shop' });

    const client = { referenceId: 'client-7' };
    await createApplication(ctx, owner, { name: 'A', authStrategyId: login.id, ...client });
    await expect(createApplication(ctx, somebody, { name: 'B', authStrategyId: same.id, ...client })).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('client-7'),
    });
    const elsewhere = await createApplication(ctx, somebody, { name: 'C', authStrategyId: other.id, ...client });
    expect(elsewhere.referenceId).toBe('client-7');
  });

  it('are known to the new issuer of their strategy, unless that knows others by the same reference ids', async () => {
    const ctx = testContext(await open());
    const { owner, addVersion } = await registrationScene(ctx);
    const [one, two] = [await openid(ctx), await openid(ctx, 'Other', 'https://other.example.com')];
    await addVersion('v2', { authStrategyIds: [one.id] });
    await addVersion('v3', { authStrategyIds: [two.id] });
    await createApplication(ctx, owner, { name: 'Shop', authStrategyId: one.id, referenceId: 'client-7' });
    const till = await createApplication(ctx, owner, { name: 'Till', authStrategyId: two.id, referenceId: 'client-7' });
    const move = (issuer: string) => updateAuthStrategy(ctx, one.id, { config: { type: 'openid_connect', issuer } });
    await expect(move('https://other.example.com/')).rejects.toMatchObject({
      ...{ kind: 'conflict', message: expect.stringContaining('https://other.example.com knows other applications') },
    });
    await move('https://new.example.com');
    await expect(
      createApplication(ctx, owner, { name: 'Third', authStrategyId: one.id, referenceId: 'client-7' }),
    ).rejects.toMatchObject({ kind: 'conflict' });
    await updateAuthStrategy(ctx, two.id, { config: { type: 'openid_connect', issuer: 'https://id.example.com/' } });
    const own = { ...owner, applicationId: till.id };
    await updateOwnApplication(ctx, own, { referenceId: 'client-8' });
    await move('https://id.example.com');
  });

  it('are changed and deleted by their developer only; to others they are not there', async () => {
    const ctx = testContext(await open());
    const { owner, portal, addApplication } = await registrationScene(ctx);
    const own = await addApplication();
    const changed = await updateOwnApplication(ctx, own, {
      name: 'Store',
      description: 'Sells',
      redirectUri: 'https://a.example/',
    });
    expect(changed).toMatchObject({ name: 'Store', description: 'Sells', redirectUri: 'https://a.example/' });
    expect(await updateOwnApplication(ctx, own, { description: '' })).toMatchObject({ name: 'Store', description: null });
    await addApplication('Till');
    await expect(updateOwnApplication(ctx, own, { name: 'till' })).rejects.toMatchObject({ kind: 'conflict' });

    const foreign = { ...own, developerId: await givenDeveloper(ctx, portal.id) };
    await expect(getOwnApplication(ctx, foreign)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(updateOwnApplication(ctx, foreign, { name: 'Mine' })).rejects.toMatchObject({ kind: 'not-found' });
    await expect(deleteOwnApplication(ctx, foreign)).rejects.toMatchObject({ kind: 'not-found' });
    await deleteOwnApplication(ctx, own);
    expect((await listOwnApplications(ctx, owner, { filters: [], page: PAGE })).items.map(({ name }) => name)).toEqual(['Till']);
    const events = await ctx.db
      .selectFrom('audit_events')
      .selectAll()
      .where('subject_id', '=', own.applicationId)
      .orderBy('id')
      .execute();
    expect(events.map(({ action }) => action)).toEqual([
      'application.created',
      'application.updated',
      'application.updated',
      'application.deleted',
    ]);
    expect(JSON.stringify(events)).not.toMatch(/Store|Sells/);
  });

  it('are listed, changed and deleted by the administration, as far as roles go', async () => {
    const connection = await open();
    const ctx = testContext(connection);
    const { portal, version, addApplication } = await registrationScene(ctx);
    const shop = await addApplication();
    await registerApplication(ctx, shop, version.id);
    const grace = await givenDeveloper(ctx, portal.id, { fullName: 'Grace Quay', email: 'Grace@example.com' });
    const till = await createApplication(ctx, { portal, developerId: grace }, { name: 'Till' });
    const list = async (field: string, value: string) => {
      const filters = [{ field, op: 'contains', value }] as never;
      return (await listApplications(ctx, portal.id, { filters, sort: [], page: PAGE })).items.map(({ name }) => name);
    };
    expect(await list('name', 'I')).toEqual(['Till']);
    expect(await list('developer_name', 'grace')).toEqual(['Till']);
    expect(await list('developer_email', 'GRACE@')).toEqual(['Till']);
    const sort = [{ field: 'name', direction: 'desc' } as const];
    const all = await listApplications(ctx, portal.id, { filters: [], sort, page: PAGE });
    expect(all.items.map(({ name, registrationCount }) => [name, registrationCount])).toEqual([
      ['Till', 0],
      ['Shop', 1],
    ]);

    const ref = { portalId: portal.id, applicationId: till.id };
    const viewer = testContext(connection, {
      actor: administrator([{ entityType: 'portal', role: 'Viewer', entityId: portal.id }]),
    });
    expect(await getApplication(viewer, ref)).toMatchObject({ developerEmail: 'Grace@example.com' });
    expect(await getApplicationOfAnyPortal(viewer, till.id)).toMatchObject({ id: till.id });
    await expect(deleteApplication(viewer, ref)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(updateApplication(viewer, ref, { name: 'x' })).rejects.toMatchObject({ kind: 'forbidden' });
    const stranger = testContext(connection, {
      actor: administrator([{ entityType: 'portal', role: 'Admin', entityId: NOBODY }]),
    });
    for (const act of [
      () => listApplications(stranger, portal.id, { filters: [], sort: [], page: PAGE }),
      () => getApplication(stranger, ref),
      () => getApplicationOfAnyPortal(stranger, till.id),
      () => deleteApplication(stranger, ref),
    ])
      await expect(act()).rejects.toMatchObject({ kind: 'not-found' });

    const keeper = testContext(connection, {
      actor: administrator([{ entityType: 'portal', role: 'Maintainer', entityId: portal.id }]),
    });
    expect(await updateApplication(keeper, ref, { name: 'Register' })).toMatchObject({ name: 'Register', developerId: grace });
    await deleteApplication(keeper, ref);
    await expect(getApplication(keeper, ref)).rejects.toMatchObject({ kind: 'not-found' });
  });
});
