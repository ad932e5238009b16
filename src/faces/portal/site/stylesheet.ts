import { createHash } from 'node:crypto';
import type { Assets } from '../../../http/static-assets.ts';
import { fontsOf, type ThemeSettings, themeCss } from '../../../rendering/theme/index.ts';

/** A portal's colours and fonts as CSS, and the hash that names it. */
export interface Stylesheet {
  readonly css: string;
  readonly hash: string;
}

const MAX_REMEMBERED = 200;
const remembered = new Map<string, Stylesheet>();

/** The stylesheet of a portal's appearance. Portals that look the same share it. */
export const stylesheetOf = (assets: Pick<Assets, 'fontFaceCss'>, appearance: ThemeSettings): Stylesheet => {
  const { theme_name, custom_theme, use_custom_fonts, custom_fonts } = appearance;
  const key = JSON.stringify([theme_name, custom_theme, use_custom_fonts, custom_fonts]);
  const known = remembered.get(key);
  if (known) return known;
  const css = `${assets.fontFaceCss(fontsOf(appearance))}${themeCss(appearance)}`;
  const sheet = { css, hash: createHash('sha256').update(css).digest('base64url').slice(0, 16) };
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(key, sheet);
  return sheet;
};

/** The stylesheet whose hash is wanted, if a page that names it was made since the start. */
export const findStylesheet = (isWanted: (hash: string) => boolean): Stylesheet | undefined =>
  [...remembered.values()].find(({ hash }) => isWanted(hash));
