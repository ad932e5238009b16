import { isDeepStrictEqual } from 'node:util';
import { mergeLines } from '../../../lib/merge-lines.ts';
import { type Context, inTransaction } from '../../context.ts';
import { notFound } from '../../errors.ts';
import { demandProduct, lockProduct } from '../scope/index.ts';
import type { Document, DocumentAddress, NewDocument } from './document.ts';
import { getDocument, updateDocument } from './documents.ts';
import { deleteDraft } from './drafts.ts';
import { EDITION_FIELDS, type Edition, type EditionField, type EditionSummary } from './edition.ts';
import { findEdition, selectEditions } from './editions-store.ts';

/** A document as somebody wants it, and the edition that they began from. */
export interface DocumentSaving extends NewDocument {
  readonly base: number;
}

/** What came of saving a document. */
export type SavedDocument =
  | {
      readonly kind: 'saved';
      readonly document: Document;
      /** whether somebody else had changed it meanwhile, in other fields or other places of the text: both changes are in it now */
      readonly isMerged: boolean;
    }
  | {
      /** Somebody else has changed meanwhile what was to be changed: nothing is saved. */
      readonly kind: 'conflict';
      readonly theirs: Document;
      readonly latest: EditionSummary;
      readonly fields: readonly EditionField[];
    };

/**
 * Saves a document that somebody has edited. Where another edition came between, whatever only one of the two has changed is taken from
 * them, also of the text; where both have changed the same, nothing is saved and the answer says what they disagree about. The actor's draft of the
 * document goes once it is saved.
 * @throws as {@link updateDocument}
 */
export const saveDocument = (ctx: Context, address: DocumentAddress, { base, ...mine }: DocumentSaving): Promise<SavedDocument> =>
  inTransaction(ctx, async (ctx) => {
    demandProduct(ctx, 'edit', address.productId);
    await lockProduct(ctx, address.productId);
    const theirs = await getDocument(ctx, address);
    const begun = await findEdition(ctx, theirs.id, base);
    const sent = { content: '', metadata: {}, ...mine };
    const fields = EDITION_FIELDS.filter((field) => disagree(field, { begun, theirs, mine: sent }));
    const isMerged = base !== theirs.edition;
    const isText = fields.length === 1 && fields[0] === 'content';
    const content = isMerged && isText && begun ? mergeLines(begun.content, theirs.content, sent.content ?? '') : undefined;
    if (isMerged && fields.length > 0 && content === undefined) {
      const latest = await getEdition(ctx, address, theirs.edition);
      return { kind: 'conflict', theirs, latest, fields };
    }
    const wanted = { ...sent, content: content ?? sent.content };
    const mineOnly = EDITION_FIELDS.filter((field) => !isMerged || !isDeepStrictEqual(wanted[field], begun?.[field]));
    const changes = Object.fromEntries(mineOnly.map((field) => [field, wanted[field]]));
    // a parent that was not chosen anew is left alone: the document may have been moved meanwhile
    const isMoved = mine.parentId !== undefined && mine.parentId !== (begun ?? theirs).parentId;
    const document = await updateDocument(ctx, address, { ...changes, ...(isMoved ? { parentId: mine.parentId } : {}) });
    await deleteDraft(ctx, address);
    return { kind: 'saved', document, isMerged };
  });

type Fields = Readonly<Record<EditionField, unknown>>;

interface Sides {
  /** what both began from, as far as it is still kept */
  readonly begun: Fields | undefined;
  readonly theirs: Fields;
  readonly mine: Fields;
}

const disagree = (field: EditionField, { begun, theirs, mine }: Sides): boolean =>
  !isDeepStrictEqual(mine[field], theirs[field]) &&
  (begun === undefined || (!isDeepStrictEqual(mine[field], begun[field]) && !isDeepStrictEqual(theirs[field], begun[field])));

/**
 * The editions of a document that are kept, the newest first.
 * @throws not-found
 */
export const listEditions = async (ctx: Context, address: DocumentAddress): Promise<EditionSummary[]> => {
  const { id } = await getDocument(ctx, address);
  return selectEditions(ctx, id);
};

/** @throws not-found, also for an edition that is no longer kept */
export const getEdition = async (ctx: Context, address: DocumentAddress, number: number): Promise<Edition> => {
  const { id } = await getDocument(ctx, address);
  const edition = await findEdition(ctx, id, number);
  if (!edition) throw notFound('Edition');
  return edition;
};

/** The edition before another one; undefined for the first that is kept. @throws not-found without the document */
export const findEditionBefore = async (ctx: Context, address: DocumentAddress, number: number): Promise<Edition | undefined> => {
  const { id } = await getDocument(ctx, address);
  return findEdition(ctx, id, number - 1);
};

/**
 * Gives a document the title and the text of an earlier edition; its slug, status and metadata stay.
 * @throws not-found; forbidden
 */
export const restoreEdition = (ctx: Context, address: DocumentAddress, number: number): Promise<Document> =>
  inTransaction(ctx, async (ctx) => {
    demandProduct(ctx, 'edit', address.productId);
    const { title, content } = await getEdition(ctx, address, number);
    return updateDocument(ctx, address, { title, content });
  });
