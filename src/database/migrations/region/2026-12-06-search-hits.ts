import { type Kysely, sql } from 'kysely';
import type { Engine } from '../../columns.ts';

/**
 * PostgreSQL's index holds what is asked about each hit, so that no other table is read for that. Rows are written anew in the order of
 * their ids, and before the indexes are made, which is much quicker than changing them.
 */
export const up = async (db: Kysely<unknown>, engine: Engine): Promise<void> => {
  if (engine !== 'postgres') return;
  const { rows: indexes } = await sql<{ name: string; definition: string }>`select indexname as name, indexdef as definition
    from pg_indexes
    where schemaname = current_schema() and tablename like 'search\\_index\\_%' and indexdef like '% USING gin %'`.execute(db);
  for (const { name } of indexes) await sql`drop index ${sql.id(name)}`.execute(db);
  await sql`create temporary table search_index_before on commit drop as
    select search_index.id, kind, source_id, name_key, deprecated, words
    from search_index inner join search_entries on search_entries.id = search_index.id`.execute(db);
  await sql`truncate search_index`.execute(db);
  await sql`alter table search_index add column source_id bigint not null, add column name_key text not null,
    add column deprecated boolean not null`.execute(db);
  await sql`insert into search_index (id, kind, source_id, name_key, deprecated, words)
    select id, kind, source_id, name_key, deprecated, words from search_index_before order by id`.execute(db);
  for (const { definition } of indexes) await sql.raw(definition).execute(db);
};
