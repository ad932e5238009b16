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

/** Adds the words of texts to those that a misspelt word may have been meant to be. None is ever taken out: it would only be of no use. */
export const learnWords = async (ctx: Context, words: Iterable<string>): Promise<void> => {
  const spelt = [...new Set(words)].filter(isSpelt).sort();
  if (spelt.length === 0) return;
  const { rows } = await sql<{ word: string }>`insert into search_words (word)
    select given.value from ${tableOf(ctx.engine, spelt)} where true
    on conflict (word) do nothing returning word`.execute(ctx.db);
  const pairs = rows.flatMap(({ word }) => spellingsOf(word).map((spelling) => ({ spelling, word })));
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
