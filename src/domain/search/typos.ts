/** Shorter words are taken as they are; longer ones are hardly typed. */
const SHORTEST = 4;
const LONGEST = 24;
/** From this length on two letters may be wrong; then the first ones alone are looked up, which are enough to find all words. */
const LONG = 8;
const PREFIX = 7;

/** Words that can be misspelt: of letters alone. Numbers and the like are right or they are not. */
export const isSpelt = (word: string): boolean => word.length >= SHORTEST && word.length <= LONGEST && /^\p{L}+$/u.test(word);

/** How many letters of a word may be wrong. */
export const allowedErrors = (word: string): number => (word.length < LONG ? 1 : 2);

/**
 * What is left of a word when letters are left out. Two words that differ in no more letters than allowed (one wrong, missing, too many,
 * or two exchanged each) have one of these in common: so a misspelt word is looked up among them.
 */
export const spellingsOf = (word: string): string[] => {
  const spellings = new Set([word.slice(0, PREFIX)]);
  let last = [...spellings];
  for (let errors = allowedErrors(word); errors > 0; errors--) {
    last = last.flatMap((text) => Array.from(text, (_, at) => text.slice(0, at) + text.slice(at + 1)));
    for (const text of last) spellings.add(text);
  }
  return [...spellings];
};

/** How many letters have to be changed, put in, left out or exchanged with their neighbour to make one word of another. */
export const distance = (a: string, b: string): number => {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
};
