import { diffLines, diffWordsWithSpace } from 'diff';

/** A piece of a line. */
export interface DiffPart {
  readonly text: string;
  /** whether the other text has not got it */
  readonly isChanged: boolean;
}

/** A line of either text or of both, with its number in each. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly before?: number;
  readonly after?: number;
  readonly parts: readonly DiffPart[];
}

/** What differs between two texts: places, each with some lines around it. */
export interface TextDiff {
  readonly places: readonly (readonly DiffLine[])[];
  readonly added: number;
  readonly removed: number;
  /** whether there is more than is shown */
  readonly isCut: boolean;
}

/** Lines around what differs. */
const CONTEXT = 3;
const MAX_LINES = 2_000;
/** Texts that differ in more lines are not compared further: everything is taken as removed and added. */
const MAX_EDITS = 2_000;
const MAX_WORD_EDITS = 200;
const MAX_LINE_LENGTH = 2_000;
/** Lines that have less of each other than this are two lines, not one that was changed. */
const MIN_SHARED = 0.3;

const whole = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

const linesOf = (text: string): string[] => text.split('\n').slice(0, -1);

interface Block {
  readonly kind: DiffLine['kind'];
  readonly lines: readonly string[];
}

const blocksOf = (before: string, after: string): Block[] => {
  const changes = diffLines(before, after, { maxEditLength: MAX_EDITS });
  if (changes === undefined)
    return [
      { kind: 'removed', lines: linesOf(before) },
      { kind: 'added', lines: linesOf(after) },
    ];
  return changes.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    lines: linesOf(value),
  }));
};

const unchanged = (text: string): DiffPart[] => [{ text, isChanged: false }];

/** A line before and after: the words that differ are marked, as long as enough of it stayed. */
const compareLines = (before: string, after: string): { before: DiffPart[]; after: DiffPart[] } => {
  const plain = { before: unchanged(before), after: unchanged(after) };
  if (before.length > MAX_LINE_LENGTH || after.length > MAX_LINE_LENGTH) return plain;
  const changes = diffWordsWithSpace(before, after, { maxEditLength: MAX_WORD_EDITS });
  if (changes === undefined) return plain;
  const shared = changes.filter(({ added, removed }) => !added && !removed).reduce((sum, { value }) => sum + value.length, 0);
  if (shared < MIN_SHARED * Math.max(before.length, after.length)) return plain;
  return {
    before: changes.filter(({ added }) => !added).map(({ value, removed }) => ({ text: value, isChanged: removed })),
    after: changes.filter(({ removed }) => !removed).map(({ value, added }) => ({ text: value, isChanged: added })),
  };
};

/** All lines of both texts; a line that was replaced by another is compared with it. */
const allLines = (blocks: readonly Block[]): DiffLine[] => {
  const lines: DiffLine[] = [];
  let before = 1;
  let after = 1;
  blocks.forEach(({ kind, lines: own }, at) => {
    const partner = kind === 'removed' ? blocks[at + 1] : kind === 'added' ? blocks[at - 1] : undefined;
    const isReplaced = partner?.kind === (kind === 'removed' ? 'added' : 'removed');
    own.forEach((text, index) => {
      const other = isReplaced ? partner?.lines[index] : undefined;
      if (kind === 'same') lines.push({ kind, before: before++, after: after++, parts: unchanged(text) });
      else if (kind === 'removed')
        lines.push({ kind, before: before++, parts: other === undefined ? unchanged(text) : compareLines(text, other).before });
      else lines.push({ kind, after: after++, parts: other === undefined ? unchanged(text) : compareLines(other, text).after });
    });
  });
  return lines;
};

/** The places where something differs, with the lines around them; those that touch are one. */
const placesOf = (lines: readonly DiffLine[]): DiffLine[][] => {
  const places: DiffLine[][] = [];
  let end = 0;
  lines.forEach(({ kind }, at) => {
    if (kind === 'same' || at < end) return;
    let last = at;
    for (let next = at; next < Math.min(last + 2 * CONTEXT + 2, lines.length); next++)
      if (lines[next]?.kind !== 'same') last = next;
    const start = Math.max(at - CONTEXT, end);
    end = Math.min(last + CONTEXT + 1, lines.length);
    places.push(lines.slice(start, end));
  });
  return places;
};

const count = (lines: readonly DiffLine[], wanted: DiffLine['kind']): number =>
  lines.filter(({ kind }) => kind === wanted).length;

/** What differs between two texts: by lines, and by words in lines that were changed. */
export const compareTexts = (before: string, after: string): TextDiff => {
  const lines = allLines(blocksOf(whole(before), whole(after)));
  const places: DiffLine[][] = [];
  let room = MAX_LINES;
  for (const place of placesOf(lines)) {
    if (room <= 0) break;
    places.push(place.slice(0, room));
    room -= place.length;
  }
  return { places, added: count(lines, 'added'), removed: count(lines, 'removed'), isCut: room < 0 };
};
