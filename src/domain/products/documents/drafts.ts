import type { ExpressionBuilder } from 'kysely';
import { fromJson, toInstant, toJson } from '../../../database/codec.ts';
import { isForeignKeyViolation } from '../../../database/errors.ts';
import type { Schema } from '../../../database/schema.ts';
import { type Context, inTransaction } from '../../context.ts';
import { invalid, notFound } from '../../errors.ts';
import type { AdministratorId, DocumentId, DraftId, ProductId } from '../../ids.ts';
import { demandProduct } from '../scope/index.ts';
import type { DocumentAddress } from './document.ts';
import { CONTENT_LENGTH } from './document-rules.ts';
import type { OtherEditor } from './edition.ts';

/**
 * Where a draft belongs: to a document, or to one of a product that is not created yet. As many of these as somebody begins have a draft of
 * their own; a draft without an id is the one that there was room for before.
 */
export interface DraftAddress {
  readonly productId: ProductId;
  readonly documentId?: DocumentId | undefined;
  readonly draftId?: DraftId | undefined;
}

/** A draft of a document that is not created yet, as it is told from others. */
export interface DraftSummary {
  readonly id: DraftId;
  readonly title: string;
  /** of the text */
  readonly beginning: string;
  readonly updatedAt: string;
}

/** What was chosen beside the text, as it was typed: nothing has to be right yet. */
export interface DraftSettings {
  readonly slug: string;
  /** empty at the top level */
  readonly parent: string;
  readonly isPublished: boolean;
  readonly metadata: string;
}

/** What an administrator has typed and not saved yet. */
export interface Draft {
  /** the edition that it began from; 0 for a document that is not created yet */
  readonly base: number;
  readonly title: string;
  readonly content: string;
  /** undefined where only the text is known */
  readonly settings?: DraftSettings | undefined;
  readonly updatedAt: string;
}

const TITLE_LENGTH = 1_000;
/** What is too long for a document is kept all the same, within reason: its writer has yet to shorten it. */
const DRAFT_LENGTH = 3 * CONTENT_LENGTH;
/** Of all settings together, as JSON. */
const SETTINGS_LENGTH = 100_000;

/** How much of a text tells it from others, in characters; and how many drafts are told of at once. */
const BEGINNING = 80;
const MAX_LISTED = 100;

/** For how long whoever wrote last counts as still writing. */
const WRITING_MS = 120_000;

/** Whose drafts these are: a person's. Programs save what they have. */
const writerOf = ({ actor }: Context): string | undefined => (actor.kind === 'administrator' ? actor.id : undefined);

const placeOf = ({ productId, documentId, draftId }: DraftAddress): string => documentId ?? draftId ?? productId;

/** Finds the draft of a writer at a place. No draft of a document is found by the id of one that is not created. */
const at = (eb: ExpressionBuilder<Schema, 'document_drafts'>, administratorId: string, address: DraftAddress) =>
  eb.and([
    eb('document_drafts.administrator_id', '=', administratorId),
    eb('document_drafts.place', '=', placeOf(address)),
    eb('document_drafts.product_id', '=', address.productId),
    eb('document_drafts.document_id', address.documentId === undefined ? 'is' : '=', address.documentId ?? null),
  ]);

/** @throws invalid with all that is too long to be kept */
const checkLengths = (fields: readonly { field: string; what: string; text: string; maximum: number }[]): void => {
  const [first, ...rest] = fields
    .filter(({ text, maximum }) => text.length > maximum)
    .map(({ field, what, text, maximum }) => ({
      ...{ field, rule: 'max_length' as const, maximum },
      reason: `${what} too long to be kept: ${text.length.toLocaleString('en')} characters, where a draft has ${maximum.toLocaleString('en')} at most`,
    }));
  if (first) throw invalid(first, ...rest);
};

/**
 * Keeps what the actor has typed so far, for them alone. Their own notes are no change of the product: nothing is recorded.
 * @throws not-found; forbidden; invalid for what is much longer than any document may be
 */
export const keepDraft = async (ctx: Context, address: DraftAddress, draft: Omit<Draft, 'updatedAt'>): Promise<Draft> => {
  demandProduct(ctx, 'edit', address.productId);
  const { base, title, content } = draft;
  const settings = draft.settings ? toJson(draft.settings) : null;
  checkLengths([
    { field: 'content', what: 'the text is', text: content, maximum: DRAFT_LENGTH },
    { field: 'title', what: 'the title is', text: title, maximum: TITLE_LENGTH },
    { field: 'metadata', what: 'the settings are', text: settings ?? '', maximum: SETTINGS_LENGTH },
  ]);
  const updatedAt = toInstant(ctx.now());
  const administratorId = writerOf(ctx);
  if (administratorId === undefined) return { ...draft, updatedAt };
  await inTransaction(ctx, async (ctx) => {
    await requireDocument(ctx, address);
    const { numInsertedOrUpdatedRows } = await ctx.db
      .insertInto('document_drafts')
      .values({
        administrator_id: administratorId,
        place: placeOf(address),
        product_id: address.productId,
        document_id: address.documentId ?? null,
        ...{ base, title, content, settings, updated_at: updatedAt },
      })
      .onConflict((conflict) =>
        conflict
          .columns(['administrator_id', 'place'])
          .doUpdateSet({ base, title, content, settings, updated_at: updatedAt })
          .where((eb) => at(eb, administratorId, address)),
      )
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 0n) throw notFound('Draft'); // the place is another's
  }).catch((error: unknown) => {
    throw isForeignKeyViolation(error) ? notFound('API product') : error;
  });
  return { ...draft, updatedAt };
};

