import { demand } from '../../access/index.ts';
import type { Context } from '../../context.ts';
import { notFound } from '../../errors.ts';
import type { ProductId, VersionId } from '../../ids.ts';

/** Where a version is found: by its own id, in its product. */
export interface VersionAddress {
  readonly productId: ProductId;
  readonly versionId: VersionId;
}

/** @throws not-found where the actor may not see the product; forbidden where they may, but not do this */
export const demandProduct = ({ actor }: Context, verb: 'read' | 'edit' | 'delete', id: ProductId): void =>
  demand(actor, `product.${verb}`, id, 'API product');

/**
 * Makes sure that a product exists before something of it is read.
 * @throws not-found
 */
export const requireProduct = async (ctx: Context, id: ProductId): Promise<void> => {
  const row = await ctx.db.selectFrom('products').select('id').where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('API product');
};

/**
 * Holds a product until the transaction ends, so that what belongs together in it changes one writer at a time. SQLite has a single writer anyway.
 * @throws not-found
 */
export const lockProduct = async (ctx: Context, id: ProductId): Promise<void> => {
  const row = await ctx.db
    .selectFrom('products')
    .select('id')
    .where('id', '=', id)
    .$if(ctx.engine === 'postgres', (query) => query.forNoKeyUpdate())
    .executeTakeFirst();
  if (!row) throw notFound('API product');
};

/**
 * Makes sure that a version exists in this product before something of it is read or written.
 * @throws not-found
 */
export const requireVersion = async (ctx: Context, { productId, versionId }: VersionAddress): Promise<void> => {
  const row = await ctx.db
    .selectFrom('product_versions')
    .select('id')
    .where('id', '=', versionId)
    .where('product_id', '=', productId)
    .executeTakeFirst();
  if (!row) throw notFound('API product version');
};
