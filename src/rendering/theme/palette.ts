import {
  AA_CONTROL,
  AA_TEXT,
  backgroundFor,
  type Color,
  contrast,
  ink,
  luminance,
  mix,
  over,
  parseColor,
  readable,
  toHex,
  WHITE,
} from './color.ts';
import { BUILT_IN_THEMES, type ColorVariable, type ThemeColors } from './defaults.ts';
import { NEUTRAL } from './neutral.ts';

export type Mode = 'light' | 'dark';

/** Values of the colour tokens, by name without `--color-`; each `#rrggbb`. */
export type Palette = Readonly<Record<string, string>>;

/** A hue for text in each mode, and a purer one for soft backgrounds in light mode, where the darkness of text would make them grey. */
interface Tone extends Readonly<Record<Mode, string>> {
  readonly soft: string;
}

/** The hues of states and HTTP methods before they are fitted to the backgrounds of a theme. */
const TONES: Readonly<Record<string, Tone>> = {
  success: { light: '#17743a', dark: '#5fd08a', soft: '#1fae57' },
  warning: { light: '#8a5a00', dark: '#e3b341', soft: '#f5a900' },
  danger: { light: '#bb2528', dark: '#ff8a80', soft: '#ee4444' },
  info: { light: '#1c5fb8', dark: '#7ab7ff', soft: '#3b86f6' },
  'method-get': { light: '#1c5fb8', dark: '#7ab7ff', soft: '#3b86f6' },
  'method-post': { light: '#17743a', dark: '#5fd08a', soft: '#1fae57' },
  'method-put': { light: '#8a5a00', dark: '#e3b341', soft: '#f5a900' },
  'method-patch': { light: '#6b46c1', dark: '#b79cff', soft: '#8b5cf6' },
  'method-delete': { light: '#bb2528', dark: '#ff8a80', soft: '#ee4444' },
  'method-other': { light: '#4a5568', dark: '#a8b3c4', soft: '#64748b' },
};

/** How much of a tone its soft background holds. */
const SOFT_SHARE: Readonly<Record<Mode, number>> = { light: 0.1, dark: 0.15 };

/** The contrast that black or white keeps on every surface, where the page's own background allows it. */
const WISHED_CONTRAST = 7;

/** The luminance at which black and white stand out equally. */
const MIDDLE_LUMINANCE = 0.179;

const read = (variable: ColorVariable | undefined, fallback: ColorVariable): Color =>
  parseColor(variable?.value ?? '') ?? parseColor(fallback.value) ?? WHITE;

/** Reads every colour of a theme; those that are no colours are taken from the built-in theme of the same mode. */
const reader = (colors: ThemeColors, mode: Mode) => {
  const fallback = mode === 'light' ? BUILT_IN_THEMES.mint_rocket : BUILT_IN_THEMES.dark_mode;
  return {
    section: (name: keyof ThemeColors['section']): Color => read(colors.section[name], fallback.section[name]),
    text: (name: keyof ThemeColors['text']): Color => read(colors.text[name], fallback.text[name]),
    button: (name: keyof ThemeColors['button']): Color => read(colors.button[name], fallback.button[name]),
  };
};

const isOf = (mode: Mode, background: ColorVariable): boolean => {
  const color = parseColor(background.value);
  return color !== undefined && luminance(over(color, WHITE)) > MIDDLE_LUMINANCE === (mode === 'light');
};

/** Whether a theme is a light or a dark one, by the background of its pages. */
export const modeOf = (colors: ThemeColors): Mode => (isOf('dark', colors.section.body) ? 'dark' : 'light');

/** Text as it was chosen if it can be read there, else the first of the others that can, else black or white. */
const legible = (chosen: Color, background: Color, others: readonly Color[]): Color =>
  [chosen, ...others].map((color) => over(color, background)).find((color) => contrast(color, background) >= AA_TEXT) ??
  ink([background]);

/** The soft backgrounds and the readable colours of all tones. */
const tones = (mode: Mode, body: Color, backgrounds: readonly Color[], minimum: number): Record<string, Color> => {
  const fitted: Record<string, Color> = {};
  for (const [name, tone] of Object.entries(TONES)) {
    const color = parseColor(tone[mode]) ?? ink([body]);
    const hue = (mode === 'light' ? parseColor(tone.soft) : undefined) ?? color;
    const soft = backgroundFor(ink([body]), { ...hue, alpha: SOFT_SHARE[mode] }, body, minimum);
    fitted[name] = readable(color, [...backgrounds, soft]);
    fitted[`${name}-soft`] = soft;
  }
  return fitted;
};

