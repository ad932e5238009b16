import { expect, it } from 'vitest';
import { excerptOf, highlighted, type Piece } from '../../../src/domain/search/excerpt.ts';
import { readQuery } from '../../../src/domain/search/query.ts';

const marked = (pieces: readonly Piece[]): string => pieces.map(({ text, isHit }) => (isHit ? `[${text}]` : text)).join('');
const inTitle = (title: string, text: string): string => marked(highlighted(title, readQuery(text)));

it('marks words by their beginnings, whatever their case and accents', () => {
  expect(inTitle('Whales, and the élan of whale-watchers', 'whal elan')).toBe('[Whales], and the [élan] of [whale-watchers]');
  expect(inTitle('Whales', 'whales whale')).toBe('[Whales]');
  expect(inTitle('Seals', 'whale')).toBe('Seals');
});

it('marks a phrase where all of it stands, its last word whole, and again where it begins anew', () => {
  expect(inTitle('The blue whale, a whale of blue, blue whales', '"blue whale"')).toBe(
    'The [blue] [whale], a whale of blue, blue whales',
  );
  expect(inTitle('no no no yes', '"no no yes"')).toBe('no [no] [no] [yes]');
  expect(inTitle('blue', '"blue whale"')).toBe('blue');
});

it('marks a name as a whole, whether it was typed in parts or together', () => {
  expect(inTitle('listPets and list_pets', 'listpets')).toBe('[listPets] and [list_pets]');
  expect(inTitle('userId', 'user_i')).toBe('[userId]');
});

it('shows of a long text what is around the first hit', () => {
  const text = `${'seal '.repeat(40)}whale ${'krill '.repeat(60)}`;
  const shown = marked(excerptOf(text, readQuery('whale')));
  expect(shown).toMatch(/^…seal (seal )+\[whale\] krill (krill )*krill…$/);
});
