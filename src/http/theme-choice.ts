import type { Request } from 'express';
import { readCookie } from './cookies.ts';

const THEMES: readonly string[] = ['light', 'dark', 'system'];

/** Where the switch keeps what a visitor chose (`static/js/theme.js`): a cookie, so that pages come in that look, and no script has to change it. */
const COOKIE = 'theme';

/** How a visitor chose to see pages: in the light, in the dark, or as their system says; undefined until they do. */
export const chosenTheme = (req: Request): string | undefined => {
  const chosen = readCookie(req, COOKIE);
  return chosen !== undefined && THEMES.includes(chosen) ? chosen : undefined;
};

const SHOWN = /(?<=^\s*<!doctype html>\s*<html [^>]*\bdata-theme=")\w+/;

/** A page as its reader chose to see it. */
export const inChosenTheme = (req: Request, html: string): string => {
  const chosen = chosenTheme(req);
  return chosen === undefined ? html : html.replace(SHOWN, chosen);
};
