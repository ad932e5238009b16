import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { type SqlBool, sql } from 'kysely';
import { toBit } from '../../database/codec.ts';
import { type Context, inTransaction } from '../context.ts';
import { type EntryKind, idsOf, type NewEntry, type SourceAddress } from './entry.ts';
import { markedWords, nameKeyOf } from './marked-words.ts';
import { textIndexOf } from './text-index.ts';
import { learnWords } from './vocabulary.ts';

/** Entries, and characters of theirs, that are written at a time: a few milliseconds of work. */
const BATCH_ENTRIES = 50;
const BATCH_LENGTH = 24_000;

/** A source as it is stored: its state tells what its entries were made of. */
export const findSource = ({ db }: Context, { kind, subjectId }: Pick<SourceAddress, 'kind' | 'subjectId'>) =>
  db
    .selectFrom('search_sources')
    .select(['id', 'state', 'content_hash as contentHash'])
    .where('kind', '=', kind)
    .where('subject_id', '=', subjectId)
    .executeTakeFirst();

/** The number by which the index knows a product; given when it is first asked for. */
export const numberOfProduct = async (ctx: Context, productId: string): Promise<number> => {
  const find = () => ctx.db.selectFrom('search_products').select('number').where('product_id', '=', productId).executeTakeFirst();
  const known = await find();
  if (known) return known.number;
  return inTransaction(ctx, async ({ db }) => {
    const { last } = await db
      .selectFrom('search_products')
      .select(({ fn }) => fn.max('number').as('last'))
      .executeTakeFirstOrThrow();
    const number = (last ?? 0) + 1;
    await db.insertInto('search_products').values({ product_id: productId, number }).execute();
    return number;
  });
};

const digestOf = (entry: NewEntry): string => createHash('sha256').update(JSON.stringify(entry)).digest('base64').slice(0, 22);

/**
 * Puts entries in place of those that a source has. What stays as it is is not touched. It is done a little at a time; meanwhile nothing
 * of the source is found that could be of another content.
 * @param isForced whether what seems to be there already is written all the same
 */
export const replaceEntries = async (
  ctx: Context,
  source: SourceAddress,
  { contentHash, state }: { readonly contentHash: string | null; readonly state: string },
  entries: readonly NewEntry[],
  isForced: boolean,
): Promise<void> => {
  const sourceId = await beginSource(ctx, source, contentHash);
  const productNumber = await numberOfProduct(ctx, source.productId);
  const before = await ctx.db
    .selectFrom('search_entries')
    .select(['id', 'key', 'digest'])
    .where('source_id', '=', sourceId)
    .execute();
  const stored = new Map(before.map((row) => [row.key, row]));
  const kept = new Set(entries.map(({ key }) => key));
  await removeEntries(
    ctx,
    before.filter(({ key }) => !kept.has(key)).map(({ id }) => id),
  );
  for (const batch of batchesOf(entries)) {
    const changed = batch
      .map((entry) => ({ entry, digest: digestOf(entry), known: stored.get(entry.key) }))
      .filter(({ digest, known }) => isForced || digest !== known?.digest);
    if (changed.length > 0) await writeBatch(ctx, sourceId, productNumber, changed);
    await setImmediate();
  }
  await ctx.db.updateTable('search_sources').set({ state, content_hash: contentHash }).where('id', '=', sourceId).execute();
};

/** The id of a source, which is of no content while its entries are being written, unless they are of the same as before. */
const beginSource = async (
  ctx: Context,
  { kind, subjectId, productId }: SourceAddress,
  contentHash: string | null,
): Promise<number> => {
  const found = await findSource(ctx, { kind, subjectId });
  if (found) {
    const same = found.contentHash === contentHash;
    await ctx.db
      .updateTable('search_sources')
      .set(same ? { state: '' } : { state: '', content_hash: null })
      .where('id', '=', found.id)
      .execute();
    return found.id;
  }
  const { id } = await ctx.db
    .insertInto('search_sources')
    .values({ kind, subject_id: subjectId, product_id: productId, content_hash: null, state: '' })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};

