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

/** How a term stands in a line of words, which has a space at both ends. */
const fitOf = ({ words, isBegun, instead }: Term): ((line: string) => Fit) => {
  const texts = [words.join(' '), ...instead].map((text) => ({ begun: ` ${text}`, whole: ` ${text} ` }));
  return (line) => {
    let fit: Fit;
    for (const { begun, whole } of texts) {
      if (!line.includes(begun)) continue;
      if (line.includes(whole)) return 'word';
      if (isBegun) fit = 'beginning';
    }
    return fit;
  };
};

/** Whether a line is what was looked for but for its last letters. */
const isNearly = (line: string, wanted: string): boolean => {
  if (wanted.length < LEAST_LETTERS || !line.startsWith(wanted)) return false;
  const more = line.slice(wanted.length);
  return more.length <= MORE_LETTERS && !more.includes(' ');
};

/** How well a candidate fits: names before prose, whole words before beginnings, short names before long ones. */
const rankFor = (query: Query): ((candidate: Candidate) => number) => {
  const words = query.flatMap(({ words }) => words);
  const [wanted, together] = [words.join(' '), words.join('')];
  const isBegun = query.at(-1)?.isBegun === true;
  const terms = query.map(fitOf);
  const pointsOf = (line: string): number => {
    const padded = ` ${line} `;
    let [found, begun] = [0, 0];
    for (const fitIn of terms) {
      const fit = fitIn(padded);
      if (fit !== undefined) found++;
      if (fit === 'beginning') begun++;
    }
    if (found < terms.length) return (PARTLY * found) / terms.length;
    return (begun > 0 ? BEGINNINGS : WORDS) + COVERAGE * Math.min(1, together.length / line.length);
  };
  // Most lines are told by their first letter not to be it.
  const isCalled = (line: string): boolean => line[0] === together[0] && line.replaceAll(' ', '') === together;
  return ({ kind, nameKey, deprecated, score }) => {
    const base = KIND_BONUS[kind] - (deprecated ? DEPRECATED : 0);
    const lines = nameKey === '' ? [] : nameKey.split('\n');
    if (lines.some(isCalled)) return base + CALLED;
    if (isBegun && lines.some((line) => isNearly(line, wanted))) return base + NEARLY_CALLED;
    return base + Math.max(0, ...lines.map(pointsOf)) + PROSE * (score / (1 + Math.abs(score)));
  };
};

/** Candidates in the order in which they are shown. */
export const inOrder = (candidates: readonly Candidate[], query: Query): Candidate[] => {
  const rankOf = rankFor(query);
  return candidates
    .map((candidate) => ({ candidate, rank: rankOf(candidate) }))
    .sort((a, b) => b.rank - a.rank || a.candidate.id - b.candidate.id)
    .map(({ candidate }) => candidate);
};
