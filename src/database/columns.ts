import type { ColumnDataType } from 'kysely';
import { type RawBuilder, sql } from 'kysely';

/** The two databases we speak. */
export type Engine = 'sqlite' | 'postgres';

type ColumnType = ColumnDataType | RawBuilder<unknown>;

/**
 * Native column types of each engine, for migrations. `key` is text compared byte by byte on both engines, so that
 * sorting and uniqueness agree; values in such columns are folded (see `lib/text.ts`) before they are stored.
 */
export const columns = (engine: Engine) => {
  const postgres = engine === 'postgres';
  return {
    uuid: (postgres ? 'uuid' : 'text') as ColumnType,
    instant: (postgres ? 'timestamptz' : 'text') as ColumnType,
    boolean: (postgres ? 'boolean' : 'integer') as ColumnType,
    json: (postgres ? 'jsonb' : 'text') as ColumnType,
    bytes: (postgres ? 'bytea' : 'blob') as ColumnType,
    key: (postgres ? sql`text collate "C"` : 'text') as ColumnType,
    text: 'text' as ColumnType,
    integer: 'integer' as ColumnType,
    bigint: (postgres ? 'bigint' : 'integer') as ColumnType,
  };
};
