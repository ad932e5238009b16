import type { CatalogueProduct } from '../../../domain/visibility/index.ts';

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

/** What a visitor may do with a product that is visible to them. */
export const presentActions = ({ register }: { register: boolean }) => ({
  actions: { view: true, view_documentation: true, register },
});
