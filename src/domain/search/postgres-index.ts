import { type RawBuilder, sql } from 'kysely';
import { kindOf } from './entry.ts';
import { type MarkedWords, nameKeyOf } from './marked-words.ts';
import type { Match } from './query.ts';
import type { TextIndex } from './text-index.ts';

const operand = (word: string, isBegun: boolean | undefined): string => `'${word}'${isBegun ? ':*' : ''}`;

/** As a `tsquery`: for an index, or for reading what was found. */
const expressionOf = (match: Match, use: 'find' | 'read'): string => {
  if ('phrase' in match) {
    const last = match.phrase.length - 1;
    return `(${match.phrase.map((word, at) => operand(word, at === last && match.isBegun)).join(' <-> ')})`;
  }
  const joined = (matches: readonly Match[], sign: string) => `(${matches.map((one) => expressionOf(one, use)).join(sign)})`;
  if ('all' in match) return joined(match.all, ' & ');
  return use === 'read' && match.read ? expressionOf(match.read, use) : joined(match.any, ' | ');
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

/**
 * GIN gathers all that it finds before it answers, and what is frequent is never needed whole: so there is an index of one in 64 products,
 * one of seven more, and one of the rest. The next is only asked where the ones before hold too little. What belongs to a product lies
 * together on the disk, so what is asked for most is soon in memory.
 */
const SHARE = sql`((id >> 20) & 63)`;
const PARTS = [sql`${SHARE} = 0`, sql`${SHARE} between 1 and 7`, sql`${SHARE} > 7`] as const;

/** Whether a row is of the last and largest part. */
export const IS_OF_REST = PARTS[2];

/** Rows of the index that meet a condition, by one index after the other. */
export const inParts = (columns: RawBuilder<unknown>, condition: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql.join(
    PARTS.map((part) => sql`select ${columns} from search_index where ${part} and ${condition}`),
    sql` union all `,
  );

/** Of more parts those from this one on are asked for as one, so that the texts of statements are few. */
const MOST_CONDITIONS = 3;

/** What all has to be in an entry, for an index, which finds where lists of parts meet much sooner than it weighs one expression of them all. */
const partsOf = (match: Match): readonly Match[] => {
  if (!('all' in match)) return [match];
  if (match.rare) return partsOf(match.rare);
  if (match.all.length <= MOST_CONDITIONS) return match.all;
  return [...match.all.slice(0, MOST_CONDITIONS - 1), { all: match.all.slice(MOST_CONDITIONS - 1) }];
};

/** A match as {@link findExpressions} and {@link readExpression}, hidden in subqueries. */
export interface Expressions {
  readonly find: RawBuilder<unknown>;
  readonly read: RawBuilder<unknown>;
}

/**
 * Whether an entry holds what is looked for. Of values that it does not know PostgreSQL plans the same each time, and quickly: else it would
 * look up how frequent each word is. A condition that is dressed up is no matter for an index: it is only asked of what was found.
 */
export const holds = (match: Match, { find, read }: Expressions): RawBuilder<unknown> => {
  const found = partsOf(match).map((_, at) => sql`words @@ (${find})[${sql.lit(at + 1)}]`);
  const isRead = sql`(words @@ ${read}) is true`;
  return sql.join('all' in match && match.rare ? [...found, isRead] : found, sql` and `);
};

/** For an index. */
export const findExpressions = (match: Match): RawBuilder<unknown> =>
  sql`${partsOf(match).map((part) => expressionOf(part, 'find'))}::tsquery[]`;
/** For reading what was found. */
export const readExpression = (match: Match): RawBuilder<unknown> => sql`${expressionOf(match, 'read')}::tsquery`;

const ASKED: Expressions = { find: sql`(select find from asked)`, read: sql`(select read from asked)` };

/** The index of PostgreSQL: `tsvector` under GIN, a part for each kind. Words are cut here, so no dictionary has a say. */
export const postgresIndex: TextIndex = {
  write: async (db, entries) => {
    if (entries.length === 0) return;
    const rows = entries.map(
      ({ id, sourceId, deprecated, words }) =>
        sql`(${id}::bigint, ${kindOf(id)}, ${sourceId}::bigint, ${nameKeyOf(words)}, ${deprecated}::boolean, ${vectorOf(words)}::tsvector)`,
    );
    await sql`insert into search_index (id, kind, source_id, name_key, deprecated, words) values ${sql.join(rows)}
      on conflict (kind, id) do update set name_key = excluded.name_key, deprecated = excluded.deprecated, words = excluded.words`.execute(
      db,
    );
  },
  remove: async (db, ids) => {
    await sql`delete from search_index where id = any(${ids}::bigint[])
      and kind = any(${[...new Set(ids.map(kindOf))]}::text[])`.execute(db);
  },
  hits: ({ kind, match, isScored = false }) => {
    const score = isScored ? sql`ts_rank_cd(words, (${ASKED.find})[1], 1)` : sql`0`;
    const ofKind = kind === undefined ? sql`true` : sql`kind = ${sql.lit(kind)}`;
    return sql`(with asked as materialized (select ${findExpressions(match)} as find, ${readExpression(match)} as read)
      ${inParts(sql`id, ${score} as score`, sql`${ofKind} and ${holds(match, ASKED)}`)})`;
  },
  listed: (ids) => sql`(select id from unnest(${ids}::bigint[]) as given (id))`,
};
