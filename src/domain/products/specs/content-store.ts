import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { fromBit, fromJson } from '../../../database/codec.ts';
import { REFERENCE_RENDERER_VERSION } from '../../../rendering/openapi/types.ts';
import type { Context } from '../../context.ts';
import type { Listed, Page } from '../../listing.ts';
import { nameKey, type PreparedContent, storableJson } from './content.ts';
import type { Fragment, FragmentKind, IndexedOperation, SpecificationContent } from './specification.ts';

const decompress = promisify(gunzip);

/** Rows, and bytes of HTML, that one statement inserts: a few milliseconds of work, far below the parameters that both engines take. */
const BATCH_ROWS = 100;
const BATCH_BYTES = 256 * 1024;

/** Whether a document is stored, and by this version of the renderer. */
export const isCurrent = async (ctx: Context, contentHash: string): Promise<boolean> =>
  (await rendererVersion(ctx, contentHash)) === REFERENCE_RENDERER_VERSION;

const rendererVersion = async (ctx: Context, contentHash: string): Promise<number | undefined> => {
  const row = await ctx.db
    .selectFrom('specification_contents')
    .select('renderer_version')
    .where('content_hash', '=', contentHash)
    .executeTakeFirst();
  return row?.renderer_version;
};

/** Holds a stored document until the transaction ends, so that nobody deletes it meanwhile; answers how it stands, if it is there. */
export const holdContent = async (ctx: Context, contentHash: string): Promise<'current' | 'stale' | undefined> => {
  const row = await ctx.db
    .selectFrom('specification_contents')
    .select('renderer_version')
    .where('content_hash', '=', contentHash)
    .$if(ctx.engine === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  return row && (row.renderer_version === REFERENCE_RENDERER_VERSION ? 'current' : 'stale');
};

/** Stores a document, or in place of what an older renderer made of it what the present one made. */
export const storeContent = async (ctx: Context, prepared: PreparedContent): Promise<void> => {
  const { contentHash, content } = prepared;
  for (;;) {
    const inserted = await ctx.db
      .insertInto('specification_contents')
      .values({ ...content, content_hash: contentHash })
      .onConflict((clash) => clash.column('content_hash').doNothing())
      .returning('content_hash')
      .executeTakeFirst();
    if (inserted) return insertDerived(ctx, prepared);
    const standing = await holdContent(ctx, contentHash);
    if (standing === 'current') return;
    if (standing === 'stale') {
      const { bytes: _same, ...derived } = content;
      await ctx.db.updateTable('specification_contents').set(derived).where('content_hash', '=', contentHash).execute();
      await clearDerived(ctx, contentHash);
      return insertDerived(ctx, prepared);
    }
  }
};

/** Between batches the event loop turns: whoever does not need the database is served meanwhile. */
const insertDerived = async (ctx: Context, { contentHash, operations, groups, fragments }: PreparedContent): Promise<void> => {
  const hashed = <Row extends object>(row: Row) => ({ ...row, content_hash: contentHash });
  for (const batch of batches(operations)) {
    await ctx.db.insertInto('specification_operations').values(batch.map(hashed)).execute();
    await setImmediate();
  }
  for (const batch of batches(groups)) {
    await ctx.db.insertInto('specification_operation_groups').values(batch.map(hashed)).execute();
    await setImmediate();
  }
  for (const batch of batches(fragments, ({ html }) => html.byteLength)) {
    await ctx.db.insertInto('specification_fragments').values(batch.map(hashed)).execute();
    await setImmediate();
  }
};

const clearDerived = async (ctx: Context, contentHash: string): Promise<void> => {
  await ctx.db.deleteFrom('specification_operations').where('content_hash', '=', contentHash).execute();
  await ctx.db.deleteFrom('specification_operation_groups').where('content_hash', '=', contentHash).execute();
  await ctx.db.deleteFrom('specification_fragments').where('content_hash', '=', contentHash).execute();
};

/** Cuts rows into batches of bounded number and weight. */
const batches = function* <Row>(rows: readonly Row[], weigh: (row: Row) => number = () => 0): Generator<Row[]> {
  let batch: Row[] = [];
  let weight = 0;
  for (const row of rows) {
    if (batch.length === BATCH_ROWS || (batch.length > 0 && weight + weigh(row) > BATCH_BYTES)) {
      yield batch;
      batch = [];
      weight = 0;
    }
    batch.push(row);
    weight += weigh(row);
  }
  if (batch.length > 0) yield batch;
};

/** Marks a document that this renderer refuses as dealt with: it keeps what an earlier one made of it, with the new findings. */
export const keepContent = async (
  ctx: Context,
  contentHash: string,
  findings: SpecificationContent['findings'],
): Promise<void> => {
  await ctx.db
    .updateTable('specification_contents')
    .set({ renderer_version: REFERENCE_RENDERER_VERSION, findings: storableJson(findings) })
    .where('content_hash', '=', contentHash)
    .execute();
};

/** Deletes those of the documents that no specification refers to any more. */
export const deleteUnusedContents = async (ctx: Context, contentHashes: readonly string[]): Promise<void> => {
  for (const batch of batches([...new Set(contentHashes)])) {
    // Whoever is about to refer to one holds it: wait, then look again.
    if (ctx.engine === 'postgres')
      await ctx.db
        .selectFrom('specification_contents')
        .select('content_hash')
        .where('content_hash', 'in', batch)
        .orderBy('content_hash')
        .forUpdate()
        .execute();
    await ctx.db
      .deleteFrom('specification_contents')
      .where('content_hash', 'in', batch)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('specifications')
              .select('id')
              .whereRef('specifications.content_hash', '=', 'specification_contents.content_hash'),
          ),
        ),
      )
      .execute();
  }
};

