/** A word of a text: as it is searched, and where it stands. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Longer words are cut, in UTF-16 units. */
const MAX_WORD = 40;
/** A name is also one word, written together, when it has no more parts than this. */
const MAX_PARTS = 5;

/** Letters, digits, and the marks upon them; what hyphens and underscores hold together is one name. Bounded, for there are texts without spaces. */
const NAME = /[\p{L}\p{M}\p{N}]{1,80}(?:[-_][\p{L}\p{M}\p{N}]{1,80}){0,9}/gu;
/** The same where there is nothing but ASCII, sooner. */
const ASCII_NAME = /[A-Za-z0-9]{1,80}(?:[-_][A-Za-z0-9]{1,80}){0,9}/g;

/** Scripts that are written without spaces: each of their characters is a word, and what one looks for is a phrase of them. */
const UNSPACED = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]`;
const IS_UNSPACED = new RegExp(UNSPACED, 'u');

/** Most names are one word. */
const PLAIN = /^[A-Za-z]?[a-z0-9]*$/;
/** Where the parts of a name meet: `user_id`, `listPets` and `APIKey` are two each. */
const SEAMS = new RegExp(
  String.raw`[-_]|(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu}\p{Lu})(?=\p{Lu}\p{Ll})|(?=${UNSPACED})|(?<=${UNSPACED})`,
  'u',
);

const ASCII = /^[\0-\x7f]*$/;
const ACCENTS = /[\u0300-\u036f]/g;

/** A word as it is compared: without case and accents. */
const foldWord = (word: string): string => {
  const folded = ASCII.test(word)
    ? word.toLowerCase()
    : word.normalize('NFKD').replace(ACCENTS, '').normalize('NFC').toLowerCase();
  return folded.length <= MAX_WORD ? folded : folded.slice(0, MAX_WORD).replace(/[\uD800-\uDBFF]$/, '');
};

/** A name in a text: its parts, and all of them written together, where there are several. */
export interface Name {
  readonly words: readonly Word[];
  readonly together: string | undefined;
}

/** The parts of a name, in order. */
const partsOf = (name: string, start: number): Word[] => {
  if (PLAIN.test(name)) return [{ text: name.toLowerCase().slice(0, MAX_WORD), start, end: start + name.length }];
  const words: Word[] = [];
  let at = start;
  for (const part of name.split(SEAMS)) {
    if (name[at - start] === '-' || name[at - start] === '_') at++;
    const text = foldWord(part);
    if (text !== '') words.push({ text, start: at, end: at + part.length });
    at += part.length;
  }
  return words;
};

/** The names in a text, in order; an ordinary word is a name of one part. */
export const namesIn = (text: string): Name[] => {
  const names: Name[] = [];
  for (const { 0: name, index } of text.matchAll(ASCII.test(text) ? ASCII_NAME : NAME)) {
    const words = partsOf(name, index);
    if (words.length > 0) names.push({ words, together: words.length === 1 ? undefined : togetherOf(name, words) });
  }
  return names;
};

const togetherOf = (name: string, words: readonly Word[]): string | undefined => {
  const joined = words.map(({ text }) => text).join('');
  return words.length > MAX_PARTS || joined.length > MAX_WORD || IS_UNSPACED.test(name) ? undefined : joined;
};

/** The words of a text, in order. */
export const wordsIn = (text: string): string[] => namesIn(text).flatMap(({ words }) => words.map((word) => word.text));

/** A name written together, beside its parts. */
export interface Compound {
  readonly word: string;
  /** how long its first part is */
  readonly firstLength: number;
}

/** What is written together in a text, beside its words. */
export const compoundsIn = (text: string): Compound[] =>
  namesIn(text).flatMap(({ words: [first], together }) =>
    first === undefined || together === undefined ? [] : { word: together, firstLength: first.text.length },
  );
