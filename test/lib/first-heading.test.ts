import { expect, it } from 'vitest';
import { firstHeading } from '../../src/lib/first-heading.ts';

it.each([
  ['# Tides', 'Tides'],
  ['before\n\n#  Tides and more \nafter', 'Tides and more'],
  ['# Tides ##', 'Tides'],
  ['# C#', 'C#'],
  ['# #\n# Tides', 'Tides'],
  ['## Second', undefined],
  ['#hash', undefined],
  ['```sh\n# a comment\n```\n\n# Tides', 'Tides'],
  ['~~~~\n```\n# a comment\n~~~\n~~~~~\n# Tides', 'Tides'],
])('finds the first heading of %j', (markdown, words) => {
  expect(firstHeading(markdown)).toBe(words);
});

it('takes no square of the length of a line', () => {
  expect(firstHeading(`# ${'#'.repeat(1_000_000)}x`)).toHaveLength(1_000_001);
  expect(firstHeading(`# a${' '.repeat(1_000_000)}b`)).toHaveLength(1_000_002);
});
