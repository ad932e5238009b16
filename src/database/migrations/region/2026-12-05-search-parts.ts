import { type Kysely, sql } from 'kysely';
import type { Engine } from '../../columns.ts';

/** One product in 64, seven more, and the rest: an index of each, so that what is frequent is found in the smallest of them. */
const PARTS = ['= 0', 'between 1 and 7', '> 7'];

/** PostgreSQL finds words in three indexes of each kind rather than one. */
export const up = async (db: Kysely<unknown>, engine: Engine): Promise<void> => {
  if (engine !== 'postgres') return;
  for (const kind of ['product', 'version', 'document', 'operation', 'schema']) {
    const table = sql.id(`search_index_${kind}`);
    await sql`drop index ${sql.id(`search_index_${kind}_words`)}`.execute(db);
    for (const [n, part] of PARTS.entries())
      await sql`create index ${sql.id(`search_index_${kind}_words_${n}`)} on ${table} using gin (words) with (fastupdate = off)
        where ((id >> 20) & 63) ${sql.raw(part)}`.execute(db);
  }
};
