import { type RawBuilder, sql } from 'kysely';
import { toJson } from '../../database/codec.ts';
import type { Engine } from '../../database/columns.ts';
import { PREPARED } from '../../database/prepared.ts';
import type { Context } from '../context.ts';
import type { MarkedWords } from './marked-words.ts';
import type { Query, Term } from './query.ts';
import { allowedErrors, distance, isSpelt, spellingsOf } from './typos.ts';

/** How many words a misspelt one is taken for at most. */
const MAX_CORRECTIONS = 4;

/**
 * Many texts as a table, in one parameter. It comes by a subquery: of a list that it sees PostgreSQL thinks that a plan for just so many is
 * better, and plans each time.
 */
const tableOf = (engine: Engine, texts: readonly string[]): RawBuilder<unknown> =>
  engine === 'postgres' ? sql`unnest((select ${texts}::text[])) as given (value)` : sql`json_each(${toJson(texts)}) as given`;

/** Shorter words are known to nobody: they are found by their beginnings, and taken for nothing else. */
const SHORTEST = 4;
/** Beginnings of so many letters are looked up; FTS5 has an index of the shorter ones. */
const LOOKED_UP: Readonly<Record<Engine, number>> = { sqlite: 4, postgres: 2 };
/** What more words begin with is asked for as a beginning. */
const MAX_ENDINGS = 40;

/** Adds the words of entries to those that a beginning, or a misspelt word, may have been meant to be. None is ever taken out: it would only be of no use. */
export const learnWords = async (ctx: Context, entries: readonly Omit<MarkedWords, 'marks'>[]): Promise<void> => {
  const words = entries.flatMap(({ names, body }) => [...names.flat(), ...body]).filter((word) => word.length >= SHORTEST);
  const known = [...new Set(words)].sort();
  if (known.length > 0) {
    const { rows } = await sql<{ word: string }>`insert into search_words (word)
      select given.value from ${tableOf(ctx.engine, known)} where true
      on conflict (word) do nothing returning word`.execute(ctx.db);
    const spelt = rows.map(({ word }) => word).filter(isSpelt);
    await insertPairs(
      ctx,
      sql`search_typos (spelling, word)`,
      spelt.flatMap((word) => spellingsOf(word).map((spelling): Pair => [spelling, word])),
    );
  }
  const compounds = entries.flatMap((entry) => entry.compounds).map(({ word, firstLength }): Pair => [firstLength, word]);
  await insertPairs(ctx, sql`search_compounds (first_length, word)`, [
    ...new Map(compounds.map((pair) => [pair.join(' '), pair])).values(),
  ]);
};

type Pair = readonly [key: string | number, word: string];

/** Inserts those pairs that are not there yet, in the order of their keys: so two who insert do not wait for each other. */
const insertPairs = async ({ db, engine }: Context, into: RawBuilder<unknown>, pairs: readonly Pair[]): Promise<void> => {
  if (pairs.length === 0) return;
  const sorted = [...pairs].sort((a, b) => (a.join(' ') < b.join(' ') ? -1 : 1));
  const type = sql.raw(typeof sorted[0]?.[0] === 'number' ? 'integer[]' : 'text[]');
  const values =
    engine === 'postgres'
      ? sql`select * from unnest(cast(${sorted.map(([key]) => key)} as ${type}), cast(${sorted.map(([, word]) => word)} as text[]))`
      : sql`select value ->> 0, value ->> 1 from json_each(${toJson(sorted)}) where true`;
  await sql`insert into ${into} ${values} on conflict do nothing`.execute(db);
};

/** Those of some words that a misspelt one may have been meant to be, the likeliest first. */
const likeliest = (wrong: string, words: readonly string[]): string[] => {
  const likeness = (word: string): number => {
    const errors = distance(wrong, word);
    if (errors > Math.min(allowedErrors(wrong), allowedErrors(word)) || word === wrong) return Number.POSITIVE_INFINITY;
    // The first letter is hardly ever the wrong one.
    return errors + (word[0] === wrong[0] ? 0 : 0.5);
  };
  return words
    .map((word) => ({ word, likeness: likeness(word) }))
    .filter(({ likeness }) => likeness < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.likeness - b.likeness || (a.word < b.word ? -1 : 1))
    .slice(0, MAX_CORRECTIONS)
    .map(({ word }) => word);
};

/** The word that a term is, if it may be misspelt. */
const misspeltOf = ({ words, isBegun }: Term): string | undefined =>
  isBegun && words.length === 1 && words[0] !== undefined && isSpelt(words[0]) ? words[0] : undefined;

