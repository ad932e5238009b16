import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTexts, type TextDiff } from '../../src/rendering/text-diff/index.ts';

const SIGNS = { same: ' ', removed: '-', added: '+' } as const;

/** A place as patches write it, changed words in braces. */
const print = ({ places }: TextDiff): string[] =>
  places.map((lines) =>
    lines
      .map(({ kind, parts }) => SIGNS[kind] + parts.map(({ text, isChanged }) => (isChanged ? `{${text}}` : text)).join(''))
      .join('|'),
  );

const numbers = (from: number, to: number): string => Array.from({ length: to - from + 1 }, (_, n) => `${from + n}\n`).join('');

describe('a comparison of texts', () => {
  it('marks lines, and the words of a line that changed', () => {
    const diff = compareTexts('a\nThe sea comes once a day.\nz', 'a\nThe sea comes twice a day.\nz\nend');
    expect(print(diff)).toEqual([' a|-The sea comes {once} a day.|+The sea comes {twice} a day.| z|+end']);
    expect(diff).toMatchObject({ added: 2, removed: 1, isCut: false });
  });

  it('takes a line that has nothing of the other for another one', () => {
    expect(print(compareTexts('alpha beta', '12345 67890'))).toEqual(['-alpha beta|+12345 67890']);
  });

  it('shows places, with three lines around each', () => {
    const diff = compareTexts(numbers(1, 40), numbers(1, 40).replace('10\n', 'ten\n').replace('30\n', ''));
    expect(print(diff)).toEqual([' 7| 8| 9|-10|+ten| 11| 12| 13', ' 27| 28| 29|-30| 31| 32| 33']);
    expect(diff.places[1]?.map(({ before, after }) => [before, after])).toContainEqual([31, 30]);
  });

  it('finds nothing between a text and itself', () => {
    expect(compareTexts('a\n', 'a')).toEqual({ places: [], added: 0, removed: 0, isCut: false });
  });

  it('gives up on texts that have nothing in common, and shows so much of them', () => {
    const [odd, even] = [numbers(0, 9_000).replaceAll('\n', ' odd\n'), numbers(0, 9_000).replaceAll('\n', ' even\n')];
    const diff = compareTexts(odd, even);
    expect(diff).toMatchObject({ isCut: true, added: 9_001, removed: 9_001 });
    expect(diff.places.flat().length).toBeLessThanOrEqual(2_000);
  });

  it('holds every line of both texts that the other has not got', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'long line', ''), { maxLength: 20 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { places, added, removed } = compareTexts(before, after);
        const lines = places.flat();
        expect(lines.filter(({ kind }) => kind === 'added')).toHaveLength(added);
        const lengthOf = (value: string): number => (value === '' ? 0 : value.replace(/\n$/, '').split('\n').length);
        expect(lengthOf(after) - lengthOf(before)).toBe(added - removed);
        for (const line of lines.filter(({ kind }) => kind !== 'added'))
          expect(line.parts.map(({ text }) => text).join('')).toBe(before.split('\n')[(line.before ?? 0) - 1]);
      }),
    );
  });
});
