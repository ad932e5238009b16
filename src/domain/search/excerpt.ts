import type { Query, Term } from './query.ts';
import { namesIn, type Word } from './words.ts';

/** A piece of a text; whether it is what was looked for. */
export interface Piece {
  readonly text: string;
  readonly isHit: boolean;
}

const EXCERPT_LENGTH = 200;
/** How much stands before the first hit of an excerpt. */
const LEAD = 60;
/** Longer texts are looked at up to here. */
const MAX_TEXT = 20_000;

interface Span {
  readonly start: number;
  readonly end: number;
}

const isWord = (word: string, wanted: string, isBegun: boolean): boolean => (isBegun ? word.startsWith(wanted) : word === wanted);

/** Whether a term stands in a row of words from one of them on. */
const standsAt = (words: readonly Word[], at: number, { words: wanted, isBegun }: Term): boolean => {
  const last = wanted.length - 1;
  for (let place = 0; place <= last; place++)
    if (!isWord(words[at + place]?.text ?? '', wanted[place] ?? '', isBegun && place === last)) return false;
  return true;
};

/** Where a term stands in a row of words. */
const spansOfTerm = (words: readonly Word[], term: Term): Span[] => {
  const spans: Span[] = [];
  const { length } = term.words;
  for (let at = 0; at + length <= words.length; at++) if (standsAt(words, at, term)) spans.push(...words.slice(at, at + length));
  return spans;
};

/** Where what was looked for stands in a text, in order, without overlaps. It is asked for forty texts of a page of hits, so it makes little of each word. */
const spansIn = (text: string, query: Query): Span[] => {
  const names = namesIn(text);
  const words: Word[] = [];
  for (const name of names) words.push(...name.words);
  const spans = query.flatMap((term) => spansOfTerm(words, term));
  const wholes = query.map(({ words: wanted, isBegun, instead }) => ({
    texts: wanted.length === 1 ? [...wanted, ...instead] : instead,
    isBegun,
  }));
  for (const { words: parts, together } of names) {
    const [first, last] = [parts[0], parts.at(-1)];
    if (!first || !last) continue;
    const whole = together ?? first.text;
    const isHit = wholes.some(({ texts, isBegun }) => texts.some((text) => isWord(whole, text, isBegun)));
    if (isHit) spans.push({ start: first.start, end: last.end });
  }
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  const separate: Span[] = [];
  for (const span of spans) if (span.start >= (separate.at(-1)?.end ?? 0)) separate.push(span);
  return separate;
};

const piecesOf = (text: string, spans: readonly Span[]): Piece[] => {
  const pieces: Piece[] = [];
  const add = (start: number, end: number, isHit: boolean): void => {
    if (end > start) pieces.push({ text: text.slice(start, end), isHit });
  };
  let at = 0;
  for (const { start, end } of spans) {
    add(at, start, false);
    add(start, end, true);
    at = end;
  }
  add(at, text.length, false);
  return pieces;
};

/** A text in which what was looked for is told from the rest. */
export const highlighted = (text: string, query: Query): Piece[] => piecesOf(text, spansIn(text, query));

/** The same of the part of a long text around its first hit; of its beginning where there is none. Lines are set apart by dots. */
export const excerptOf = (source: string, query: Query): Piece[] => {
  const lines = source
    .slice(0, MAX_TEXT)
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '));
  const text = lines.filter((line) => line !== '').join(' · ');
  const spans = spansIn(text, query);
  const hit = spans[0]?.start ?? 0;
  const from = hit <= LEAD ? 0 : text.indexOf(' ', hit - LEAD) + 1;
  const start = from === 0 || from > hit ? Math.max(0, from === 0 ? 0 : hit) : from;
  const rest = text.slice(start);
  const cut = rest.length <= EXCERPT_LENGTH ? rest : rest.slice(0, EXCERPT_LENGTH).replace(/\s\S*$|[\uD800-\uDBFF]$/, '');
  const inside = spans
    .filter((span) => span.start >= start && span.end <= start + cut.length)
    .map((span) => ({ start: span.start - start, end: span.end - start }));
  const pieces = piecesOf(cut, inside);
  const plain = (text: string): Piece => ({ text, isHit: false });
  return [...(start > 0 ? [plain('…')] : []), ...pieces, ...(start + cut.length < text.length ? [plain('…')] : [])];
};
