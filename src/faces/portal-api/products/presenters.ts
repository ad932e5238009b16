import type { Portal } from '../../../domain/portals/index.ts';
import type { CatalogueProduct, Visitor } from '../../../domain/visibility/index.ts';

/** A product as portal clients see it. */
export const presentProduct = (product: CatalogueProduct) => ({
  id: product.id,
  name: product.name,
  description: product.description,
  public_labels: product.publicLabels,
  document_count: product.documentCount,
  version_count: product.versionCount,
  latest_version: product.latestVersion && { id: product.latestVersion.id, name: product.latestVersion.name },
  created_at: product.createdAt,
  updated_at: product.updatedAt,
});

/** What a visitor may do with a product that is visible to them. Nobody registers on a public portal. */
export const presentActions = (portal: Portal, visitor: Visitor) => ({
  actions: { view: true, view_documentation: true, register: visitor.kind === 'developer' && !portal.isPublic },
});
