import type { NewEntry } from './entry.ts';
import { type Compound, compoundsIn, wordsIn } from './words.ts';

/*
 * The words of an entry stand in the index as they are, and some of them once more behind a sign that says what they are to it. So one
 * index answers each question without looking at what it found. No word of a text begins with such a sign.
 */

/** A word of a name. */
export const nameMark = (word: string): string => `=${word}`;
/** A word of what the entry belongs to. */
export const contextMark = (word: string): string => `@${word}`;
/** A whole name. */
export const wholeNameMark = (words: readonly string[]): string => `$${words.join('').slice(0, 100)}`;
/** The product, by its number in the index. */
export const productMark = (number: number): string => `#${number}`;

/** What the index holds of an entry. */
export interface MarkedWords {
  /** of its names, in lines */
  readonly names: readonly (readonly string[])[];
  readonly body: readonly string[];
  /** names written together */
  readonly compounds: readonly Compound[];
  /** found wherever they stand: the compounds, and words behind signs */
  readonly marks: readonly string[];
}

/** The words of names, in lines, as they are stored. */
export const nameKeyOf = ({ names }: Pick<MarkedWords, 'names'>): string => names.map((words) => words.join(' ')).join('\n');

export const markedWords = (entry: NewEntry, productNumber: number): MarkedWords => {
  const names = entry.names.map(wordsIn);
  const compoundNames = entry.names.flatMap(compoundsIn);
  const compounds = [...compoundNames, ...compoundsIn(entry.body)];
  const inNames = new Set([...names.flat(), ...compoundNames.map(({ word }) => word)]);
  const inContext = new Set(entry.context.flatMap((text) => [...wordsIn(text), ...compoundsIn(text).map(({ word }) => word)]));
  const wholeNames = [...names, ...(entry.fullNames ?? []).map(wordsIn)].filter((words) => words.length > 0);
  const marks = new Set([
    ...compounds.map(({ word }) => word),
    ...[...inNames].map(nameMark),
    ...[...inContext].map(contextMark),
    ...wholeNames.map(wholeNameMark),
    productMark(productNumber),
  ]);
  return { names, body: wordsIn(entry.body), compounds, marks: [...marks] };
};
