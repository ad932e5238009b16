import type { Candidate } from './candidate.ts';
import type { EntryKind } from './entry.ts';
import type { Query, Term } from './query.ts';

/** Between equals, what leads further comes first. */
const KIND_BONUS: Readonly<Record<EntryKind, number>> = { product: 4, document: 3, operation: 2, schema: 1, version: 0 };

/** How well names fit: one is just that, or its plural; all terms are words of them; beginnings of words; at most some of the terms. */
const CALLED = 1000;
const NEARLY_CALLED = 800;
const WORDS = 600;
const BEGINNINGS = 300;
/** The most that is given for how much of a name was asked for, for terms that are names only in part, and for prose. */
const COVERAGE = 150;
const PARTLY = 100;
const PROSE = 50;

const DEPRECATED = 160;

/** A name that goes on for no more letters is nearly what was looked for, if that was not too short. */
const MORE_LETTERS = 2;
const LEAST_LETTERS = 4;

type Fit = 'word' | 'beginning' | undefined;

/** How a term stands in a line of words. */
const fitIn = (line: string, { words, isBegun, instead }: Term): Fit => {
  const fits = [words.join(' '), ...instead].map((text): Fit => {
    if (line.includes(` ${text} `)) return 'word';
    return isBegun && line.includes(` ${text}`) ? 'beginning' : undefined;
  });
  return fits.find((fit) => fit === 'word') ?? fits.find((fit) => fit !== undefined);
};

/** Whether a line is what was looked for but for its last letters. */
const isNearly = (line: string, query: Query): boolean => {
  const wanted = query.flatMap(({ words }) => words).join(' ');
  const more = line.startsWith(wanted) && query.at(-1)?.isBegun ? line.slice(wanted.length) : undefined;
  return wanted.length >= LEAST_LETTERS && more !== undefined && more.length <= MORE_LETTERS && !more.includes(' ');
};

/** How well a candidate fits: names before prose, whole words before beginnings, short names before long ones. */
export const rankOf = ({ kind, nameKey, deprecated, score }: Candidate, query: Query): number => {
  const base = KIND_BONUS[kind] - (deprecated ? DEPRECATED : 0);
  const wanted = query.flatMap(({ words }) => words).join('');
  const lines = nameKey === '' ? [] : nameKey.split('\n');
  if (lines.some((line) => line.replaceAll(' ', '') === wanted)) return base + CALLED;
  if (lines.some((line) => isNearly(line, query))) return base + NEARLY_CALLED;
  let best = 0;
  for (const line of lines) {
    const padded = ` ${line} `;
    const fits = query.map((term) => fitIn(padded, term));
    const found = fits.filter((fit) => fit !== undefined).length;
    const coverage = COVERAGE * Math.min(1, wanted.length / line.length);
    let points = (PARTLY * found) / query.length;
    if (found === query.length) points = (fits.includes('beginning') ? BEGINNINGS : WORDS) + coverage;
    best = Math.max(best, points);
  }
  return base + best + PROSE * (score / (1 + Math.abs(score)));
};

/** Candidates in the order in which they are shown. */
export const inOrder = (candidates: readonly Candidate[], query: Query): Candidate[] =>
  candidates
    .map((candidate) => ({ candidate, rank: rankOf(candidate, query) }))
    .sort((a, b) => b.rank - a.rank || a.candidate.id - b.candidate.id)
    .map(({ candidate }) => candidate);
