import type { Context } from '../context.ts';
import type { ProductId } from '../ids.ts';
import type { Portal } from '../portals/index.ts';
import { isVisibleProduct, type Visitor } from './visitor.ts';

/** Whether a visitor of a portal may see a product. */
export const isVisible = async (ctx: Context, portal: Portal, visitor: Visitor, productId: ProductId): Promise<boolean> => {
  const row = await ctx.db
    .selectFrom('products')
    .select('id')
    .where('id', '=', productId)
    .where(isVisibleProduct(portal, visitor))
    .executeTakeFirst();
  return row !== undefined;
};