/** The same query with words that were maybe meant beside those that were typed; undefined where nothing comes near. */
export const withCorrections = async ({ db, engine }: Context, query: Query): Promise<Query | undefined> => {
  const spellings = query.map(misspeltOf).flatMap((word) => (word === undefined ? [] : spellingsOf(word)));
  if (spellings.length === 0) return undefined;
  const { rows } = await sql<{ word: string }>`select ${PREPARED} distinct word
    from ${tableOf(engine, spellings)} inner join search_typos on search_typos.spelling = given.value`.execute(db);
  const near = rows.map(({ word }) => word);
  const corrected = query.map((term) => {
    const wrong = misspeltOf(term);
    return wrong === undefined ? term : { ...term, instead: [...term.instead, ...likeliest(wrong, near)] };
  });
  return corrected.some((term, at) => term.instead.length > (query[at]?.instead.length ?? 0)) ? corrected : undefined;
};

interface Ending {
  /** of the text that the word begins with, among those that are given */
  readonly place: number;
  readonly word: string;
}

const LAST_LETTER = String.fromCodePoint(0x10ffff);

const SOME = sql.lit(MAX_ENDINGS + 1);

/** Up to one more than so many of each table: words that begin with a text, and compounds that do, whose first part is shorter than it. */
const ENDINGS: Readonly<Record<Engine, (begun: readonly string[]) => RawBuilder<Ending>>> = {
  sqlite: (begun) => {
    const some = (place: number, table: RawBuilder<unknown>, text: string) =>
      sql`select ${sql.lit(place)} as place, word from (select word from ${table}
        and word >= ${text} and word < ${text + LAST_LETTER} limit ${SOME}) as found`;
    const shorter = ({ length }: string) => sql.join(Array.from({ length: length - 1 }, (_, at) => sql.lit(at + 1)));
    const parts = begun.flatMap((text, place) => [
      some(place, sql`search_words where true`, text),
      some(place, sql`search_compounds where first_length in (${shorter(text)})`, text),
    ]);
    return sql`${sql.join(parts, sql` union all `)}`;
  },
  postgres: (begun) => sql`select ${PREPARED} place::integer - 1 as place, word
    from unnest((select ${begun}::text[]), (select ${begun.map((text) => text + LAST_LETTER)}::text[]))
      with ordinality as begun (first, last, place)
    cross join lateral (
      (select word from search_words where word >= first and word < last limit ${SOME})
      union all
      (select found.word from generate_series(1, length(first) - 1) as shorter (length)
        cross join lateral (select word from search_compounds where first_length = shorter.length and word >= first and word < last limit ${SOME}) as found
        limit ${SOME})) as found`,
};

/**
 * For each of some texts the words that begin so, and the compounds whose first part alone does not: those whose first part begins so are
 * found by it. Undefined where they are too many.
 */
const endingsOf = async ({ db, engine }: Context, begun: readonly string[]): Promise<(string[] | undefined)[]> => {
  if (begun.length === 0) return [];
  const { rows } = await ENDINGS[engine](begun).execute(db);
  return begun.map((text, at) => {
    const words = new Set(rows.filter(({ place }) => place === at).map(({ word }) => word));
    if (text.length < SHORTEST) words.add(text);
    return words.size > MAX_ENDINGS ? undefined : [...words].sort();
  });
};

/** The texts of a term that are looked up: the end of what was typed, and what stands for it. */
const beginningsOf = (engine: Engine, term: Term): string[] => {
  const begun = [term.words.at(-1) ?? '', ...term.instead];
  return term.isBegun && begun.every((word) => word.length >= LOOKED_UP[engine]) ? begun : [];
};

/**
 * The same query with the forms of those terms that end in a beginning, and a note of those that have too many: an index gathers all that
 * begins so before it answers.
 */
export const withForms = async (ctx: Context, query: Query): Promise<Query> => {
  const beginnings = query.map((term) => beginningsOf(ctx.engine, term));
  const endings = await endingsOf(ctx, beginnings.flat());
  return query.map((term, at) => {
    const begun = beginnings[at] ?? [];
    const [ends, ...others] = endings.splice(0, begun.length);
    if (begun.length > 0 && (!ends || others.some((words) => !words))) return { ...term, isFrequent: true };
    // Words of three letters are known to nobody.
    if (!ends || begun.some((text) => text.length < SHORTEST - 1)) return term;
    const whole = ends.map((end) => [...term.words.slice(0, -1), end]);
    const forms = [...whole, ...others.flatMap((words) => (words ?? []).map((word) => [word]))];
    return { ...term, forms, isFrequent: forms.length > MAX_ENDINGS };
  });
};
