import { sql } from 'kysely';
import { type Context, inTransaction, type OrganisationContext } from '../context.ts';

const TRAILS = {
  region: { events: 'audit_events', numbering: 'audit_numbering' },
  organisation: { events: 'organisation_events', numbering: 'organisation_numbering' },
} as const;

/** Which audit trail: the region's, or the organisation's. */
export type Trail = keyof typeof TRAILS;

/** How many events are numbered in one transaction at most. */
const BATCH = 1000;

const isBehind = async (ctx: OrganisationContext, trail: Trail): Promise<boolean> => {
  const row = await ctx.db
    .selectFrom(TRAILS[trail].events)
    .select('id')
    .where('sequence', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
};

/**
 * Gives committed events their numbers, and answers the last number given. Whoever sends events on remembers the last number sent: an
 * event that is committed late, after events that are younger, gets a later number than they have, and is not missed.
 */
export const numberEvents = async (ctx: Context | OrganisationContext, trail: Trail): Promise<number> => {
  while (await isBehind(ctx, trail)) await inTransaction(ctx, (ctx) => numberBatch(ctx, trail));
  const { value } = await ctx.db
    .selectFrom(TRAILS[trail].numbering)
    .select('value')
    .where('id', '=', 1)
    .executeTakeFirstOrThrow();
  return value;
};

const numberBatch = async ({ db }: Pick<Context, 'db'>, trail: Trail): Promise<void> => {
  const { events, numbering } = TRAILS[trail];
  const rows = sql.table(events);
  // by writing first, one process at a time gives numbers
  const { value } = await db
    .updateTable(numbering)
    .set({ value: sql<number>`value` })
    .where('id', '=', 1)
    .returning('value')
    .executeTakeFirstOrThrow();
  const numbered = await sql<{ sequence: number }>`
    update ${rows} set sequence = given.number
    from (select id as event_id, ${sql.lit(value)} + row_number() over (order by id) as number
      from (select id from ${rows} where sequence is null order by id limit ${sql.lit(BATCH)}) as waiting) as given
    where id = given.event_id returning sequence`.execute(db);
  const last = numbered.rows.reduce((highest, { sequence }) => Math.max(highest, sequence), value);
  await db.updateTable(numbering).set({ value: last }).where('id', '=', 1).execute();
};

/** Deletes events that are older than an instant, some at a time. Answers how many were deleted. */
export const deleteEventsBefore = async (ctx: Context | OrganisationContext, trail: Trail, instant: string): Promise<number> => {
  const { events } = TRAILS[trail];
  let deleted = 0;
  for (let last = BATCH; last === BATCH; deleted += last) {
    const old = await ctx.db.selectFrom(events).select('id').where('at', '<', instant).orderBy('at').limit(BATCH).execute();
    last = old.length;
    if (last === 0) break;
    const ids = old.map(({ id }) => id);
    await ctx.db.deleteFrom(events).where('id', 'in', ids).execute();
  }
  return deleted;
};
