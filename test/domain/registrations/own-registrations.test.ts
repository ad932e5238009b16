import { expect, it } from 'vitest';
import { listOwnApplications } from '../../../src/domain/applications/index.ts';
import { createAuthStrategy } from '../../../src/domain/auth-strategies/index.ts';
import type { VersionId } from '../../../src/domain/ids.ts';
import { updatePortal } from '../../../src/domain/portals/index.ts';
import { publishProducts, updatePublication } from '../../../src/domain/publications/index.ts';
import {
  countOwnRegistrations,
  createRegisteredApplication,
  decideRegistration,
  getOwnRegistration,
  listApplicationsOfVersion,
  listOwnRegistrations,
  registerApplication,
  unregisterApplication,
} from '../../../src/domain/registrations/index.ts';
import { addTeamMember, assignTeamRole, createTeam } from '../../../src/domain/teams/index.ts';
import { testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';
import { givenDeveloper } from '../../support/developers.ts';
import { registrationScene } from '../../support/registrations.ts';

const PAGE = { number: 1, size: 10 };
const NOBODY = '00000000-0000-4000-8000-000000000000';

onEachDatabase('registrations of a developer', (open) => {
  it('wait for a decision, or are approved at once where version or portal say so', async () => {
    const ctx = testContext(await open());
    const { portal, version, addVersion, addApplication } = await registrationScene(ctx);
    const shop = await addApplication();
    expect(await registerApplication(ctx, shop, version.id)).toMatchObject({
      status: 'pending',
      decidedAt: null,
      productName: 'Orders',
      versionName: 'v1',
      fits: true,
    });
    const open2 = await addVersion('v2', { autoApproveRegistration: true });
    expect(await registerApplication(ctx, shop, open2.id)).toMatchObject({ status: 'approved', decidedBy: null });
    const v3 = await addVersion('v3');
    const trusting = { ...shop, portal: { ...portal, autoApproveApplications: true } };
    expect(await registerApplication(ctx, trusting, v3.id)).toMatchObject({ status: 'approved' });
    const { items } = await listOwnRegistrations(ctx, shop, { filters: [], page: PAGE });
    expect(items.map(({ versionName, status }) => `${versionName} ${status}`)).toEqual([
      'v3 approved',
      'v2 approved',
      'v1 pending',
    ]);
    const filtered = await listOwnRegistrations(ctx, shop, {
      filters: [
        { field: 'status', op: 'eq', value: 'approved' },
        { field: 'product_version_name', op: 'contains', value: 'V2' },
        { field: 'product_name', op: 'eq', value: 'orders' },
      ],
      page: PAGE,
    });
    expect(filtered.items.map(({ versionName }) => versionName)).toEqual(['v2']);
    expect(await countOwnRegistrations(ctx, shop, [shop.applicationId])).toEqual(
      new Map([[shop.applicationId, { approved: 2, pending: 1 }]]),
    );
  });

  it('need a version that is visible, open, of the same strategy, and not registered already', async () => {
    const ctx = testContext(await open());
    const { portal, product, version, addVersion, addApplication } = await registrationScene(ctx);
    const other = await createAuthStrategy(ctx, { name: 'Other', displayName: 'Other', config: { type: 'key_auth' } });
    const shop = await addApplication();
    const refused = (id: VersionId) => expect(registerApplication(ctx, shop, id)).rejects;
    await refused(NOBODY as VersionId).toMatchObject({ kind: 'not-found' });
    await refused((await addVersion('hidden', { publishStatus: 'unpublished' })).id).toMatchObject({ kind: 'not-found' });
    const issues = [{ field: 'product_version_id', rule: 'invalid' }];
    await refused((await addVersion('shut', { applicationRegistrationEnabled: false })).id).toMatchObject({ issues });
    await refused((await addVersion('other', { authStrategyIds: [other.id] })).id).toMatchObject({ issues });
    await registerApplication(ctx, shop, version.id);
    await refused(version.id).toMatchObject({ kind: 'conflict' });
    await publishProducts(ctx, portal.id, { [product.id]: 'unpublished' });
    await refused(version.id).toMatchObject({ kind: 'not-found' });
  });

  it('need a role to consume where access is by roles: 403 for what is seen, 404 for what is not', async () => {
    const ctx = testContext(await open());
    const scene = await registrationScene(ctx);
    const { product, version, addApplication, owner } = scene;
    const shop = await addApplication();
    const portal = await updatePortal(
      ctx,
      scene.portal.id,
      { rbacEnabled: true },
      { portalDomain: 'x.example', reservedHosts: [] },
    );
    const own = { ...shop, portal };
    await expect(registerApplication(ctx, own, version.id)).rejects.toMatchObject({ kind: 'not-found' });
    const team = await createTeam(ctx, portal.id, { name: 'Readers' });
    await addTeamMember(ctx, { portalId: portal.id, teamId: team.id }, owner.developerId);
    const role = (name: 'API Viewer' | 'API Consumer') =>
      assignTeamRole(ctx, { portalId: portal.id, teamId: team.id }, { role: name, productId: product.id });
    await role('API Viewer');
    await expect(registerApplication(ctx, own, version.id)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(createRegisteredApplication(ctx, { ...owner, portal }, version.id, { name: 'Till' })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await role('API Consumer');
    expect(await registerApplication(ctx, own, version.id)).toMatchObject({ status: 'pending' });
  });

  it('are made together with an application that fits, or not at all', async () => {
    const ctx = testContext(await open());
    const { owner, version, addVersion } = await registrationScene(ctx);
    const registration = await createRegisteredApplication(ctx, owner, version.id, { name: 'Shop' });
    expect(registration).toMatchObject({ status: 'pending', versionId: version.id });
    const shut = await addVersion('shut', { applicationRegistrationEnabled: false });
    await expect(createRegisteredApplication(ctx, owner, shut.id, { name: 'Till' })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(createRegisteredApplication(ctx, owner, version.id, { name: 'shop' })).rejects.toMatchObject({
      kind: 'conflict',
    });
    expect((await listOwnApplications(ctx, owner, { filters: [], page: PAGE })).total).toBe(1);
  });

  it('are taken back, but not after a refusal', async () => {
    const ctx = testContext(await open());
    const { version, portal, addApplication } = await registrationScene(ctx);
    const shop = await addApplication();
    const first = await registerApplication(ctx, shop, version.id);
    const foreign = { ...shop, developerId: await givenDeveloper(ctx, portal.id), registrationId: first.id };
    await expect(unregisterApplication(ctx, foreign)).rejects.toMatchObject({ kind: 'not-found' });
    await unregisterApplication(ctx, { ...shop, registrationId: first.id });
    const own = { ...shop, registrationId: (await registerApplication(ctx, shop, version.id)).id };
    for (const status of ['rejected', 'revoked'] as const) {
      await decideRegistration(ctx, own, { status });
      await expect(unregisterApplication(ctx, own)).rejects.toMatchObject({ kind: 'forbidden' });
    }
    await decideRegistration(ctx, own, { status: 'approved' });
    await unregisterApplication(ctx, own);
    await expect(getOwnRegistration(ctx, own)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('go with what they are for: hidden while it is hidden, back when it is back', async () => {
    const ctx = testContext(await open());
    const { portal, product, version, strategy, addApplication } = await registrationScene(ctx);
    const shop = await addApplication();
    const { id } = await registerApplication(ctx, shop, version.id);
    const total = async () => (await listOwnRegistrations(ctx, shop, { filters: [], page: PAGE })).total;
    await publishProducts(ctx, portal.id, { [product.id]: 'unpublished' });
    expect(await total()).toBe(0);
    await expect(getOwnRegistration(ctx, { ...shop, registrationId: id })).rejects.toMatchObject({ kind: 'not-found' });
    await publishProducts(ctx, portal.id, { [product.id]: 'published' });
    expect(await total()).toBe(1);
    const other = await createAuthStrategy(ctx, { name: 'Other', displayName: 'Other', config: { type: 'key_auth' } });
    const ref = { portalId: portal.id, versionId: version.id };
    await updatePublication(ctx, ref, { authStrategyIds: [other.id] });
    expect(await getOwnRegistration(ctx, { ...shop, registrationId: id })).toMatchObject({ fits: false });
    await updatePublication(ctx, ref, { authStrategyIds: [strategy.id], applicationRegistrationEnabled: false });
    expect(await getOwnRegistration(ctx, { ...shop, registrationId: id })).toMatchObject({ fits: true, status: 'pending' });
  });

  it('tell which applications have one for a version', async () => {
    const ctx = testContext(await open());
    const { version, owner, addApplication } = await registrationScene(ctx);
    const shop = await addApplication('Shop');
    await addApplication('Till');
    const { id } = await registerApplication(ctx, shop, version.id);
    const list = async (registered: boolean, filters: readonly object[] = []) =>
      (await listApplicationsOfVersion(ctx, owner, version, { filters: filters as never, page: PAGE, registered })).items;
    expect(await list(true)).toMatchObject([{ name: 'Shop', registration: { id, status: 'pending' } }]);
    expect(await list(true, [{ field: 'status', op: 'eq', value: 'approved' }])).toEqual([]);
    expect(await list(false)).toMatchObject([{ name: 'Till', registration: undefined, authStrategy: { name: 'Keys' } }]);
  });
});
