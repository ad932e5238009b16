import type { Context, ContextWithPorts } from '../context.ts';
import { type ClaimedSubject, claimNext, FORCED, markDue, putOff, settle } from './due.ts';
import { findSource, removeSource, replaceEntries } from './entries-store.ts';
import { findDocumentSource, findProductSource, findVersionSources, type Source } from './sources.ts';

/**
 * Brings the entries of one product, version or document up to date, of which that is due. Answers false when nothing is due.
 * @throws the error of what went wrong: it will be tried again
 */
export const indexNext = async (ctx: ContextWithPorts): Promise<boolean> => {
  const subject = await claimNext(ctx);
  if (!subject) return false;
  try {
    await INDEX[subject.kind](ctx, subject);
  } catch (error) {
    await putOff(ctx, subject);
    throw error;
  }
  await settle(ctx, subject);
  return true;
};

/** Writes the entries of a source, unless they are made of the same already. */
const indexSource = async (ctx: ContextWithPorts, source: Source): Promise<void> => {
  const stored = await findSource(ctx, source);
  if (stored?.state === source.state) return;
  await replaceEntries(ctx, source, source, await source.read(ctx), stored?.state === FORCED);
};

const indexProduct = async (ctx: ContextWithPorts, { id }: ClaimedSubject): Promise<void> => {
  const source = await findProductSource(ctx, id);
  if (!source) return forgetProduct(ctx, id);
  await indexSource(ctx, source);
  await forgetStrays(ctx, id);
  for (const [kind, table] of [
    ['version', 'product_versions'],
    ['document', 'documents'],
  ] as const) {
    const rows = await ctx.db.selectFrom(table).select('id').where('product_id', '=', id).execute();
    await markDue(
      ctx,
      kind,
      rows.map((row) => row.id),
    );
  }
};

const indexVersion = async (ctx: ContextWithPorts, { id }: ClaimedSubject): Promise<void> => {
  const sources = await findVersionSources(ctx, id);
  for (const source of sources) await indexSource(ctx, source);
  for (const kind of ['version', 'specification'] as const)
    if (!sources.some((source) => source.kind === kind)) await removeSource(ctx, { kind, subjectId: id });
};

const indexDocument = async (ctx: ContextWithPorts, { id }: ClaimedSubject): Promise<void> => {
  const source = await findDocumentSource(ctx, id);
  if (source) await indexSource(ctx, source);
  else await removeSource(ctx, { kind: 'document', subjectId: id });
};

const INDEX = { product: indexProduct, version: indexVersion, document: indexDocument } as const;

const sourcesOf = ({ db }: Context, productId: string) =>
  db.selectFrom('search_sources').select(['kind', 'subject_id as subjectId']).where('product_id', '=', productId);

/** Takes out what is left of a product that is gone. */
const forgetProduct = async (ctx: Context, id: string): Promise<void> => {
  for (const source of await sourcesOf(ctx, id).execute()) await removeSource(ctx, source);
  await ctx.db.deleteFrom('search_products').where('product_id', '=', id).execute();
};

/** Takes out what is left of versions and documents of a product that are gone. */
const forgetStrays = async (ctx: Context, id: string): Promise<void> => {
  const strays = await sourcesOf(ctx, id)
    .where('kind', '<>', 'product')
    .where('subject_id', 'not in', ctx.db.selectFrom('product_versions').select('id').where('product_id', '=', id))
    .where('subject_id', 'not in', ctx.db.selectFrom('documents').select('id').where('product_id', '=', id))
    .execute();
  for (const source of strays) await removeSource(ctx, source);
};
