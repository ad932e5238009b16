import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import type { ProductId } from '../ids.ts';
import type { Portal } from '../portals/index.ts';
import { type DocumentImage, getImage } from '../products/index.ts';
import {
  findReadableDocument,
  isDiagramReadable,
  isImageReadable,
  selectReadableDocuments,
  type VisibleDocument,
  type VisibleDocumentContent,
} from './documents.ts';
import { isVisible } from './visible-products.ts';
import { isVisibleProduct, type Visitor } from './visitor.ts';

interface Product {
  readonly id: ProductId;
}

/** The documents of a product that a visitor may read, siblings in their order; empty when the product is not visible. */
export const listVisibleDocuments = async (
  ctx: Context,
  portal: Portal,
  visitor: Visitor,
  { id }: Product,
): Promise<VisibleDocument[]> => ((await isVisible(ctx, portal, visitor, id)) ? selectReadableDocuments(ctx, id) : []);

/** A product's document with this id or slug, if a visitor may read it. */
export const findVisibleDocument = async (
  ctx: Context,
  portal: Portal,
  visitor: Visitor,
  { id }: Product,
  idOrSlug: string,
): Promise<VisibleDocumentContent | undefined> =>
  (await isVisible(ctx, portal, visitor, id)) ? findReadableDocument(ctx, id, idOrSlug) : undefined;

/**
 * An image, for a visitor who may read a document of the product that shows it.
 * @throws not-found
 */
export const getVisibleImage = async (
  ctx: Context,
  portal: Portal,
  visitor: Visitor,
  { id: productId }: Product,
  hash: string,
): Promise<DocumentImage & { readonly bytes: Buffer }> => {
  if (!(await isVisible(ctx, portal, visitor, productId)) || !(await isImageReadable(ctx, productId, hash)))
    throw notFound('Image');
  return getImage(ctx, { productId, hash });
};

/** Whether a visitor may read a document that holds a diagram. */
export const holdsVisibleDiagram = async (ctx: Context, portal: Portal, visitor: Visitor, hash: string): Promise<boolean> => {
  const products = await ctx.db
    .selectFrom('products')
    .select('products.id')
    .where('products.id', 'in', ({ selectFrom }) =>
      selectFrom('document_diagrams')
        .innerJoin('documents', 'documents.id', 'document_diagrams.document_id')
        .select('documents.product_id')
        .where('document_diagrams.hash', '=', hash),
    )
    .where(isVisibleProduct(portal, visitor))
    .execute();
  return isDiagramReadable(
    ctx,
    products.map(({ id }) => id as ProductId),
    hash,
  );
};