/** Hashes of the documents that an older renderer stored. */
export const listStaleContents = async (ctx: Context): Promise<string[]> => {
  const rows = await ctx.db
    .selectFrom('specification_contents')
    .select('content_hash')
    .where('renderer_version', '<>', REFERENCE_RENDERER_VERSION)
    .orderBy('content_hash')
    .execute();
  return rows.map((row) => row.content_hash);
};

/** What is known of a document, or undefined when it is not stored. */
export const findSpecificationContent = async (ctx: Context, contentHash: string): Promise<SpecificationContent | undefined> => {
  const row = await ctx.db
    .selectFrom('specification_contents')
    .select(['format', 'title', 'api_version', 'spec_version', 'summary', 'operation_count', 'groups', 'findings'])
    .where('content_hash', '=', contentHash)
    .executeTakeFirst();
  return (
    row && {
      contentHash,
      format: row.format,
      title: row.title,
      apiVersion: row.api_version,
      specVersion: row.spec_version,
      summary: row.summary,
      operationCount: row.operation_count,
      groups: fromJson(row.groups),
      findings: fromJson(row.findings),
    }
  );
};

/** The upload, byte for byte, or undefined when it is not stored. */
export const readSpecificationBytes = async (ctx: Context, contentHash: string): Promise<Buffer | undefined> => {
  const row = await ctx.db
    .selectFrom('specification_contents')
    .select('bytes')
    .where('content_hash', '=', contentHash)
    .executeTakeFirst();
  return row && decompress(row.bytes);
};

/** One page of a document's operations in its order, all of them or those of one group. */
export const listOperations = async (
  ctx: Context,
  contentHash: string,
  { group, page }: { group?: string | undefined; page: Page },
): Promise<Listed<IndexedOperation>> => {
  const matching =
    group === undefined
      ? ctx.db.selectFrom('specification_operations').where('content_hash', '=', contentHash)
      : ctx.db
          .selectFrom('specification_operations')
          .where('content_hash', '=', contentHash)
          .where('address', 'in', ({ selectFrom }) =>
            selectFrom('specification_operation_groups')
              .select('specification_operation_groups.address')
              .where('specification_operation_groups.content_hash', '=', contentHash)
              .where('group_name', '=', nameKey(group)),
          );
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await matching
    .selectAll()
    .orderBy('position')
    .limit(page.size)
    .offset((page.number - 1) * page.size)
    .execute();
  const items = rows.map((row) => ({
    address: row.address,
    kind: row.kind,
    method: row.method,
    path: row.path,
    operationId: row.operation_id ?? undefined,
    summary: row.summary ?? undefined,
    description: row.description ?? undefined,
    tags: fromJson<string[]>(row.tags),
    deprecated: fromBit(row.deprecated),
  }));
  return { items, total, page };
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

/** One piece of a reference, or undefined when the document has no such operation or schema. */
export const findFragment = async (
  ctx: Context,
  contentHash: string,
  kind: FragmentKind,
  key = '',
): Promise<string | undefined> => (await getFragments(ctx, contentHash, kind, [key]))[0]?.html;
