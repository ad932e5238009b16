import type { Request } from 'express';
import type { DocumentId } from '../../../domain/ids.ts';
import {
  type Document,
  type DocumentAddress,
  getDocument,
  type Product,
  sketchDiagrams,
} from '../../../domain/products/index.ts';
import { pathId } from '../../../http/input.ts';
import type { Breadcrumb } from '../../../http/layout-model.ts';
import { diagramsIn, withDiagrams } from '../../../rendering/diagrams/figure.ts';
import type { AdminContext } from '../context.ts';
import { productOf, productTrail } from '../products/frame.ts';
import { documentPaths, imagePaths } from '../products/paths.ts';
import { inlineDiagrams } from './inline-diagrams.ts';

/** A document that an address names, and its product. */
export interface ShownDocument {
  readonly product: Product;
  readonly address: DocumentAddress;
  readonly document: Document;
}

export const addressOf = (req: Request, { id: productId }: Product): DocumentAddress => ({
  productId,
  documentId: pathId<DocumentId>(req, 'documentId', 'API product document'),
});

/** @throws not-found */
export const documentOf = async (req: Request, ctx: AdminContext): Promise<ShownDocument> => {
  const product = await productOf(req, ctx);
  const address = addressOf(req, product);
  return { product, address, document: await getDocument(ctx, address) };
};

/** The way to what is below the documents of a product. */
export const documentsTrail = (ctx: AdminContext, product: Product): Breadcrumb[] => [
  ...productTrail(ctx, product),
  { label: 'Documentation', href: documentPaths.list(ctx.region, product.id) },
];

/**
 * The HTML of a text as portals show it, its pictures read from the administration: the product may be shown nowhere yet. Of diagrams that
 * are new in it, at most `draws` are drawn first.
 */
export const htmlOf = async (ctx: AdminContext, { id, slug }: Product, content: string, draws: number): Promise<string> => {
  const { html, diagrams } = await ctx.deps.renderDocument(content, `/docs/${slug}`, imagePaths.list(ctx.region, id));
  if (draws > 0) await sketchDiagrams(ctx, id, diagramsIn(html), draws);
  return withDiagrams(html, await inlineDiagrams(ctx, diagrams));
};
