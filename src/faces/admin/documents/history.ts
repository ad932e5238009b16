import type { Request, Response } from 'express';
import { may } from '../../../domain/access/index.ts';
import { notFound } from '../../../domain/errors.ts';
import {
  type EditionSummary,
  findEditionBefore,
  getEdition,
  listEditions,
  restoreEdition,
} from '../../../domain/products/index.ts';
import { pathText } from '../../../http/input.ts';
import { queryChoice } from '../../../http/page-query.ts';
import type { AdminContext } from '../context.ts';
import { documentPaths } from '../products/paths.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { type AuthorText, authorTexts } from './authors.ts';
import { diffModel } from './diff-model.ts';
import { documentOf, documentsTrail, type ShownDocument } from './document.ts';

const trailTo = (ctx: AdminContext, { product, address, document }: ShownDocument) => [
  ...documentsTrail(ctx, product),
  { label: document.title, href: documentPaths.document(ctx.region, address) },
];

const wordsOf = (edition: EditionSummary, before: EditionSummary | undefined): string => {
  if (before === undefined) return edition.number === 1 ? 'written' : 'what was before is no longer kept';
  const words = [
    edition.contentHash === before.contentHash ? [] : 'text',
    edition.title === before.title ? [] : 'title',
    edition.slug === before.slug ? [] : 'slug',
    edition.status === before.status ? [] : edition.status,
  ].flat();
  return words.length === 0 ? 'metadata' : words.join(', ');
};

const rowModel =
  (ctx: AdminContext, { address, document }: ShownDocument, nameOf: AuthorText) =>
  (edition: EditionSummary, index: number, editions: readonly EditionSummary[]) => ({
    number: edition.number,
    href: documentPaths.edition(ctx.region, address, edition.number),
    isCurrent: edition.number === document.edition,
    title: edition.title,
    what: wordsOf(edition, editions[index + 1]),
    who: nameOf(edition.author),
    at: edition.createdAt,
  });

/** The editions of a document, the newest first. */
export const showHistory = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const shown = await documentOf(req, ctx);
  const editions = await listEditions(ctx, shown.address);
  const names = await authorTexts(
    ctx,
    editions.map(({ author }) => author),
  );
  const head = { title: 'History', breadcrumbs: trailTo(ctx, shown) };
  const page = { documentTitle: shown.document.title, editions: editions.map(rowModel(ctx, shown, names)) };
  await sendPage(req, res, ctx, 'admin/documents/history.njk', head, page);
};

/** @throws not-found for what is no number */
const numberOf = (req: Request): number => {
  const text = pathText(req, 'number');
  if (!/^[1-9]\d{0,8}$/.test(text)) throw notFound('Edition');
  return Number(text);
};

/** An edition: what it changed, or how it differs from what the document is now. */
export const showEdition = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const shown = await documentOf(req, ctx);
  const { address, document } = shown;
  const number = numberOf(req);
  const edition = await getEdition(ctx, address, number);
  const view = queryChoice(req, 'compare', ['before', 'now']);
  const isCurrent = number === document.edition;
  const before = view === 'before' ? ((await findEditionBefore(ctx, address, number))?.content ?? '') : edition.content;
  const after = view === 'before' ? edition.content : document.content;
  const nameOf = await authorTexts(ctx, [edition.author]);
  const href = (compare?: 'now'): string => documentPaths.edition(ctx.region, address, number, { compare });
  const breadcrumbs = [...trailTo(ctx, shown), { label: 'History', href: documentPaths.history(ctx.region, address) }];
  await sendPage(
    req,
    res,
    ctx,
    'admin/documents/edition.njk',
    { title: `Edition ${number}`, breadcrumbs },
    {
      tabs: {
        label: 'Compared with',
        items: [
          { label: 'What it changed', href: href(), current: view === 'before' },
          ...(isCurrent ? [] : [{ label: 'Since then', href: href('now'), current: view === 'now' }]),
        ],
      },
      facts: {
        title: edition.title,
        slug: edition.slug,
        status: edition.status,
        who: nameOf(edition.author),
        at: edition.createdAt,
      },
      diff: diffModel(await ctx.deps.compareTexts(before, after)),
      content: edition.content,
      restoreAction:
        !isCurrent && may(ctx.actor, 'product.edit', address.productId) && documentPaths.restore(ctx.region, address, number),
    },
  );
};

export const restore = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { address } = await documentOf(req, ctx);
  const number = numberOf(req);
  await restoreEdition(ctx, address, number);
  const notice = `The title and the text of edition ${number} are back.`;
  redirectWith(req, res, ctx, documentPaths.document(ctx.region, address), notice);
};
