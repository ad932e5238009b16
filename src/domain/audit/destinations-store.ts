import { type Selectable, sql } from 'kysely';
import { fromBit, toBit } from '../../database/codec.ts';
import { applyFilters } from '../../database/listing.ts';
import type { AuditDestinationsTable } from '../../database/schema.ts';
import { fold } from '../../lib/text.ts';
import type { Context } from '../context.ts';
import type { AuditDestinationId } from '../ids.ts';
import type { AuditDestination, AuditDestinationList, AuditDestinationQuery } from './destination.ts';

const fromRow = (row: Selectable<AuditDestinationsTable>): AuditDestination => ({
  id: row.id as AuditDestinationId,
  name: row.name,
  endpoint: row.endpoint,
  logFormat: row.log_format,
  skipSslVerification: fromBit(row.skip_ssl_verification),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const mutable = (destination: AuditDestination) => ({
  name: destination.name,
  name_key: fold(destination.name),
  endpoint: destination.endpoint,
  log_format: destination.logFormat,
  skip_ssl_verification: toBit(destination.skipSslVerification),
  updated_at: destination.updatedAt,
});

export const findDestination = async (ctx: Context, id: AuditDestinationId): Promise<AuditDestination | undefined> => {
  const row = await ctx.db.selectFrom('audit_destinations').selectAll().where('id', '=', id).executeTakeFirst();
  return row && fromRow(row);
};

/** @param authorization sealed */
export const insertDestination = async (
  ctx: Context,
  destination: AuditDestination,
  authorization: string | null,
): Promise<void> => {
  await ctx.db
    .insertInto('audit_destinations')
    .values({ ...mutable(destination), id: destination.id, authorization, created_at: destination.createdAt })
    .execute();
};

/** @param authorization sealed; undefined leaves it as it is */
export const storeDestination = async (
  ctx: Context,
  destination: AuditDestination,
  authorization: string | undefined,
): Promise<void> => {
  await ctx.db
    .updateTable('audit_destinations')
    .set({ ...mutable(destination), ...(authorization === undefined ? {} : { authorization }) })
    .where('id', '=', destination.id)
    .execute();
};

export const removeDestination = async (ctx: Context, id: AuditDestinationId): Promise<boolean> => {
  const { numDeletedRows } = await ctx.db.deleteFrom('audit_destinations').where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
};

/** Whether a webhook sends to a destination, whether or not it is enabled. */
export const isUsed = async (ctx: Context, id: AuditDestinationId): Promise<boolean> => {
  const row = await ctx.db.selectFrom('audit_webhooks').select('id').where('destination_id', '=', id).limit(1).executeTakeFirst();
  return row !== undefined;
};

const COLUMNS = { name: { column: sql.ref('audit_destinations.name_key'), type: 'key' } } as const;

export const selectDestinations = async (
  ctx: Context,
  { name, after, before, size }: AuditDestinationQuery,
): Promise<AuditDestinationList> => {
  const backwards = before !== undefined;
  let query = applyFilters(ctx.db.selectFrom('audit_destinations').selectAll(), name ? [{ field: 'name', ...name }] : [], COLUMNS)
    .orderBy('id', backwards ? 'desc' : 'asc')
    .limit(size + 1);
  if (after !== undefined) query = query.where('id', '>', after);
  if (before !== undefined) query = query.where('id', '<', before);
  const rows = await query.execute();
  const isMore = rows.length > size;
  const items = rows.slice(0, size).map(fromRow);
  return backwards
    ? { items: items.reverse(), hasNext: true, hasPrevious: isMore }
    : { items, hasNext: isMore, hasPrevious: after !== undefined };
};
