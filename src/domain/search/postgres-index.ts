import { sql } from 'kysely';
import { kindOf, PRODUCT_BITS } from './entry.ts';
import type { MarkedWords } from './marked-words.ts';
import type { Match } from './query.ts';
import type { TextIndex } from './text-index.ts';

const operand = (word: string, isBegun: boolean | undefined): string => `'${word}'${isBegun ? ':*' : ''}`;

/** As a `tsquery`. */
const expressionOf = (match: Match): string => {
  if ('phrase' in match) {
    const last = match.phrase.length - 1;
    return `(${match.phrase.map((word, at) => operand(word, at === last && match.isBegun)).join(' <-> ')})`;
  }
  return 'all' in match ? `(${match.all.map(expressionOf).join(' & ')})` : `(${match.any.map(expressionOf).join(' | ')})`;
};

/** The last place in a text that a `tsvector` knows. */
const LAST_PLACE = 16_383;
/** Between two names, and between names and prose, so that no phrase goes across. */
const GAP = 2;

/** As a `tsvector`: each word with its place, names weighing more than prose; what is behind a sign has no place. */
const vectorOf = ({ names, body, marks }: MarkedWords): string => {
  const parts: string[] = [];
  let place = 0;
  const add = (words: readonly string[], weight: 'A' | 'D'): void => {
    for (const word of words) parts.push(`'${word}':${Math.min(++place, LAST_PLACE)}${weight}`);
    place += GAP;
  };
  for (const words of names) add(words, 'A');
  add(body, 'D');
  for (const mark of marks) parts.push(`'${mark}'`);
  return parts.join(' ');
};

/** The index of PostgreSQL: `tsvector` under GIN, a part for each kind. Words are cut here, so no dictionary has a say. */
export const postgresIndex: TextIndex = {
  write: async (db, entries) => {
    if (entries.length === 0) return;
    const rows = entries.map(({ id, words }) => sql`(${id}::bigint, ${kindOf(id)}, ${vectorOf(words)}::tsvector)`);
    await sql`insert into search_index (id, kind, words) values ${sql.join(rows)}
      on conflict (kind, id) do update set words = excluded.words`.execute(db);
  },
  remove: async (db, ids) => {
    await sql`delete from search_index where id = any(${ids}::bigint[])
      and kind = any(${[...new Set(ids.map(kindOf))]}::text[])`.execute(db);
  },
  hits: ({ kind, match, products, isScored }) => {
    const query = sql`${expressionOf(match)}::tsquery`;
    const { shift, mask } = PRODUCT_BITS;
    const ofProducts = sql`and ((id >> ${sql.lit(shift)}) & ${sql.lit(mask)}) = any(${products}::bigint[])`;
    return sql`(select id, ${isScored ? sql`ts_rank_cd(words, ${query}, 1)` : sql`0`} as score from search_index
      where ${kind === 'any' ? sql`true` : sql`kind = ${sql.lit(kind)}`} and words @@ ${query} ${products === undefined ? sql`` : ofProducts})`;
  },
  mostMarks: 0,
  listed: (ids) => sql`(select id, 0 as score from unnest(${ids}::bigint[]) as given (id))`,
  join: sql`join`,
};
