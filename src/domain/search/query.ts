import { contextMark, nameMark, wholeNameMark } from './marked-words.ts';
import { namesIn, wordsIn } from './words.ts';

/** What has to be in the index: a word or several in a row, the last one maybe only begun; all or any of other matches. */
export type Match =
  | { readonly phrase: readonly string[]; readonly isBegun?: boolean }
  | {
      readonly all: readonly Match[];
      /** what of it an index is better asked for, where the rest is so frequent that it is sooner found by reading what was found */
      readonly rare?: Match;
    }
  | {
      readonly any: readonly Match[];
      /** the same by beginnings, which are sooner found than many words where texts are read */
      readonly read?: Match;
    };

/** A part of what somebody looks for. */
export interface Term {
  /** several stand in a row: a phrase in quotes, or the parts of a name such as `user_id` */
  readonly words: readonly string[];
  /** whether the last word may go on; that of a phrase in quotes does not */
  readonly isBegun: boolean;
  /** the same in other words: written together, or what a misspelt word may have been meant to be */
  readonly instead: readonly string[];
  /** all ways in which it stands in the index, where these are known and few: an index finds whole words faster than beginnings */
  readonly forms?: readonly (readonly string[])[];
  /** whether these are many */
  readonly isFrequent?: boolean;
}

/** What somebody looks for: entries in which each of the terms is found. */
export type Query = readonly Term[];

const MAX_TERMS = 10;

/** What is between quotes, of any kind, or between spaces. */
const PIECE = /["“”„«»]([^"“”„«»]+)["“”„«»]?|[^\s"“”„«»]+/g;

/** Reads what somebody typed. Signs that are no words mean nothing; without any word there is nothing to look for. */
export const readQuery = (text: string): Query => {
  const terms: Term[] = [];
  for (const [piece, quoted] of text.matchAll(PIECE)) {
    const words = wordsIn(quoted ?? piece);
    if (words.length === 0) continue;
    const names = namesIn(quoted ?? piece);
    const together = quoted === undefined && names.length === 1 ? names[0]?.together : undefined;
    terms.push({ words, isBegun: quoted === undefined, instead: together === undefined ? [] : [together] });
  }
  return terms.slice(0, MAX_TERMS);
};

/** Words of one letter are not taken for beginnings: half of all words begin so. */
const begins = ({ words, isBegun }: Term): boolean => isBegun && (words.at(-1) ?? '').length > 1;

const anyOf = (matches: readonly Match[]): Match => (matches.length === 1 && matches[0] ? matches[0] : { any: matches });
const allOf = (matches: readonly Match[]): Match => (matches.length === 1 && matches[0] ? matches[0] : { all: matches });

/** A term as it stands in any text of an entry. */
const inText = (term: Term): Match => {
  const begun = anyOf([
    { phrase: term.words, isBegun: begins(term) },
    ...term.instead.map((word) => ({ phrase: [word], isBegun: begins(term) })),
  ]);
  return term.forms ? { any: term.forms.map((phrase) => ({ phrase })), read: begun } : begun;
};

/** A term as it stands in names, whose words behind a sign stand in no row. */
const inName = (term: Term): Match => {
  const words = term.words.map((word, at) => ({
    phrase: [nameMark(word)],
    isBegun: begins(term) && at === term.words.length - 1,
  }));
  const together = term.instead.map((word) => ({ phrase: [nameMark(word)], isBegun: begins(term) }));
  const begun = anyOf([allOf(words), ...together]);
  const whole = term.forms?.map((form) => allOf(form.map((word) => ({ phrase: [nameMark(word)] }))));
  return whole ? { any: whole, read: begun } : begun;
};

/** A term as it stands in what an entry belongs to, whole: there may be much below a name, and it is no great help. */
const inContext = ({ words, instead }: Term): Match =>
  anyOf([words, ...instead.map((word) => [word])].map((form) => allOf(form.map((word) => ({ phrase: [contextMark(word)] })))));

/**
 * Entries that hold all terms, some of them maybe only in what they belong to.
 * @param own how a term stands in an entry itself
 */
const withContext = (query: Query, own: (term: Term) => Match): Match => {
  const [first] = query;
  if (first === undefined || query.length === 1) return allOf(query.map(own));
  const each = (terms: Query) => terms.map((term) => anyOf([own(term), inContext(term)]));
  // That of which an index has to gather most stands in it only once.
  const once = query.find((term) => term.forms === undefined && begins(term)) ?? first;
  const others = query.filter((term) => term !== once);
  const all = [...each(others), anyOf([own(once), allOf([inContext(once), anyOf(others.map(own))])])];
  const rare = query.filter((term) => !term.isFrequent);
  return rare.length === 0 || rare.length === query.length ? { all } : { all, rare: allOf(each(rare)) };
};

/** Entries that hold what is looked for. */
export const anywhere = (query: Query): Match => withContext(query, inText);

/** Those that hold it in their names. */
export const inNames = (query: Query): Match =>
  withContext(query, (term) => {
    const names = inName(term);
    return term.isBegun || term.words.length === 1 ? names : allOf([names, inText(term)]);
  });

/** Those that are called so. */
export const asName = (query: Query): Match => ({ phrase: [wholeNameMark(query.flatMap(({ words }) => words))] });
