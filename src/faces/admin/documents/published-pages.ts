import type { DocumentAddress, Product } from '../../../domain/products/index.ts';
import { listPortalsOfProducts } from '../../../domain/publications/index.ts';
import type { AdminContext } from '../context.ts';
import { calledAs } from '../names.ts';
import { addressOf } from '../portals/frame.ts';
import { readablePortals } from '../products/portals.ts';
import type { Branch } from './tree-page.ts';

/** A document, after all above it; empty where there is none. */
const pathTo = (branches: readonly Branch[], id: string | undefined): Branch[] => {
  for (const branch of branches) {
    const below = branch.id === id ? [] : pathTo(branch.children, id);
    if (branch.id === id || below.length > 0) return [branch, ...below];
  }
  return [];
};

/** Where developers read a document: in each portal that shows its product, once it and all above it are published. */
export const publishedPages = async (
  ctx: AdminContext,
  product: Product,
  branches: readonly Branch[],
  address: DocumentAddress | undefined,
): Promise<{ text: string; href: string }[]> => {
  const path = pathTo(branches, address?.documentId);
  const document = path.at(-1);
  if (document === undefined || path.some(({ status }) => status !== 'published')) return [];
  const assigned = (await listPortalsOfProducts(ctx, [product.id])).get(product.id) ?? [];
  const showing = new Set(assigned.map(({ portalId }) => portalId));
  return (await readablePortals(ctx))
    .filter(({ id }) => showing.has(id))
    .map((portal) => ({ text: calledAs(portal), href: `${addressOf(ctx, portal)}docs/${product.slug}/${document.slug}` }));
};
