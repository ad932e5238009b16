import { fromBit, fromJson } from '../../../database/codec.ts';
import type { Context } from '../../context.ts';
import type { Listed, Page } from '../../listing.ts';
import { batches, inBatches } from './batches.ts';
import { decompress, nameKey, type PreparedIndex, storableJson } from './content.ts';
import { addRendering, dropUnusedFragments, stateOf } from './rendering-store.ts';
import type { IndexedOperation, SpecificationContent } from './specification.ts';

/** Whether a document is stored. */
export const isStored = async (ctx: Context, contentHash: string): Promise<boolean> => {
  const row = await ctx.db
    .selectFrom('specification_contents')
    .select('content_hash')
    .where('content_hash', '=', contentHash)
    .executeTakeFirst();
  return row !== undefined;
};

/** Holds a stored document until the transaction ends, so that nobody deletes it meanwhile; answers whether it is there. */
export const holdContent = async (ctx: Context, contentHash: string): Promise<boolean> => {
  const row = await ctx.db
    .selectFrom('specification_contents')
    .select('content_hash')
    .where('content_hash', '=', contentHash)
    .$if(ctx.engine === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  return row !== undefined;
};

/** Stores a document, which is to be rendered then, unless somebody else has done so. */
export const storeContent = async (ctx: Context, contentHash: string, bytes: Buffer, index: PreparedIndex): Promise<void> => {
  for (;;) {
    const inserted = await ctx.db
      .insertInto('specification_contents')
      .values({ ...index.content, content_hash: contentHash, bytes })
      .onConflict((clash) => clash.column('content_hash').doNothing())
      .returning('content_hash')
      .executeTakeFirst();
    if (inserted) {
      await insertIndex(ctx, contentHash, index);
      return addRendering(ctx, contentHash);
    }
    if (await holdContent(ctx, contentHash)) return;
  }
};

/** Puts what is known of a stored document now in place of what was known. */
export const replaceIndex = async (ctx: Context, contentHash: string, index: PreparedIndex): Promise<void> => {
  await ctx.db.updateTable('specification_contents').set(index.content).where('content_hash', '=', contentHash).execute();
  await ctx.db.deleteFrom('specification_operations').where('content_hash', '=', contentHash).execute();
  await ctx.db.deleteFrom('specification_operation_groups').where('content_hash', '=', contentHash).execute();
  await insertIndex(ctx, contentHash, index);
};

const insertIndex = async (ctx: Context, contentHash: string, { operations, groups }: PreparedIndex): Promise<void> => {
  const hashed = <Row extends object>(row: Row) => ({ ...row, content_hash: contentHash });
  await inBatches(operations, (batch) => ctx.db.insertInto('specification_operations').values(batch.map(hashed)).execute());
  await inBatches(groups, (batch) => ctx.db.insertInto('specification_operation_groups').values(batch.map(hashed)).execute());
};

/** Replaces the findings of a stored document. */
export const storeFindings = async (
  ctx: Context,
  contentHash: string,
  findings: SpecificationContent['findings'],
): Promise<void> => {
  await ctx.db
    .updateTable('specification_contents')
    .set({ findings: storableJson(findings) })
    .where('content_hash', '=', contentHash)
    .execute();
};

/**
 * Gives up what nobody needs of documents: those that are neither a specification nor were one go, of those that were one the HTML does.
 */
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
      .where(({ not, or, exists, selectFrom }) =>
        not(
          or([
            exists(
              selectFrom('specifications')
                .select('id')
                .whereRef('specifications.content_hash', '=', 'specification_contents.content_hash'),
            ),
            exists(
              selectFrom('specification_editions')
                .select('number')
                .whereRef('specification_editions.content_hash', '=', 'specification_contents.content_hash'),
            ),
          ]),
        ),
      )
      .execute();
    await dropUnusedFragments(ctx, batch);
  }
};

/** What is known of a document, or undefined when it is not stored. */
export const findSpecificationContent = async (ctx: Context, contentHash: string): Promise<SpecificationContent | undefined> => {
  const row = await ctx.db
    .selectFrom('specification_contents as content')
    .innerJoin('specification_renderings as rendering', 'rendering.content_hash', 'content.content_hash')
    .select(['format', 'title', 'api_version', 'spec_version', 'summary', 'operation_count', 'groups', 'findings'])
    .select(['rendering.renderer_version', 'rendering.refused_by'])
    .where('content.content_hash', '=', contentHash)
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
      rendering: stateOf(row),
    }
  );
};

/** The upload, packed as it is stored, or undefined when it is not. */
export const readPackedBytes = async (ctx: Context, contentHash: string): Promise<Buffer | undefined> => {
  const row = await ctx.db
    .selectFrom('specification_contents')
    .select('bytes')
    .where('content_hash', '=', contentHash)
    .executeTakeFirst();
  return row?.bytes;
};

/** The upload, byte for byte, or undefined when it is not stored. */
export const readSpecificationBytes = async (ctx: Context, contentHash: string): Promise<Buffer | undefined> => {
  const packed = await readPackedBytes(ctx, contentHash);
  return packed && decompress(packed);
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
