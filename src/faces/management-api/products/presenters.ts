import type { Product } from '../../../domain/products/index.ts';
import type { ProductPortal } from '../../../domain/publications/index.ts';

/** A product as the management API shows it, with the portals it is assigned to. */
export const presentProduct = (product: Product, portals: readonly ProductPortal[]) => ({
  id: product.id,
  name: product.name,
  description: product.description,
  portal_ids: portals.map(({ portalId }) => portalId),
  portals: portals.map(({ portalId, portalName }) => ({ portal_id: portalId, portal_name: portalName })),
  version_count: product.versionCount,
  labels: product.labels,
  public_labels: product.publicLabels,
  created_at: product.createdAt,
  updated_at: product.updatedAt,
});
