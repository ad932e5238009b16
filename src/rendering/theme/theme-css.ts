import { BUILT_IN_THEMES, type FontName, type ThemeColors, type ThemeSettings } from './defaults.ts';
import { counterpart, type Mode, modeOf, type Palette, paletteOf } from './palette.ts';

/** The fonts of the system in which the portal's own take their place until they are there; the same as in `tokens.css`. */
const SYSTEM_FONTS = 'system-ui, sans-serif';
const SYSTEM_CODE_FONTS = 'ui-monospace, monospace';
const SYSTEM_SERIF_FONTS = "Georgia, 'Times New Roman', serif";

const SERIFS: readonly FontName[] = ['Lora', 'Slabo 13px', 'Slabo 27px'];

const colorsOf = (settings: ThemeSettings): ThemeColors => {
  if (settings.theme_name === 'custom') return settings.custom_theme?.colors ?? BUILT_IN_THEMES.mint_rocket;
  return BUILT_IN_THEMES[settings.theme_name];
};

/** The mode in which a portal shows until the visitor chooses another: that of its theme. */
export const defaultMode = (settings: ThemeSettings): Mode => modeOf(colorsOf(settings));

/** The fonts that a portal's pages need from this server, each once; none while it uses those of the system. */
export const fontsOf = (settings: ThemeSettings): FontName[] => {
  if (!settings.use_custom_fonts || settings.custom_fonts === null) return [];
  const { base, code, headings } = settings.custom_fonts;
  return [...new Set([base, headings, code])];
};

const stack = (font: FontName): string => `'${font}', ${SERIFS.includes(font) ? SYSTEM_SERIF_FONTS : SYSTEM_FONTS}`;

const fontDeclarations = (settings: ThemeSettings): string[] => {
  if (!settings.use_custom_fonts || settings.custom_fonts === null) return [];
  const { base, code, headings } = settings.custom_fonts;
  return [
    `--font-base: ${stack(base)};`,
    `--font-headings: ${stack(headings)};`,
    `--font-code: '${code}', ${SYSTEM_CODE_FONTS};`,
  ];
};

/** The colours of a portal's theme in both modes, readable in each. */
export const palettesOf = (settings: ThemeSettings): Readonly<Record<Mode, Palette>> => {
  const colors = colorsOf(settings);
  const other = counterpart(colors);
  const [light, dark] = modeOf(colors) === 'light' ? [colors, other] : [other, colors];
  return { light: paletteOf(light, 'light'), dark: paletteOf(dark, 'dark') };
};

/**
 * The stylesheet of a portal's theme: colour tokens for light and dark, and its fonts, over the tokens of `tokens.css`. Font faces are apart,
 * see {@link fontsOf}. Nothing of the settings is printed as it is: colours are parsed, fonts come from a closed list.
 */
export const themeCss = (settings: ThemeSettings): string => {
  const { light, dark } = palettesOf(settings);
  const declarations = Object.entries(light).map(
    ([name, value]) => `--color-${name}: light-dark(${value}, ${dark[name] ?? value});`,
  );
  return `:root {\n  ${[...declarations, ...fontDeclarations(settings)].join('\n  ')}\n}\n`;
};
