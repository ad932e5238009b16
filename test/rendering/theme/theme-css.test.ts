import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AA_CONTROL, AA_TEXT, contrast, parseColor } from '../../../src/rendering/theme/color.ts';
import {
  appearanceDefaults,
  defaultMode,
  fontsOf,
  type ThemeColors,
  type ThemeSettings,
  themeCss,
} from '../../../src/rendering/theme/index.ts';
import { NEUTRAL } from '../../../src/rendering/theme/neutral.ts';
import { paletteOf } from '../../../src/rendering/theme/palette.ts';

const MINT = appearanceDefaults().themes.mint_rocket.colors;
const PLAIN: ThemeSettings = { theme_name: 'mint_rocket', custom_theme: null, use_custom_fonts: false, custom_fonts: null };

const custom = (value: (name: string) => string): ThemeSettings => {
  const group = <Name extends string>(variables: Readonly<Record<Name, { value: string }>>, prefix: string) =>
    Object.fromEntries(Object.keys(variables).map((name) => [name, { value: value(`${prefix}.${name}`) }])) as Record<
      Name,
      { value: string }
    >;
  const colors: ThemeColors = {
    section: group(MINT.section, 'section'),
    text: group(MINT.text, 'text'),
    button: group(MINT.button, 'button'),
  };
  return { ...PLAIN, theme_name: 'custom', custom_theme: { colors } };
};

