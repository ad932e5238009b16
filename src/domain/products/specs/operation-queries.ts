import { type Selectable, sql } from 'kysely';
import { fromBit } from '../../../database/codec.ts';
import type { SpecificationOperationsTable } from '../../../database/schema.ts';
import { likePattern, storable } from '../../../lib/text.ts';
import type { Context } from '../../context.ts';
import { nameKey } from './content.ts';
import type { IndexedOperation, SpecificationContent } from './specification.ts';

/** An operation as lists show it. */
export type OperationSummary = Pick<IndexedOperation, 'address' | 'kind' | 'method' | 'path' | 'summary' | 'deprecated'>;

/** Where an operation stands: itself, and the names of the groups that it shows under. */
export interface PlacedOperation extends OperationSummary {
  readonly description: string | undefined;
  readonly groups: readonly string[];
}

const SUMMARY = ['address', 'kind', 'method', 'path', 'summary', 'deprecated'] as const;

const summaryOf = (row: Pick<Selectable<SpecificationOperationsTable>, (typeof SUMMARY)[number]>): OperationSummary => ({
  address: row.address,
  kind: row.kind,
  method: row.method,
  path: row.path,
  summary: row.summary ?? undefined,
  deprecated: fromBit(row.deprecated),
});

/** The operations of some groups of a document, by name of the group, each list in the order of the document. */
export const listGroupOperations = async (
  ctx: Context,
  contentHash: string,
  groups: readonly string[],
): Promise<ReadonlyMap<string, readonly OperationSummary[]>> => {
  const byKey = new Map(groups.map((name) => [nameKey(name), { name, operations: [] as OperationSummary[] }]));
  if (byKey.size > 0) {
    const rows = await ctx.db
      .selectFrom('specification_operation_groups as placed')
      .innerJoin('specification_operations as operation', (join) =>
        join.onRef('operation.content_hash', '=', 'placed.content_hash').onRef('operation.address', '=', 'placed.address'),
      )
      .select('placed.group_name')
      .select(SUMMARY.map((column) => `operation.${column}` as const))
      .where('placed.content_hash', '=', contentHash)
      .where('placed.group_name', 'in', [...byKey.keys()])
      .orderBy('placed.position')
      .execute();
    for (const row of rows) byKey.get(row.group_name)?.operations.push(summaryOf(row));
  }
  return new Map([...byKey.values()].map(({ name, operations }) => [name, operations]));
};

/** The operation at an address, and where it stands; undefined when the document has none there. */
export const findOperation = async (
  ctx: Context,
  { contentHash, groups }: Pick<SpecificationContent, 'contentHash' | 'groups'>,
  address: string,
): Promise<PlacedOperation | undefined> => {
  const row = await ctx.db
    .selectFrom('specification_operations')
    .select([...SUMMARY, 'description'])
    .where('content_hash', '=', contentHash)
    .where('address', '=', storable(address))
    .executeTakeFirst();
  if (!row) return undefined;
  const placed = await ctx.db
    .selectFrom('specification_operation_groups')
    .select('group_name')
    .where('content_hash', '=', contentHash)
    .where('address', '=', address)
    .execute();
  const keys = new Set(placed.map(({ group_name }) => group_name));
  return {
    ...summaryOf(row),
    description: row.description ?? undefined,
    groups: groups.map(({ name }) => name).filter((name) => keys.has(nameKey(name))),
  };
};

/** The address of the first operation that has this operationId or this address; undefined without one. */
export const findOperationAddress = async (
  ctx: Context,
  contentHash: string,
  idOrAddress: string,
): Promise<string | undefined> => {
  const wanted = storable(idOrAddress);
  const row = await ctx.db
    .selectFrom('specification_operations')
    .select('address')
    .where('content_hash', '=', contentHash)
    .where((eb) => eb.or([eb('operation_id', '=', wanted), eb('address', '=', wanted)]))
    .orderBy('position')
    .executeTakeFirst();
  return row?.address;
};

/** The addresses of all operations of a document. */
export const listOperationAddresses = async (ctx: Context, contentHash: string): Promise<Set<string>> => {
  const rows = await ctx.db
    .selectFrom('specification_operations')
    .select('address')
    .where('content_hash', '=', contentHash)
    .execute();
  return new Set(rows.map((row) => row.address));
};

/** Operations whose method, path, id and summary together hold every word, in the order of the document; at most `limit` of them. */
export const searchOperations = async (
  ctx: Context,
  contentHash: string,
  text: string,
  limit: number,
): Promise<OperationSummary[]> => {
  const words = storable(text).toLowerCase().split(/\s+/).filter(Boolean);
  const rows = await words
    .reduce(
      (query, word) =>
        query.where(
          sql<boolean>`lower(method || ' ' || path || ' ' || coalesce(operation_id, '') || ' ' || coalesce(summary, ''))
            like ${likePattern(word)} escape '\\'`,
        ),
      ctx.db.selectFrom('specification_operations').select(SUMMARY).where('content_hash', '=', contentHash),
    )
    .orderBy('position')
    .limit(limit)
    .execute();
  return rows.map(summaryOf);
};