interface Changed {
  readonly entry: NewEntry;
  readonly digest: string;
  /** as it is stored, if it is */
  readonly known: { readonly id: number } | undefined;
}

const batchesOf = function* (entries: readonly NewEntry[]): Generator<NewEntry[]> {
  let batch: NewEntry[] = [];
  let length = 0;
  for (const entry of entries) {
    batch.push(entry);
    length += entry.body.length;
    if (batch.length < BATCH_ENTRIES && length < BATCH_LENGTH) continue;
    yield batch;
    batch = [];
    length = 0;
  }
  if (batch.length > 0) yield batch;
};

const writeBatch = async (ctx: Context, sourceId: number, productNumber: number, changed: readonly Changed[]): Promise<void> => {
  const worded = changed.map((change) => ({ ...change, words: markedWords(change.entry, productNumber) }));
  await inTransaction(ctx, async (ctx) => {
    const kinds = new Set(worded.filter(({ known }) => known === undefined).map(({ entry }) => entry.kind));
    const idOf = await newIds(ctx, productNumber, kinds);
    const rows = worded.map(({ entry, digest, known, words }) => {
      const { key, title, label, target, body } = entry;
      const { deprecated } = entry;
      const id = known?.id ?? idOf(entry.kind);
      const row = { id, source_id: sourceId, key, digest, title, label, target, body, name_key: nameKeyOf(words) };
      return { row: { ...row, deprecated: toBit(deprecated) }, indexed: { id, sourceId, deprecated, words } };
    });
    await ctx.db
      .insertInto('search_entries')
      .values(rows.map(({ row }) => row))
      .onConflict((clash) =>
        clash.column('id').doUpdateSet((eb) => ({
          digest: eb.ref('excluded.digest'),
          title: eb.ref('excluded.title'),
          label: eb.ref('excluded.label'),
          target: eb.ref('excluded.target'),
          body: eb.ref('excluded.body'),
          name_key: eb.ref('excluded.name_key'),
          deprecated: eb.ref('excluded.deprecated'),
        })),
      )
      .execute();
    await textIndexOf(ctx.engine).write(
      ctx.db,
      rows.map(({ indexed }) => indexed),
    );
    await learnWords(
      ctx,
      worded.map(({ words }) => words),
    );
  });
};

/** Gives out ids for new entries of a product, after those that there are. */
const newIds = async (
  { db }: Context,
  productNumber: number,
  kinds: Iterable<EntryKind>,
): Promise<(kind: EntryKind) => number> => {
  const next = new Map<EntryKind, number>();
  for (const kind of kinds) {
    const { first, last } = idsOf(kind, productNumber);
    const { highest } = await db
      .selectFrom('search_entries')
      .select(({ fn }) => fn.max('id').as('highest'))
      .where(sql<SqlBool>`id between ${sql.lit(first)} and ${sql.lit(last)}`)
      .executeTakeFirstOrThrow();
    next.set(kind, highest === null ? first : highest + 1);
  }
  return (kind) => {
    const id = next.get(kind) ?? 0;
    next.set(kind, id + 1);
    return id;
  };
};

/** Takes entries out, a few at a time. */
const removeEntries = async (ctx: Context, ids: readonly number[]): Promise<void> => {
  for (let start = 0; start < ids.length; start += BATCH_ENTRIES) {
    const batch = ids.slice(start, start + BATCH_ENTRIES);
    await inTransaction(ctx, async ({ db, engine }) => {
      await db.deleteFrom('search_entries').where('id', 'in', batch).execute();
      await textIndexOf(engine).remove(db, batch);
    });
    await setImmediate();
  }
};

/** Takes a source out with all its entries. */
export const removeSource = async (ctx: Context, address: Pick<SourceAddress, 'kind' | 'subjectId'>): Promise<void> => {
  const source = await findSource(ctx, address);
  if (!source) return;
  const rows = await ctx.db.selectFrom('search_entries').select('id').where('source_id', '=', source.id).execute();
  await removeEntries(
    ctx,
    rows.map(({ id }) => id),
  );
  await ctx.db.deleteFrom('search_sources').where('id', '=', source.id).execute();
};