/** Reads the stylesheet back: token → values in light and dark. */
const tokensOf = (css: string): Map<string, { light: string; dark: string }> =>
  new Map(
    [...css.matchAll(/--color-([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(([, name, light, dark]) => [
      name ?? '',
      { light: light ?? '', dark: dark ?? '' },
    ]),
  );

const SURFACES = ['bg', 'surface', 'surface-raised', 'selected'];
const TONES = [
  'success',
  'warning',
  'danger',
  'info',
  ...['get', 'post', 'put', 'patch', 'delete', 'other'].map((method) => `method-${method}`),
];
const TEXT_PAIRS: [text: string, background: string][] = [
  ...['text', 'headings', 'text-muted', 'link', 'accent', ...TONES].flatMap((text) =>
    SURFACES.map((background): [string, string] => [text, background]),
  ),
  ...TONES.map((tone): [string, string] => [tone, `${tone}-soft`]),
  ['on-primary', 'primary'],
  ['on-primary', 'primary-hover'],
  ['header-text', 'header-bg'],
  ['hero-text', 'hero-bg'],
  ['footer-text', 'footer-bg'],
];
const CONTROL_PAIRS: [line: string, background: string][] = ['border-strong', 'focus'].flatMap((line) =>
  SURFACES.map((background): [string, string] => [line, background]),
);

const tooFaint = (css: string): string[] => {
  const tokens = tokensOf(css);
  const check = (pairs: [string, string][], ratio: number): string[] =>
    pairs.flatMap(([front, back]) =>
      (['light', 'dark'] as const).flatMap((mode) => {
        const [a, b] = [parseColor(tokens.get(front)?.[mode] ?? ''), parseColor(tokens.get(back)?.[mode] ?? '')];
        if (a === undefined || b === undefined) return [`${front} or ${back} is missing`];
        const found = contrast(a, b);
        return found < ratio ? [`${mode}: ${front} on ${back} has ${found.toFixed(2)}`] : [];
      }),
    );
  return [...check(TEXT_PAIRS, AA_TEXT), ...check(CONTROL_PAIRS, AA_CONTROL)];
};

/** A sequence of colours that is the same in every run. */
const colorSequence = (seed: number): (() => string) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return `#${(state >>> 8).toString(16).padStart(6, '0')}`;
  };
};

describe('themeCss', () => {
  it.each(['mint_rocket', 'dark_mode'] as const)('of %s can be read in light and dark', (theme_name) => {
    expect(tooFaint(themeCss({ ...PLAIN, theme_name }))).toEqual([]);
  });

  it('can be read whatever colours were chosen', () => {
    for (let seed = 0; seed < 300; seed++) {
      const next = colorSequence(seed * 7919 + 1);
      const settings = custom(() => next());
      expect(tooFaint(themeCss(settings)), JSON.stringify(settings.custom_theme)).toEqual([]);
    }
  });

  it.each(['#777777', '#808080', '#ff0000', '#000000', '#ffffff', '#00ff00'])('can be read when every colour is %s', (value) => {
    expect(tooFaint(themeCss(custom(() => value)))).toEqual([]);
  });

  it('keeps chosen colours that can be read', () => {
    const tokens = tokensOf(
      themeCss(
        custom((name) =>
          name === 'section.body'
            ? '#fffaf0'
            : name === 'text.link'
              ? '#7a1fa2'
              : name.startsWith('text')
                ? '#222222'
                : '#fffaf0',
        ),
      ),
    );
    expect(tokens.get('bg')?.light).toBe('#fffaf0');
    expect(tokens.get('link')?.light).toBe('#7a1fa2');
    expect(tokens.get('text')?.light).toBe('#222222');
  });

  it('takes a colour that is none from the built-in theme, and prints nothing of it', () => {
    const css = themeCss(custom((name) => (name === 'text.link' ? 'red;} body{background:url(//evil.example)' : '#ffffff')));
    expect(css).not.toContain('evil');
    expect(tooFaint(css)).toEqual([]);
  });

  it('falls back to the built-in theme while a custom one is not given', () => {
    expect(themeCss({ ...PLAIN, theme_name: 'custom' })).toBe(themeCss(PLAIN));
  });

  it('names fonts only when they are switched on', () => {
    const custom_fonts = { base: 'Lora', code: 'IBM Plex Mono', headings: 'Lora' } as const;
    expect(themeCss({ ...PLAIN, custom_fonts })).not.toContain('--font-');
    expect(fontsOf({ ...PLAIN, custom_fonts })).toEqual([]);
    const css = themeCss({ ...PLAIN, custom_fonts, use_custom_fonts: true });
    expect(css).toContain("--font-base: 'Lora', Georgia");
    expect(css).toContain("--font-code: 'IBM Plex Mono', ui-monospace");
    expect(fontsOf({ ...PLAIN, custom_fonts, use_custom_fonts: true })).toEqual(['Lora', 'IBM Plex Mono']);
  });
});

describe('the tokens of the product itself', () => {
  const css = readFileSync(join(import.meta.dirname, '../../../static/css/tokens.css'), 'utf8');
  const tokens = tokensOf(css);

  it('are the palette of its neutral theme', () => {
    for (const mode of ['light', 'dark'] as const) {
      for (const [name, value] of Object.entries(paletteOf(NEUTRAL[mode], mode))) {
        expect(tokens.get(name)?.[mode], `--color-${name} in ${mode}`).toBe(value);
      }
    }
  });

  it('can be read, code too', () => {
    expect(tooFaint(css)).toEqual([]);
    const faint = [...tokens.keys()]
      .filter((name) => name.startsWith('code-') && !name.endsWith('bg'))
      .flatMap((name) =>
        (['light', 'dark'] as const).flatMap((mode) => {
          const front = parseColor(tokens.get(name)?.[mode] ?? '');
          const backgrounds = ['code-bg', 'code-added-bg', 'code-removed-bg'].map((back) =>
            parseColor(tokens.get(back)?.[mode] ?? ''),
          );
          return backgrounds.flatMap((back) =>
            front === undefined || back === undefined || contrast(front, back) < AA_TEXT ? [`${name} in ${mode}`] : [],
          );
        }),
      );
    expect(faint).toEqual([]);
  });
});

describe('the counterpart of a theme', () => {
  it('keeps its brand: links, buttons, and a hero that is of that mode already', () => {
    const settings = custom((name) => {
      if (name === 'section.hero') return '#0b2a3b';
      if (name.startsWith('section') || name === 'text.hero') return '#ffffff';
      return name.startsWith('button') ? '#123456' : '#0f5f6a';
    });
    const tokens = tokensOf(themeCss(settings));
    expect(tokens.get('hero-bg')).toEqual({ light: '#0b2a3b', dark: '#0b2a3b' });
    expect(tokens.get('bg')?.dark).toBe(NEUTRAL.dark.section.body.value);
    expect(tokens.get('header-bg')?.dark).toBe(NEUTRAL.dark.section.header.value);
  });
});

describe('defaultMode', () => {
  it('is that of the theme', () => {
    expect(defaultMode(PLAIN)).toBe('light');
    expect(defaultMode({ ...PLAIN, theme_name: 'dark_mode' })).toBe('dark');
    expect(defaultMode(custom(() => '#10141c'))).toBe('dark');
  });
});
