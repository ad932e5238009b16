import { describe, expect, it } from 'vitest';
import {
  AA_TEXT,
  BLACK,
  backgroundFor,
  type Color,
  contrast,
  ink,
  mix,
  over,
  parseColor,
  readable,
  toHex,
  WHITE,
  worstContrast,
} from '../../../src/rendering/theme/color.ts';

const color = (text: string): Color => {
  const parsed = parseColor(text);
  if (parsed === undefined) throw new Error(`${text} is no colour`);
  return parsed;
};

describe('parseColor', () => {
  it.each([
    ['#1155CB', '#1155cb', 1],
    ['#abc', '#aabbcc', 1],
    ['#abc8', '#aabbcc', 136 / 255],
    ['#11223380', '#112233', 128 / 255],
    ['rgba(0,0,0,0.8)', '#000000', 0.8],
    ['rgb(255 128 0 / 50%)', '#ff8000', 0.5],
    ['rgb(100%, 0%, 50%)', '#ff0080', 1],
    ['hsl(120, 100%, 25%)', '#008000', 1],
    ['hsl(-120deg 100% 50%)', '#0000ff', 1],
    ['  White ', '#ffffff', 1],
    ['transparent', '#000000', 0],
  ])('reads %s', (text, hex, alpha) => {
    const parsed = color(text);
    expect(toHex(parsed)).toBe(hex);
    expect(parsed.alpha).toBeCloseTo(alpha, 5);
  });

  it.each([
    '',
    'red;}',
    '#12',
    '#12345',
    'rgb(1,2)',
    'rgb(a,b,c)',
    'url(x)',
    'rgb(0,0,0)/**/',
    'var(--x)',
    '#gggggg',
    'constructor',
  ])('refuses %j', (text) => {
    expect(parseColor(text)).toBeUndefined();
  });
});

describe('contrast', () => {
  it('is that of WCAG 2.2', () => {
    expect(contrast(BLACK, WHITE)).toBeCloseTo(21, 5);
    expect(contrast(WHITE, WHITE)).toBe(1);
    expect(contrast(color('#767676'), WHITE)).toBeCloseTo(4.54, 2);
    expect(contrast(color('#07A88D'), WHITE)).toBeCloseTo(2.97, 1);
  });

  it('is taken of what one sees of a translucent colour', () => {
    expect(toHex(over(color('rgba(0,0,0,0.5)'), WHITE))).toBe('#808080');
  });
});

describe('readable', () => {
  it('leaves a colour alone that can be read', () => {
    expect(toHex(readable(color('#1155cb'), [WHITE]))).toBe('#1155cb');
  });

  it('darkens on light and lightens on dark, and not further than needed', () => {
    const onWhite = readable(color('#07a88d'), [WHITE]);
    expect(contrast(onWhite, WHITE)).toBeGreaterThanOrEqual(AA_TEXT);
    expect(contrast(onWhite, WHITE)).toBeLessThan(AA_TEXT + 0.15);
    const onBlack = readable(color('#1155cb'), [BLACK]);
    expect(contrast(onBlack, BLACK)).toBeGreaterThanOrEqual(AA_TEXT);
    expect(contrast(onBlack, BLACK)).toBeLessThan(AA_TEXT + 0.15);
  });

  it('keeps the hue', () => {
    const { red, green, blue } = readable(color('#07a88d'), [WHITE]);
    expect(green).toBeGreaterThan(blue);
    expect(blue).toBeGreaterThan(red);
  });

  it('answers with black or white where nothing reaches the ratio', () => {
    expect([BLACK, WHITE]).toContainEqual(readable(color('#777777'), [BLACK, WHITE]));
  });
});

describe('ink', () => {
  it('always reaches AA on one background', () => {
    for (let level = 0; level < 256; level++) {
      const gray = { red: level, green: level, blue: level, alpha: 1 };
      expect(worstContrast(ink([gray]), [gray])).toBeGreaterThanOrEqual(AA_TEXT);
    }
  });
});

describe('mix', () => {
  it('begins and ends with its colours', () => {
    expect(toHex(mix(color('#123456'), WHITE, 0))).toBe('#123456');
    expect(toHex(mix(color('#123456'), WHITE, 1))).toBe('#ffffff');
    expect(toHex(mix(BLACK, WHITE, 0.5))).toBe('#636363');
  });
});

describe('backgroundFor', () => {
  it('moves a background towards the page until its text can be read', () => {
    const moved = backgroundFor(BLACK, color('#202020'), WHITE, 7);
    expect(contrast(BLACK, moved)).toBeGreaterThanOrEqual(7);
    expect(toHex(backgroundFor(BLACK, color('#f0f0f0'), WHITE, 7))).toBe('#f0f0f0');
  });
});
