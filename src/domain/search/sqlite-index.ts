import { type RawBuilder, sql } from 'kysely';
import { toJson } from '../../database/codec.ts';
import { type IdRange, idsOf, PRODUCT_BITS } from './entry.ts';
import type { Match } from './query.ts';
import type { IndexQuery, TextIndex } from './text-index.ts';

/** In the language of FTS5. */
const expressionOf = (match: Match): string => {
  if ('phrase' in match) return `"${match.phrase.join(' ')}"${match.isBegun ? ' *' : ''}`;
  return 'all' in match ? `(${match.all.map(expressionOf).join(' AND ')})` : `(${match.any.map(expressionOf).join(' OR ')})`;
};

/** What a hit in a name counts for, in the prose, and behind a sign. */
const WEIGHTS = sql`8.0, 1.0, 0.0`;

/** Between two names, so that no phrase goes across. */
const BETWEEN = ' = ';

/** Of some products only, where their numbers are given. */
export const sqliteHits = ({
  kind,
  match,
  products,
  isScored = false,
}: IndexQuery & { readonly products?: readonly number[] | undefined }): RawBuilder<unknown> => {
  const ofKind = (range: IdRange) => sql`and rowid between ${sql.lit(range.first)} and ${sql.lit(range.last)}`; // as parameters they would be floating-point numbers, by which FTS5 bounds nothing
  const { shift, mask } = PRODUCT_BITS;
  const ofProducts = sql`and ((rowid >> ${sql.lit(shift)}) & ${sql.lit(mask)}) in (select value from json_each(${toJson(products)}))`;
  return sql`(select rowid as id, ${isScored ? sql`-bm25(search_index, ${WEIGHTS})` : sql`0`} as score from search_index
    where search_index match ${expressionOf(match)} ${kind === undefined ? sql`` : ofKind(idsOf(kind))}
    ${products === undefined ? sql`` : ofProducts})`;
};

/** The index of SQLite: FTS5. It answers in the order of the ids and reads no more than it is asked for. */
export const sqliteIndex: TextIndex = {
  write: async (db, entries) => {
    if (entries.length === 0) return;
    const rows = [...entries]
      .sort((a, b) => a.id - b.id) // in another order each goes to the disk by itself
      .map(({ id, words: { names, body, marks } }) => {
        const nameWords = names.map((words) => words.join(' ')).join(BETWEEN);
        return sql`(${sql.lit(id)}, ${nameWords}, ${body.join(' ')}, ${marks.join(' ')})`;
      });
    await sql`insert or replace into search_index (rowid, name, body, marks) values ${sql.join(rows)}`.execute(db);
  },
  remove: async (db, ids) => {
    await sql`delete from search_index where rowid in (select value from json_each(${toJson(ids)}))`.execute(db);
  },
  hits: sqliteHits,
  listed: (ids) => sql`(select value as id from json_each(${toJson(ids)}))`,
};
