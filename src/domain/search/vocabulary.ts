import { type RawBuilder, sql } from 'kysely';
import { toJson } from '../../database/codec.ts';
import type { Engine } from '../../database/columns.ts';
import type { Context } from '../context.ts';
import type { Query } from './query.ts';
import { allowedErrors, distance, isSpelt, spellingsOf } from './typos.ts';

/** How many words a misspelt one is taken for at most. */
const MAX_CORRECTIONS = 4;

/** Many texts as a table, in one parameter. */
const tableOf = (engine: Engine, texts: readonly string[]): RawBuilder<unknown> =>
  engine === 'postgres' ? sql`unnest(cast(${texts} as text[])) as given(value)` : sql`json_each(${toJson(texts)}) as given`;

/** Shorter words are known to nobody: they are found by their beginnings, and taken for nothing else. */
const SHORTEST = 4;
/** Beginnings of so many letters are looked up, unless more words begin so than this. */
const LONG_BEGINNING = 5;
const MAX_ENDINGS = 40;

/** Adds the words of texts to those that a beginning, or a misspelt word, may have been meant to be. None is ever taken out: it would only be of no use. */
export const learnWords = async (ctx: Context, words: Iterable<string>): Promise<void> => {
  const known = [...new Set(words)].filter((word) => word.length >= SHORTEST).sort();
  if (known.length === 0) return;
  const { rows } = await sql<{ word: string }>`insert into search_words (word)
    select given.value from ${tableOf(ctx.engine, known)} where true
    on conflict (word) do nothing returning word`.execute(ctx.db);
  const pairs = rows.flatMap(({ word }) => (isSpelt(word) ? spellingsOf(word) : []).map((spelling) => ({ spelling, word })));
  if (pairs.length === 0) return;
  const values =
    ctx.engine === 'postgres'
      ? sql`select * from unnest(cast(${pairs.map(({ spelling }) => spelling)} as text[]), cast(${pairs.map(({ word }) => word)} as text[]))`
      : sql`select value ->> 'spelling', value ->> 'word' from json_each(${toJson(pairs)}) where true`;
  await sql`insert into search_typos (spelling, word) ${values} on conflict do nothing`.execute(ctx.db);
};

/** The words that a misspelt one may have been meant to be, the likeliest first. */
const corrections = async ({ db }: Context, wrong: string): Promise<string[]> => {
  if (!isSpelt(wrong)) return [];
  const rows = await db
    .selectFrom('search_typos')
    .select('word')
    .distinct()
    .where('spelling', 'in', spellingsOf(wrong))
    .execute();
  const likeness = (word: string): number => {
    const errors = distance(wrong, word);
    if (errors > Math.min(allowedErrors(wrong), allowedErrors(word)) || word === wrong) return Number.POSITIVE_INFINITY;
    // The first letter is hardly ever the wrong one.
    return errors + (word[0] === wrong[0] ? 0 : 0.5);
  };
  return rows
    .map(({ word }) => ({ word, likeness: likeness(word) }))
    .filter(({ likeness }) => likeness < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.likeness - b.likeness || (a.word < b.word ? -1 : 1))
    .slice(0, MAX_CORRECTIONS)
    .map(({ word }) => word);
};

/** The same query with words that were maybe meant beside those that were typed; undefined where nothing comes near. */
export const withCorrections = async (ctx: Context, query: Query): Promise<Query | undefined> => {
  const corrected = await Promise.all(
    query.map(async (term) => {
      const [word] = term.words;
      if (word === undefined || term.words.length > 1 || !term.isBegun) return term;
      return { ...term, instead: [...term.instead, ...(await corrections(ctx, word))] };
    }),
  );
  return corrected.some((term, at) => term.instead.length > (query[at]?.instead.length ?? 0)) ? corrected : undefined;
};

/** The words that begin so; undefined where they are too many. */
const wordsFrom = async ({ db }: Context, begun: string): Promise<string[] | undefined> => {
  const rows = await db
    .selectFrom('search_words')
    .select('word')
    .where('word', '>=', begun)
    .where('word', '<', begun + String.fromCodePoint(0x10ffff))
    .orderBy('word')
    .limit(MAX_ENDINGS + 1)
    .execute();
  return rows.length > MAX_ENDINGS ? undefined : rows.map(({ word }) => word);
};

/** The same query with the forms of those terms that end in a long beginning. */
export const withForms = (ctx: Context, query: Query): Promise<Query> =>
  Promise.all(
    query.map(async (term) => {
      const begun = [term.words.at(-1) ?? '', ...term.instead];
      if (!term.isBegun || begun.some((word) => word.length < LONG_BEGINNING)) return term;
      const [ends, ...others] = await Promise.all(begun.map((word) => wordsFrom(ctx, word)));
      if (!ends || others.some((words) => !words)) return term;
      const whole = ends.map((end) => [...term.words.slice(0, -1), end]);
      return { ...term, forms: [...whole, ...others.flatMap((words) => (words ?? []).map((word) => [word]))] };
    }),
  );
