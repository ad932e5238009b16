import type { Assets } from '../../../http/static-assets.ts';
import {
  appearanceDefaults,
  type ColorVariable,
  fontsOf,
  parseColor,
  type ThemeColors,
  type ThemeSettings,
  themeCss,
} from '../../../rendering/theme/index.ts';

/** The colours of a portal's theme, as its operator set them. */
export const colorsOf = ({ theme_name, custom_theme }: ThemeSettings): ThemeColors => {
  const { themes } = appearanceDefaults();
  if (theme_name === 'custom') return custom_theme?.colors ?? themes.mint_rocket.colors;
  return themes[theme_name].colors;
};

/** The names that portal clients know colours by, and their values; a value that is no colour is left out. */
const clientColors = ({ section, text, button }: ThemeColors): [name: string, value: string][] => {
  const named: [string, ColorVariable][] = [
    ...Object.entries<ColorVariable>(section).map(([name, color]): [string, ColorVariable] => [`section_colors-${name}`, color]),
    ...Object.entries<ColorVariable>(text).map(([name, color]): [string, ColorVariable] => [`text_colors-${name}`, color]),
    ['button_colors-primary-fill', button.primary_fill],
    ['button_colors-primary-text', button.primary_text],
  ];
  return named.flatMap(([name, { value }]) => {
    const color = parseColor(value);
    if (!color) return [];
    const { red, green, blue, alpha } = color;
    return [[name, `rgb(${red} ${green} ${blue} / ${alpha})`]];
  });
};

/**
 * A portal's theme as CSS: the tokens of the pages served from here, and the variables and classes that portal clients are written
 * against. Nothing of the settings is printed as it is: colours are parsed.
 */
export const clientStylesheet = (settings: ThemeSettings): string => {
  const colors = clientColors(colorsOf(settings));
  const variables = colors.map(([name, value]) => `  --${name}: ${value};\n`).join('');
  const classes = colors.map(
    ([name]) => `.color-${name} { color: var(--${name}); }\n.bg-${name} { background-color: var(--${name}); }\n`,
  );
  return `${themeCss(settings)}:root {\n${variables}}\n${classes.join('')}`;
};

/** A portal's fonts as CSS; they are served from here. Empty while it uses those of the system. */
export const clientFonts = (assets: Pick<Assets, 'fontFaceCss'>, settings: ThemeSettings): string =>
  assets.fontFaceCss(fontsOf(settings));
