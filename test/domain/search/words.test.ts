import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerptOf, highlighted, type Piece } from '../../../src/domain/search/excerpt.ts';
import { readQuery } from '../../../src/domain/search/query.ts';
import { allowedErrors, distance, spellingsOf } from '../../../src/domain/search/typos.ts';
import { compoundsIn, namesIn, wordsIn } from '../../../src/domain/search/words.ts';

describe('words', () => {
  it.each([
    ['listPets', ['list', 'pets'], ['listpets']],
    ['APIKey of XMLHttpRequest', ['api', 'key', 'of', 'xml', 'http', 'request'], ['apikey', 'xmlhttprequest']],
    ['OAuth2Token', ['oauth2', 'token'], ['oauth2token']],
    ['/pets/{petId}/photo_urls', ['pets', 'pet', 'id', 'photo', 'urls'], ['petid', 'photourls']],
    ['Überweisung, e-mail; v1.2', ['uberweisung', 'e', 'mail', 'v1', '2'], ['email']],
    ['支付 API', ['支', '付', 'api'], []],
    ['-- _ {}', [], []],
  ])('of %s', (text, words, together) => {
    expect([wordsIn(text), compoundsIn(text).map(({ word }) => word)]).toEqual([words, together]);
  });

  it('are the same whatever stands beside them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 200 }), (text) => {
        expect(wordsIn(`${text} é`)).toEqual([...wordsIn(text), 'e']);
      }),
    );
  });

  it('know where they stand', () => {
    const text = 'Ask über user_id’s  getPets';
    const places = namesIn(text).flatMap(({ words }) => words.map(({ start, end }) => text.slice(start, end)));
    expect(places).toEqual(['Ask', 'über', 'user', 'id', 's', 'get', 'Pets']);
  });

  it('take time in proportion to any text', () => {
    const text = `${'aB'.repeat(50_000)}${'A'.repeat(50_000)}${'_a'.repeat(50_000)}${'\u0300'.repeat(50_000)}`;
    expect(wordsIn(text).length).toBeGreaterThan(1_000);
    expect(wordsIn(text).every((word) => word.length <= 40)).toBe(true);
  });
});

describe('a query', () => {
  it('has a term for each word, name or phrase', () => {
    expect(readQuery('find  userId "as it is" “and so” GET:/x')).toEqual([
      { words: ['find'], isBegun: true, instead: [] },
      { words: ['user', 'id'], isBegun: true, instead: ['userid'] },
      { words: ['as', 'it', 'is'], isBegun: false, instead: [] },
      { words: ['and', 'so'], isBegun: false, instead: [] },
      { words: ['get', 'x'], isBegun: true, instead: [] },
    ]);
    expect(readQuery('" « ? *')).toEqual([]);
    expect(readQuery('a '.repeat(100))).toHaveLength(10);
  });
});

describe('a misspelt word', () => {
  const letter = fc.constantFrom(...'abcdefgh');
  const word = fc.array(letter, { minLength: 4, maxLength: 14 }).map((letters) => letters.join(''));
  const edit = fc.record({ kind: fc.constantFrom('drop', 'add', 'change', 'exchange'), at: fc.nat(), letter });
  const misspell = (text: string, { kind, at, letter }: { kind: string; at: number; letter: string }): string => {
    const place = at % text.length;
    const [before, after] = [text.slice(0, place), text.slice(place + 1)];
    if (kind === 'drop') return before + after;
    if (kind === 'add') return before + letter + text.slice(place);
    return kind === 'change' ? before + letter + after : before + after.slice(0, 1) + text.charAt(place) + after.slice(1);
  };

  it('has a spelling in common with what was meant, and is no further from it than letters are wrong', () => {
    fc.assert(
      fc.property(word, fc.array(edit, { minLength: 1, maxLength: 2 }), (meant, edits) => {
        const typed = edits.reduce(misspell, meant);
        const errors = distance(meant, typed);
        if (edits.length === 1) expect(errors).toBeLessThanOrEqual(1);
        fc.pre(typed.length >= 4 && errors <= Math.min(allowedErrors(meant), allowedErrors(typed)));
        const spellings = new Set(spellingsOf(meant));
        expect(spellingsOf(typed).some((spelling) => spellings.has(spelling))).toBe(true);
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });

  it.each([
    ['kitten', 'sitting', 3],
    ['ab', 'ba', 1],
    ['', 'abc', 3],
    ['same', 'same', 0],
  ])('%s is told from %s', (a, b, letters) => expect(distance(a, b)).toBe(letters));
});

describe('an excerpt', () => {
  const show = (pieces: readonly Piece[]) => pieces.map(({ text, isHit }) => (isHit ? `[${text}]` : text)).join('');

  it('shows the words around the first hit', () => {
    const text = `${'before '.repeat(40)}the Anchor\n\nis ${'after '.repeat(60)}`;
    const shown = show(excerptOf(text, readQuery('anch')));
    expect(shown).toMatch(/^…(before )+the \[Anchor\] · is (after )+after…$/);
    expect(shown.length).toBeLessThan(220);
    expect(show(excerptOf('No hit here', readQuery('anchor')))).toBe('No hit here');
    expect(excerptOf('', readQuery('anchor'))).toEqual([]);
  });

  it('marks names, phrases, and words written apart or together', () => {
    expect(show(highlighted('getUser by user_id or userid', readQuery('userId')))).toBe('getUser by [user_id] or [userid]');
    expect(show(highlighted('a b, a c, A B', readQuery('"a b"')))).toBe('[a] [b], a c, [A] [B]');
    expect(show(highlighted('listPets', readQuery('pets')))).toBe('list[Pets]');
    expect(show(highlighted('listPets', readQuery('listpe')))).toBe('[listPets]');
    expect(show(highlighted('Café', readQuery('cafe')))).toBe('[Café]');
  });
});
