export { parseColor } from './color.ts';
export { contrastWarnings } from './contrast-warnings.ts';
export {
  appearanceDefaults,
  type ColorVariable,
  FONT_NAMES,
  type FontName,
  THEME_NAMES,
  type ThemeColors,
  type ThemeFonts,
  type ThemeName,
  type ThemeSettings,
} from './defaults.ts';
export type { Palette } from './palette.ts';
export { defaultMode, fontsOf, palettesOf, themeCss } from './theme-css.ts';
