import { sql } from 'kysely';
import type { Db } from '../../database/connect.ts';
import type { Context } from '../context.ts';

/*
 * FTS5 writes what is new into segments of its own, and looks into all of them for each word: a search in a dozen takes several times as
 * long as in one. It merges some by itself, in levels; what is left is merged here, when there is time, and only when it is much, as merging
 * writes everything anew.
 */

/** Fewer segments are left as they are. */
const MANY_SEGMENTS = 4;
/** How much has to stand outside of the largest segment: one part of so many. */
const MUCH = 8;
/** How many pages of some 4 KB are written in one go; requests wait meanwhile. */
const PAGES = 32;

/** The segments that there are, found one by one: their pages are many. */
const segmentsOf = async (db: Db): Promise<number[]> => {
  const { rows } = await sql<{ id: number }>`with recursive segment (id) as (
      select min(segid) from search_index_idx
      union all
      select (select min(segid) from search_index_idx where segid > segment.id) from segment where segment.id is not null
    ) select id from segment where id is not null`.execute(db);
  return rows.map(({ id }) => id);
};

const isMuchToMerge = async (db: Db): Promise<boolean> => {
  const { rows } = await sql<{ pages: number }>`select count(*) as pages from search_index_idx group by segid`.execute(db);
  const pages = rows.map((row) => row.pages);
  const all = pages.reduce((sum, some) => sum + some, 0);
  return (all - Math.max(0, ...pages)) * MUCH > all;
};

const changesOf = async (db: Db): Promise<number> => {
  const { rows } = await sql<{ changes: number }>`select total_changes() as changes`.execute(db);
  return rows[0]?.changes ?? 0;
};

/** Merges for a while. Answers whether there is more to merge: FTS5 says so by what it changes. */
const merge = async (db: Db): Promise<boolean> => {
  const before = await changesOf(db);
  await sql`insert into search_index (search_index, rank) values ('merge', ${sql.lit(-PAGES)})`.execute(db);
  return (await changesOf(db)) - before >= 2;
};

/** What keeps the index of a region quick: does a little at a time, and answers false when nothing is to be done. PostgreSQL does it itself. */
export const indexTidier = ({ db, engine }: Context): (() => Promise<boolean>) => {
  let isMerging = false;
  let known = '';
  return async () => {
    if (engine !== 'sqlite') return false;
    if (!isMerging) {
      const segments = await segmentsOf(db);
      const state = segments.join();
      if (segments.length <= MANY_SEGMENTS || state === known) return false;
      known = state;
      isMerging = await isMuchToMerge(db);
    }
    if (isMerging) isMerging = await merge(db);
    return isMerging;
  };
};
