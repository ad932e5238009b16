import type { Request, Response } from 'express';
import { notFound } from '../../../domain/errors.ts';
import { DIAGRAM_THEMES, findDiagrams, readDrawing } from '../../../domain/products/index.ts';
import {
  findVisibleDocument,
  findVisibleProduct,
  getVisibleImage,
  holdsVisibleDiagram,
  listVisibleDocuments,
  listVisibleEditions,
  type VisibleDocument,
} from '../../../domain/visibility/index.ts';
import { sendInertImage } from '../../../http/images.ts';
import { nameIn, wantsMarkdown } from '../../../http/markdown-wanted.ts';
import type { Page } from '../../../http/page-cache.ts';
import type { Route } from '../../../http/routes.ts';
import { IMAGE_FOLDER, IMAGE_TYPES } from '../../../lib/image-names.ts';
import type { PortalContext } from '../context.ts';
import { documentMarkdown, productMarkdown, sendMarkdown } from '../machines/markdown.ts';
import { paths } from '../paths.ts';
import { getShownProduct, trail } from '../product.ts';
import { mayRegister } from '../registering.ts';
import { renderPage, sendPage } from '../respond.ts';
import {
  aboutModel,
  type DocumentedProduct,
  documentHref,
  documentModel,
  introductionOf,
  overviewModel,
  sideOf,
} from './pages.ts';
import { branchesOf, pathTo } from './tree.ts';

const getDocumentedProduct = async (ctx: PortalContext, idOrSlug: string): Promise<DocumentedProduct> => {
  const shown = await getShownProduct(ctx, idOrSlug);
  return { ...shown, branches: branchesOf(await listVisibleDocuments(ctx, ctx.portal, ctx.visitor, shown.product)) };
};

const showProduct = (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const name = nameIn(req.params['product']);
  if (wantsMarkdown(req, res))
    return sendMarkdown(req, res, ctx, '', async () => productMarkdown(await getDocumentedProduct(ctx, name)));
  return sendPage(req, res, ctx, '', async () => {
    const documented = await getDocumentedProduct(ctx, name);
    const introduction = introductionOf(documented);
    return introduction ? documentPage(ctx, documented, introduction.id) : overviewPage(ctx, documented);
  });
};

/** The last part of the address names the document; what stands before it may be the way there, or anything. */
const showDocument = (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const slug = nameIn([req.params['slug'] ?? []].flat().findLast((part) => part !== '') ?? '');
  if (slug === '') throw notFound('Document');
  const getProduct = () => getDocumentedProduct(ctx, String(req.params['product']));
  if (wantsMarkdown(req, res))
    return sendMarkdown(req, res, ctx, '', async () => {
      const { product } = await getProduct();
      const document = await findVisibleDocument(ctx, ctx.portal, ctx.visitor, product, slug);
      if (!document) throw notFound('Document');
      return documentMarkdown(product.slug, document);
    });
  return sendPage(req, res, ctx, '', async () => documentPage(ctx, await getProduct(), slug));
};

const documentPage = async (ctx: PortalContext, of: DocumentedProduct, idOrSlug: string): Promise<Page> => {
  const { product } = of;
  const document = await findVisibleDocument(ctx, ctx.portal, ctx.visitor, product, idOrSlug);
  if (!document) throw notFound('Document');
  const rendered = await ctx.rendered(document, paths.product(product.slug));
  const isIntroduction = document.id === introductionOf(of)?.id;
  const steps = pathTo(of.branches, document.id).map((step: VisibleDocument) =>
    step.id === document.id ? { label: step.title } : { label: step.title, href: documentHref(of, step) },
  );
  const head = {
    title: isIntroduction ? product.name : `${document.title} · ${product.name}`,
    description: isIntroduction
      ? (product.description ?? document.title)
      : `${document.title}: ${product.description ?? product.name}`,
    path: documentHref(of, document),
    breadcrumbs: isIntroduction ? trail(product) : trail(product, ...steps),
    subject: isIntroduction ? ({ kind: 'api', shown: of } as const) : ({ kind: 'document', product, document } as const),
  };
  return renderPage(ctx, 'portal/documents/document.njk', head, {
    ...documentModel(of, document, rendered, await findDiagrams(ctx, rendered.diagrams)),
    about: isIntroduction ? await aboutOf(ctx, of) : false,
    side: sideOf(of, document),
  });
};

const aboutOf = async (ctx: PortalContext, of: DocumentedProduct) => {
  const editions = await listVisibleEditions(ctx, ctx.portal, of.versions.slice(0, 1));
  return aboutModel(of, editions, await mayRegister(ctx, of.product.id));
};

const overviewPage = async (ctx: PortalContext, of: DocumentedProduct): Promise<Page> => {
  const { product } = of;
  const head = {
    title: product.name,
    description: product.description ?? product.name,
    path: paths.product(product.slug),
    breadcrumbs: trail(product),
    subject: { kind: 'api', shown: of } as const,
  };
  const editions = await listVisibleEditions(ctx, ctx.portal, of.versions);
  const model = overviewModel(of, editions, await mayRegister(ctx, product.id));
  return renderPage(ctx, 'portal/documents/product.njk', head, { name: product.name, ...model, side: sideOf(of) });
};

/** In a public portal an hour may pass until a picture is gone with its product; in others every reader is looked at. */
const cacheControlOf = ({ portal }: PortalContext): string => (portal.isPublic ? 'public, max-age=3600' : 'private, no-cache');

const showImage = async (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const product = await findVisibleProduct(ctx, ctx.portal, ctx.visitor, String(req.params['product']));
  if (!product) throw notFound('Image');
  const image = await getVisibleImage(ctx, ctx.portal, ctx.visitor, product, String(req.params['hash']));
  if (!req.path.endsWith(`.${image.type}`)) throw notFound('Image');
  sendInertImage(res, image, cacheControlOf(ctx));
};

/** A drawing, for whoever may read a document that holds it. It is shown as an image, and opened by itself nothing of it runs. */
const showDiagram = async (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const hash = String(req.params['diagram']);
  const theme = DIAGRAM_THEMES.find((name) => `${name}.svg` === req.params['theme']);
  const svg =
    theme && (await holdsVisibleDiagram(ctx, ctx.portal, ctx.visitor, hash)) ? await readDrawing(ctx, hash, theme) : undefined;
  if (!svg) throw notFound('Diagram');
  res
    .set({
      'Cache-Control': 'private, no-cache',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'X-Content-Type-Options': 'nosniff',
      'X-Robots-Tag': 'noindex',
    })
    .type('image/svg+xml')
    .send(svg);
};

export const documentRoutes: readonly Route<PortalContext>[] = [
  { method: 'get', path: '/diagrams/:diagram/:theme', access: 'reader', audit: null, handler: showDiagram },
  { method: 'get', path: '/docs/:product', access: 'reader', audit: null, handler: showProduct },
  ...IMAGE_TYPES.map((type) => ({
    ...({ method: 'get', path: `/docs/:product/${IMAGE_FOLDER}/:hash.${type}`, access: 'reader', audit: null } as const),
    handler: showImage,
  })),
  { method: 'get', path: '/docs/:product/*slug', access: 'reader', audit: null, handler: showDocument },
];