/** A document is looked for in its own product. @throws not-found */
const requireDocument = async ({ db }: Context, { productId, documentId }: DraftAddress): Promise<void> => {
  if (documentId === undefined) return;
  const row = await db
    .selectFrom('documents')
    .select('id')
    .where('id', '=', documentId)
    .where('product_id', '=', productId)
    .executeTakeFirst();
  if (!row) throw notFound('API product document');
};

/** What the actor has typed here and not saved. @throws not-found; forbidden */
export const findDraft = async (ctx: Context, address: DraftAddress): Promise<Draft | undefined> => {
  demandProduct(ctx, 'edit', address.productId);
  const administratorId = writerOf(ctx);
  if (administratorId === undefined) return undefined;
  const row = await ctx.db
    .selectFrom('document_drafts')
    .select(['base', 'title', 'content', 'settings', 'updated_at'])
    .where((eb) => at(eb, administratorId, address))
    .executeTakeFirst();
  if (!row) return undefined;
  const settings = row.settings === null ? undefined : fromJson<DraftSettings>(row.settings);
  return { base: row.base, title: row.title, content: row.content, settings, updatedAt: row.updated_at };
};

/** The drafts that the actor has of documents which are not created yet, newest first: those in which anything was written. @throws not-found; forbidden */
export const listNewDrafts = async (ctx: Context, productId: ProductId): Promise<DraftSummary[]> => {
  demandProduct(ctx, 'edit', productId);
  const administratorId = writerOf(ctx);
  if (administratorId === undefined) return [];
  const rows = await ctx.db
    .selectFrom('document_drafts')
    .select((eb) => [
      'place',
      'title',
      'settings',
      'updated_at',
      eb.fn<string>('substr', ['content', eb.lit(1), eb.lit(BEGINNING)]).as('beginning'),
    ])
    .where('administrator_id', '=', administratorId)
    .where('product_id', '=', productId)
    .where('document_id', 'is', null)
    .orderBy('updated_at', 'desc')
    .orderBy('place', 'desc')
    .limit(MAX_LISTED)
    .execute();
  return rows
    .filter(({ title, beginning, settings }) => {
      const { slug = '', metadata = '' } = settings === null ? {} : fromJson<Partial<DraftSettings>>(settings);
      return [title, beginning, slug, metadata].some((text) => text.trim() !== '');
    })
    .map(({ place, title, beginning, updated_at: updatedAt }) => ({ id: place as DraftId, title, beginning, updatedAt }));
};

/** Drops what the actor has typed here. @throws not-found; forbidden */
export const deleteDraft = async (ctx: Context, address: DraftAddress): Promise<void> => {
  demandProduct(ctx, 'edit', address.productId);
  const administratorId = writerOf(ctx);
  if (administratorId === undefined) return;
  await ctx.db
    .deleteFrom('document_drafts')
    .where((eb) => at(eb, administratorId, address))
    .execute();
};

/** Who else is writing at a document just now, as far as it was kept. @throws not-found; forbidden */
export const listOtherEditors = async (ctx: Context, { productId, documentId }: DocumentAddress): Promise<OtherEditor[]> => {
  demandProduct(ctx, 'edit', productId);
  const rows = await ctx.db
    .selectFrom('document_drafts')
    .select(['administrator_id', 'updated_at'])
    .where('document_id', '=', documentId)
    .where('product_id', '=', productId)
    .where('updated_at', '>', toInstant(new Date(ctx.now().getTime() - WRITING_MS)))
    .orderBy('updated_at', 'desc')
    .orderBy('administrator_id')
    .execute();
  return rows
    .filter((row) => row.administrator_id !== writerOf(ctx))
    .map((row) => ({ id: row.administrator_id as AdministratorId, updatedAt: row.updated_at }));
};

/** Drops drafts that nobody has touched for long. Answers how many there were. */
export const forgetDrafts = async (ctx: Context, days: number): Promise<number> => {
  const before = toInstant(new Date(ctx.now().getTime() - days * 86_400_000));
  const { numDeletedRows } = await ctx.db.deleteFrom('document_drafts').where('updated_at', '<', before).executeTakeFirst();
  return Number(numDeletedRows);
};
