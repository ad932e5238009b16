import type { Request } from 'express';
import { type Issue, invalid, notFound } from '../../domain/errors.ts';
import type { ProductId, VersionId } from '../../domain/ids.ts';
import type { Listed, Page } from '../../domain/listing.ts';
import {
  type CatalogueProduct,
  findVisibleProduct,
  findVisibleVersion,
  type VisibleVersion,
} from '../../domain/visibility/index.ts';
import { pathId, queryOf } from '../../http/input.ts';
import type { PortalApiContext } from './context.ts';

/** The parameters by which lists are asked for. */
type ListParameter = 'filter' | 'sort' | 'page';

/**
 * Refuses parameters of lists where they mean nothing, rather than to answer as if they had been heeded. Parameters of other names are
 * not looked at: clients add some of their own.
 * @throws invalid naming each of them
 */
export const refuseParameters = (req: Request, ...parameters: readonly ListParameter[]): void => {
  const names = [...new Set(queryOf(req).keys())].filter((name) =>
    parameters.some((parameter) => name === parameter || name.startsWith(`${parameter}[`)),
  );
  const [first, ...rest] = names.map(
    (field): Issue => ({ field, rule: 'unknown_property', reason: `${field} is not a parameter here`, source: 'query' }),
  );
  if (first) throw invalid(first, ...rest);
};

/** The product that the path names by its id. @throws not-found unless the visitor may see it */
export const productOf = async (req: Request, ctx: PortalApiContext): Promise<CatalogueProduct> => {
  const id = pathId<ProductId>(req, 'productId', 'Product');
  const product = await findVisibleProduct(ctx, ctx.portal, ctx.visitor, id);
  if (product?.id !== id) throw notFound('Product'); // a slug may look like an id
  return product;
};

/** The version that the path names by its id, of the product that it names. @throws not-found unless the visitor may see both */
export const versionOf = async (req: Request, ctx: PortalApiContext): Promise<VisibleVersion> => {
  const productId = pathId<ProductId>(req, 'productId', 'Product');
  const id = pathId<VersionId>(req, 'productVersionId', 'Product version');
  const version = await findVisibleVersion(ctx, ctx.portal, ctx.visitor, { id: productId }, id);
  if (version?.id !== id) throw notFound('Product version'); // a name may look like an id
  return version;
};

/** One page of a short list that is there as a whole. */
export const pageOf = <T>(items: readonly T[], page: Page): Listed<T> => ({
  items: items.slice((page.number - 1) * page.size, page.number * page.size),
  total: items.length,
  page,
});
