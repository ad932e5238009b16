import type { NewEntry } from './entry.ts';
import { togetherIn, wordsIn } from './words.ts';

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

/** Whether a word stands behind a sign. */
export const isMark = (word: string): boolean => /^[=@$#]/.test(word);

/** What the index holds of an entry. */
export interface MarkedWords {
  /** of its names, in lines */
  readonly names: readonly (readonly string[])[];
  readonly body: readonly string[];
  /** found wherever they stand: names written together, and words behind signs */
  readonly marks: readonly string[];
}

export const markedWords = (entry: NewEntry, productNumber: number): MarkedWords => {
  const names = entry.names.map(wordsIn);
  const inNames = new Set([...names.flat(), ...entry.names.flatMap(togetherIn)]);
  const inContext = new Set(entry.context.flatMap((text) => [...wordsIn(text), ...togetherIn(text)]));
  const wholeNames = [...names, ...(entry.fullNames ?? []).map(wordsIn)].filter((words) => words.length > 0);
  const marks = new Set([
    ...entry.names.flatMap(togetherIn),
    ...togetherIn(entry.body),
    ...[...inNames].map(nameMark),
    ...[...inContext].map(contextMark),
    ...wholeNames.map(wholeNameMark),
    productMark(productNumber),
  ]);
  return { names, body: wordsIn(entry.body), marks: [...marks] };
};
