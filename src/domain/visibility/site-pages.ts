import type { Context } from '../context.ts';
import type { Portal } from '../portals/index.ts';
import { isPublishedIn, isVisibleProduct, seesPortal, type Visitor } from './visitor.ts';

/** Something of a portal that has a page of its own, by the slugs that name it. */
export type SitePage =
  | {
      readonly kind: 'product';
      readonly product: string;
      readonly title: string;
      readonly description: string | null;
      readonly updatedAt: string;
    }
  | {
      readonly kind: 'version';
      readonly product: string;
      readonly version: string;
      readonly title: string;
      readonly updatedAt: string;
    }
  | {
      readonly kind: 'document';
      readonly product: string;
      readonly document: string;
      readonly title: string;
      readonly updatedAt: string;
    };

/** The products, versions and documents that a visitor may see, for a site map: three queries, at most `limit` of each. */
export const listSitePages = async (ctx: Context, portal: Portal, visitor: Visitor, limit: number): Promise<SitePage[]> => {
  if (!seesPortal(portal, visitor)) return [];
  const products = await ctx.db
    .selectFrom('products')
    .select(['slug', 'name', 'description', 'updated_at'])
    .where(isVisibleProduct(portal, visitor))
    .orderBy('id')
    .limit(limit)
    .execute();
  const versions = await ctx.db
    .selectFrom('product_versions')
    .innerJoin('products', 'products.id', 'product_versions.product_id')
    .innerJoin('publications', 'publications.version_id', 'product_versions.id')
    .select([
      'products.slug as product',
      'product_versions.slug',
      'product_versions.updated_at',
      'product_versions.name',
      'products.name as product_name',
    ])
    .where(isPublishedIn(portal))
    .where(isVisibleProduct(portal, visitor))
    .orderBy('product_versions.id')
    .limit(limit)
    .execute();
  const documents = await ctx.db
    .withRecursive('readable', (db) =>
      db
        .selectFrom('documents')
        .innerJoin('products', 'products.id', 'documents.product_id')
        .select(['documents.id', 'documents.product_id', 'products.slug as product'])
        .where('documents.parent_id', 'is', null)
        .where('documents.status', '=', 'published')
        .where(isVisibleProduct(portal, visitor))
        .unionAll(
          db
            .selectFrom('readable')
            .innerJoin('documents', (join) =>
              join.onRef('documents.product_id', '=', 'readable.product_id').onRef('documents.parent_id', '=', 'readable.id'),
            )
            .select(['documents.id', 'documents.product_id', 'readable.product'])
            .where('documents.status', '=', 'published'),
        ),
    )
    .selectFrom('readable')
    .innerJoin('documents', 'documents.id', 'readable.id')
    .select(['readable.product', 'documents.slug', 'documents.title', 'documents.updated_at'])
    .orderBy('documents.id')
    .limit(limit)
    .execute();
  return [
    ...products.map(({ slug, name, description, updated_at }) => ({
      ...{ kind: 'product' as const, product: slug, title: name, description, updatedAt: updated_at },
    })),
    ...versions.map(({ product, product_name, slug, name, updated_at }) => ({
      ...{ kind: 'version' as const, product, version: slug, title: `${product_name} ${name}`, updatedAt: updated_at },
    })),
    ...documents.map(({ product, slug, title, updated_at }) => ({
      ...{ kind: 'document' as const, product, document: slug, title, updatedAt: updated_at },
    })),
  ];
};
