export { AA_CONTROL, AA_TEXT, type Color, contrast, parseColor, toHex } from './color.ts';
export {
  appearanceDefaults,
  BUILT_IN_THEMES,
  type ColorVariable,
  FONT_NAMES,
  type FontName,
  THEME_NAMES,
  type ThemeColors,
  type ThemeFonts,
  type ThemeName,
  type ThemeSettings,
} from './defaults.ts';
export type { Mode } from './palette.ts';
export { defaultMode, fontsOf, themeCss } from './theme-css.ts';
