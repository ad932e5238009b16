import type { DiffLine, TextDiff } from '../../../rendering/text-diff/index.ts';

const SIGNS = { same: '', removed: '−', added: '+' } as const;

const lineModel = ({ kind, before, after, parts }: DiffLine) => ({
  ...{ kind, sign: SIGNS[kind], parts },
  ...{ before: before ?? '', after: after ?? '' },
});

const lines = (count: number, what: string): string => `${count.toLocaleString('en')} ${count === 1 ? 'line' : 'lines'} ${what}`;

/** What differs between two texts, for the macro `diff`. */
export const diffModel = ({ places, added, removed, isCut }: TextDiff) => ({
  places: places.map((place) => place.map(lineModel)),
  summary: added + removed === 0 ? 'The texts are the same.' : `${lines(added, 'added')}, ${lines(removed, 'removed')}.`,
  isCut,
});
