import { expect, it } from 'vitest';
import { createPortal, deletePortal, updateAppearance, updatePortal } from '../../../src/domain/portals/index.ts';
import { deleteProduct } from '../../../src/domain/products/index.ts';
import {
  createProductInPortals,
  createVersionInPortals,
  deletePublication,
  publishProducts,
  updatePublication,
} from '../../../src/domain/publications/index.ts';
import { addTeamMember, assignTeamRole, createTeam } from '../../../src/domain/teams/index.ts';
import { testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';
import { givenDeveloper } from '../../support/developers.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };

onEachDatabase('the audit trail', (open) => {
  it('says of everything that happens in a portal that it does', async () => {
    const ctx = testContext(await open());
    const { id: portalId } = await createPortal(ctx, { name: 'Harbour' }, HOSTS);
    await updatePortal(ctx, portalId, { name: 'Port' }, HOSTS);
    await updateAppearance(ctx, portalId, { theme_name: 'dark_mode' });
    const product = await createProductInPortals(ctx, { name: 'Orders', portalIds: [portalId] });
    const version = await createVersionInPortals(ctx, product.id, { name: 'v1', publishStatus: 'published' });
    await updatePublication(ctx, { portalId, versionId: version.id }, { deprecated: true });
    await deletePublication(ctx, { portalId, versionId: version.id });
    await publishProducts(ctx, portalId, { [product.id]: 'unpublished' });
    const address = { portalId, teamId: (await createTeam(ctx, portalId, { name: 'Partners' })).id };
    await addTeamMember(ctx, address, await givenDeveloper(ctx, portalId));
    await assignTeamRole(ctx, address, { role: 'API Viewer', productId: product.id });
    await deletePortal(ctx, portalId, { force: true });
    await deleteProduct(ctx, product.id);
    const events = await ctx.db.selectFrom('audit_events').select(['action', 'portal_id', 'details']).orderBy('id').execute();
    const elsewhere = events.filter(({ portal_id }) => portal_id !== portalId).map(({ action }) => action);
    expect(elsewhere).toEqual(['product.created', 'version.created', 'product.deleted']);
    const detailsOf = (wanted: string) => JSON.parse(events.find(({ action }) => action === wanted)?.details ?? '');
    expect(detailsOf('portal.updated')).toEqual({ changed: { name: { before: 'Harbour', after: 'Port' } } });
    expect([detailsOf('portal.deleted').name, detailsOf('product.deleted').name]).toEqual(['Port', 'Orders']);
  });
});
