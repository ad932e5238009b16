import { sql } from 'kysely';
import { toInstant } from '../../database/codec.ts';
import { type Context, inTransaction } from '../context.ts';

/** Whose entries may be due. That of a product makes all of it due that is not up to date. */
export type SubjectKind = 'product' | 'version' | 'document';

export interface Subject {
  readonly kind: SubjectKind;
  readonly id: string;
}

/** A subject that somebody is at; `round` tells whether it has changed since. */
export interface ClaimedSubject extends Subject {
  readonly round: number;
}

/** For so long nobody else begins what somebody has begun. */
const LEASE_MS = 300_000;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 3_600_000;

/** Rows of one statement. */
const BATCH = 1_000;

/** Has the entries of subjects written anew. */
export const markDue = async (ctx: Context, kind: SubjectKind, ids: readonly string[]): Promise<void> => {
  const due = { kind, round: 0, attempts: 0, due_at: toInstant(ctx.now()) };
  for (let start = 0; start < ids.length; start += BATCH)
    await ctx.db
      .insertInto('search_due')
      .values(ids.slice(start, start + BATCH).map((id) => ({ ...due, subject_id: id })))
      .onConflict((clash) =>
        clash.columns(['kind', 'subject_id']).doUpdateSet((eb) => ({
          round: sql<number>`search_due.round + 1`,
          attempts: 0,
          due_at: eb.ref('excluded.due_at'),
        })),
      )
      .execute();
};

/** Takes the subject that has waited longest, if any is due. Others may be at work on the same list. */
export const claimNext = (ctx: Context): Promise<ClaimedSubject | undefined> =>
  inTransaction(ctx, async ({ db, engine, now }) => {
    const next = await db
      .selectFrom('search_due')
      .select(['kind', 'subject_id', 'round', 'attempts'])
      .where('due_at', '<=', toInstant(now()))
      .orderBy('due_at')
      .orderBy('subject_id')
      .limit(1)
      .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked())
      .executeTakeFirst();
    if (!next) return undefined;
    await db
      .updateTable('search_due')
      .set({ attempts: next.attempts + 1, due_at: toInstant(new Date(now().getTime() + LEASE_MS)) })
      .where('kind', '=', next.kind)
      .where('subject_id', '=', next.subject_id)
      .execute();
    return { kind: next.kind, id: next.subject_id, round: next.round };
  });

/** Whatever changed in the meantime stays due. */
export const settle = async ({ db }: Context, { kind, id, round }: ClaimedSubject): Promise<void> => {
  await db.deleteFrom('search_due').where('kind', '=', kind).where('subject_id', '=', id).where('round', '=', round).execute();
};

/** Puts off what went wrong: for 5 s, 10 s, 20 s … at most an hour. */
export const putOff = async ({ db, now }: Context, { kind, id, round }: ClaimedSubject): Promise<void> => {
  const row = await db
    .selectFrom('search_due')
    .select('attempts')
    .where('kind', '=', kind)
    .where('subject_id', '=', id)
    .executeTakeFirst();
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** ((row?.attempts ?? 1) - 1), LONGEST_PAUSE_MS);
  await db
    .updateTable('search_due')
    .set({ due_at: toInstant(new Date(now().getTime() + pause)) })
    .where('kind', '=', kind)
    .where('subject_id', '=', id)
    .where('round', '=', round)
    .execute();
};

/** How many products, versions and documents are still to be looked at. */
export const countDue = async ({ db }: Context): Promise<number> => {
  const { count } = await db
    .selectFrom('search_due')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
};

/** What state a source is in whose entries are to be written whatever they seem to be. */
export const FORCED = 'forced';

/** Has all entries of a region written anew, those of what is gone taken out. */
export const markAllDue = (ctx: Context): Promise<void> =>
  inTransaction(ctx, async ({ db, engine, now }) => {
    await db.updateTable('search_sources').set({ state: FORCED }).execute();
    const at = sql`cast(${toInstant(now())} as ${sql.raw(engine === 'postgres' ? 'timestamptz' : 'text')})`;
    // "where true": or else SQLite takes what follows for the condition of a join
    await sql`insert into search_due (kind, subject_id, round, attempts, due_at)
      select 'product', id, 0, 0, ${at} from (select id from products union select product_id from search_products) as known where true
      on conflict (kind, subject_id) do update set round = search_due.round + 1, attempts = 0, due_at = excluded.due_at`.execute(
      db,
    );
  });