/**
 * The colour tokens of a theme in one mode. Colours are kept as they were chosen wherever text stays readable at WCAG AA; where it would
 * not, surfaces move towards the page's background, links and buttons get darker or lighter, and text becomes the strongest that fits.
 */
export const paletteOf = (colors: ThemeColors, mode: Mode): Palette => {
  const { section, text, button } = reader(colors, mode);
  const body = over(section('body'), WHITE);
  const strongest = ink([body]);
  const minimum = Math.max(AA_TEXT, Math.min(WISHED_CONTRAST, contrast(strongest, body) * 0.9));
  const surfaceOf = (color: Color): Color => backgroundFor(strongest, color, body, minimum);
  const surface = surfaceOf(section('accent'));
  const raised = surfaceOf(section('tertiary'));
  const selected = surfaceOf({ ...text('link'), alpha: SOFT_SHARE[mode] });
  const backgrounds = [body, surface, raised, selected];

  const main = readable(text('primary'), backgrounds);
  const headings = readable(text('headings'), backgrounds);
  const supporting = over(text('secondary'), body);
  const tellsApart = contrast(supporting, body) < contrast(main, body) * 0.95;
  const muted = readable(tellsApart ? supporting : mix(main, body, 0.28), backgrounds);

  const label = over(button('primary_text'), over(button('primary_fill'), body));
  const primary = readable(over(button('primary_fill'), body), [label]);
  const border = over(section('stroke'), body);
  const part = (name: 'header' | 'hero' | 'footer'): Record<string, Color> => {
    const background = over(section(name), body);
    return {
      [`${name}-bg`]: background,
      [`${name}-text`]: legible(text(name), background, [headings, main]),
      [`${name}-border`]: over(section('stroke'), background),
    };
  };

  const palette: Record<string, Color> = {
    bg: body,
    surface,
    'surface-raised': raised,
    selected,
    border,
    'border-strong': readable(border, backgrounds, AA_CONTROL),
    text: main,
    headings,
    'text-muted': muted,
    link: readable(text('link'), backgrounds),
    accent: readable(text('accent'), backgrounds),
    focus: readable(text('link'), backgrounds, AA_CONTROL),
    primary,
    'primary-hover': mix(primary, ink([label]), 0.14),
    'on-primary': label,
    ...part('header'),
    ...part('hero'),
    ...part('footer'),
    ...tones(mode, body, backgrounds, minimum),
  };
  return Object.fromEntries(Object.entries(palette).map(([name, color]) => [name, toHex(color)]));
};

/** The contrast of a brand's colours in the mode that they were not chosen for: the least that AA allows would look dull there. */
const VIVID_CONTRAST = 6.5;

/**
 * The same brand in the other mode: neutral ground with this theme's links and buttons, and with those of its header, hero and footer that
 * are of that mode already: a dark hero stays as it is in the dark.
 */
export const counterpart = (colors: ThemeColors): ThemeColors => {
  const mode = modeOf(colors) === 'light' ? 'dark' : 'light';
  const ground = NEUTRAL[mode];
  const kept = (['header', 'hero', 'footer'] as const).filter((name) => isOf(mode, colors.section[name]));
  const pick = <Value>(values: Readonly<Record<'header' | 'hero' | 'footer', Value>>): Record<string, Value> =>
    Object.fromEntries(kept.map((name) => [name, values[name]]));
  const body = read(ground.section.body, ground.section.body);
  const vivid = (variable: ColorVariable, fallback: ColorVariable): ColorVariable => ({
    value: toHex(readable(over(read(variable, fallback), body), [body], VIVID_CONTRAST)),
  });
  const link = vivid(colors.text.link, ground.text.link);
  const accent = vivid(colors.text.accent, ground.text.accent);
  return {
    section: { ...ground.section, ...pick(colors.section) },
    text: { ...ground.text, link, accent, ...pick(colors.text) },
    button: colors.button,
  };
};
