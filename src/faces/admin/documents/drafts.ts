import type { Request, Response } from 'express';
import { z } from 'zod';
import { asId, type DraftId } from '../../../domain/ids.ts';
import {
  CONTENT_LENGTH,
  type DocumentAddress,
  type DraftAddress,
  deleteDraft,
  keepDraft,
} from '../../../domain/products/index.ts';
import { handleForm } from '../../../http/forms.ts';
import type { AdminContext } from '../context.ts';
import { productOf } from '../products/frame.ts';
import { documentPaths } from '../products/paths.ts';
import { redirectWith } from '../respond.ts';
import { documentOf } from './document.ts';
import { othersText } from './editor-page.ts';
import { editionNumber } from './forms.ts';

const draftForm = z
  .object({
    base: editionNumber,
    title: z.string().default(''),
    content: z.string().default(''),
    slug: z.string().optional(),
    parent: z.string().default(''),
    published: z.string().default(''),
    metadata: z.string().default(''),
  })
  .transform(({ base, title, content, slug, parent, published, metadata }) => ({
    ...{ base, title, content },
    // a page of before they were sent knows nothing of them
    settings: slug === undefined ? undefined : { slug, parent, isPublished: published === 'on', metadata },
  }));

/** Says of a text that is kept, but cannot be saved as it is, how long it is; empty for any other. */
const excessText = ({ length }: string): string =>
  length <= CONTENT_LENGTH
    ? ''
    : `The text is too long to be saved: ${length.toLocaleString('en')} characters, where a document has ${CONTENT_LENGTH.toLocaleString('en')} at most.`;

const keep = (
  req: Request,
  res: Response,
  ctx: AdminContext,
  place: DraftAddress,
  answer: () => Promise<object>,
): Promise<void> =>
  handleForm(req, res, draftForm, {
    act: async (draft) => {
      const { updatedAt } = await keepDraft(ctx, place, draft);
      res.json({ updatedAt, excess: excessText(draft.content), ...(await answer()) });
    },
    again: ({ summary }) => {
      res.json({ message: summary[0]?.text ?? '' });
    },
  });

/** Keeps what was typed so far; answers who else is at it, and whether it was saved by somebody meanwhile. */
export const keepOldDraft = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { address, document } = await documentOf(req, ctx);
  await keep(req, res, ctx, address, async () => ({ edition: document.edition, others: await othersText(ctx, address) }));
};

/** Which draft of a document that is not created yet a form belongs to; undefined for pages of before there was more than one. */
export const draftIdOf = (req: Request): DraftId | undefined =>
  asId<DraftId>(String((req.body as Record<string, unknown> | undefined)?.['draft'] ?? ''));

/** The same for a document that is not created yet; answers where one goes on with it. */
export const keepNewDraft = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { id: productId } = await productOf(req, ctx);
  const draftId = draftIdOf(req);
  const here = draftId && documentPaths.create(ctx.region, productId, { draft: draftId });
  await keep(req, res, ctx, { productId, draftId }, async () => ({ edition: 0, others: '', here }));
};

const DISCARDED = 'What was not saved is discarded.';

export const discardOldDraft = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { address } = await documentOf(req, ctx);
  await deleteDraft(ctx, address satisfies DocumentAddress);
  redirectWith(req, res, ctx, documentPaths.document(ctx.region, address), DISCARDED);
};

export const discardNewDraft = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { id: productId } = await productOf(req, ctx);
  await deleteDraft(ctx, { productId, draftId: draftIdOf(req) });
  redirectWith(req, res, ctx, documentPaths.create(ctx.region, productId), DISCARDED);
};
