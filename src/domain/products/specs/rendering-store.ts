import type { ExpressionBuilder, Selectable } from 'kysely';
import type { Schema, SpecificationRenderingsTable } from '../../../database/schema.ts';
import { REFERENCE_RENDERER_VERSION } from '../../../rendering/openapi/types.ts';
import type { Context } from '../../context.ts';
import { inBatches } from './batches.ts';
import { decompress, nameKey, type PreparedFragments } from './content.ts';
import type { Fragment, FragmentKind, SpecificationContent } from './specification.ts';

type RenderingRow = Selectable<SpecificationRenderingsTable>;

/** What an older renderer made goes on being shown until there is something newer. */
export const stateOf = (row: Pick<RenderingRow, 'renderer_version' | 'refused_by'>): SpecificationContent['rendering'] => {
  if (row.renderer_version > 0) return 'ready';
  return row.refused_by >= REFERENCE_RENDERER_VERSION ? 'failed' : 'pending';
};

/** Whether a document is the specification of some version, rather than of none any more. */
const isInUse = ({ exists, selectFrom }: ExpressionBuilder<Schema, 'specification_renderings'>) =>
  exists(
    selectFrom('specifications')
      .select('id')
      .whereRef('specifications.content_hash', '=', 'specification_renderings.content_hash'),
  );

/** Neither rendered nor given up by this version of the renderer or a newer one. */
const isDue = (eb: ExpressionBuilder<Schema, 'specification_renderings'>) =>
  eb.and([
    eb('specification_renderings.renderer_version', '<', REFERENCE_RENDERER_VERSION),
    eb('specification_renderings.refused_by', '<', REFERENCE_RENDERER_VERSION),
  ]);

/** Hashes of the documents that are to be rendered: those without HTML first, then those with that of an older renderer. */
export const listDueRenderings = async (ctx: Context): Promise<string[]> => {
  const rows = await ctx.db
    .selectFrom('specification_renderings')
    .select('content_hash')
    .where(isDue)
    .where(isInUse)
    .orderBy('renderer_version')
    .orderBy('content_hash')
    .execute();
  return rows.map((row) => row.content_hash);
};

/** How often the rendering of a document was begun, if it is to be rendered. */
export const findAttempts = async (ctx: Context, contentHash: string): Promise<number | undefined> => {
  const row = await ctx.db
    .selectFrom('specification_renderings')
    .select('attempts')
    .where('content_hash', '=', contentHash)
    .where(isDue)
    .executeTakeFirst();
  return row?.attempts;
};

export const addRendering = async (ctx: Context, contentHash: string): Promise<void> => {
  await ctx.db
    .insertInto('specification_renderings')
    .values({ content_hash: contentHash, renderer_version: 0, refused_by: 0, attempts: 0 })
    .execute();
};

/** Changes how far the rendering of a document is. */
export const storeRendering = async (
  ctx: Context,
  contentHash: string,
  changes: Partial<Omit<RenderingRow, 'content_hash'>>,
): Promise<void> => {
  await ctx.db.updateTable('specification_renderings').set(changes).where('content_hash', '=', contentHash).execute();
};

/** Puts the HTML of a document in place of what there was. */
export const replaceFragments = async (ctx: Context, contentHash: string, fragments: PreparedFragments): Promise<void> => {
  await ctx.db.deleteFrom('specification_fragments').where('content_hash', '=', contentHash).execute();
  await inBatches(
    fragments,
    (batch) =>
      ctx.db
        .insertInto('specification_fragments')
        .values(batch.map((row) => ({ ...row, content_hash: contentHash })))
        .execute(),
    ({ html }) => html.byteLength,
  );
};

/** Deletes the HTML of those of some documents that no version has for a specification; it is made anew if one has again. */
export const dropUnusedFragments = async (ctx: Context, contentHashes: readonly string[]): Promise<void> => {
  const unused = await ctx.db
    .updateTable('specification_renderings')
    .set({ renderer_version: 0, refused_by: 0, attempts: 0 })
    .where('content_hash', 'in', contentHashes)
    .where((eb) => eb.not(isInUse(eb)))
    .returning('content_hash')
    .execute();
  if (unused.length === 0) return;
  const hashes = unused.map((row) => row.content_hash);
  await ctx.db.deleteFrom('specification_fragments').where('content_hash', 'in', hashes).execute();
};

/** Those pieces of a reference that exist, in the order of the keys. */
export const getFragments = async (
  ctx: Context,
  contentHash: string,
  kind: FragmentKind,
  keys: readonly string[],
): Promise<Fragment[]> => {
  if (keys.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('specification_fragments')
    .select(['key', 'html'])
    .where('content_hash', '=', contentHash)
    .where('kind', '=', kind)
    .where('key', 'in', keys.map(nameKey))
    .execute();
  const html = new Map(
    await Promise.all(rows.map(async (row) => [row.key, (await decompress(row.html)).toString('utf8')] as const)),
  );
  return keys.flatMap((key) => {
    const found = html.get(nameKey(key));
    return found === undefined ? [] : [{ key, html: found }];
  });
};

/** How many named schemas a document has. */
export const countSchemas = async (ctx: Context, contentHash: string): Promise<number> => {
  const { count } = await ctx.db
    .selectFrom('specification_fragments')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('content_hash', '=', contentHash)
    .where('kind', '=', 'schema')
    .executeTakeFirstOrThrow();
  return count;
};

/** One piece of a reference, or undefined when the document has no such operation or schema. */
export const findFragment = async (
  ctx: Context,
  contentHash: string,
  kind: FragmentKind,
  key = '',
): Promise<string | undefined> => (await getFragments(ctx, contentHash, kind, [key]))[0]?.html;
