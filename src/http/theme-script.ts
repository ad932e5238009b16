import { createHash } from 'node:crypto';

/**
 * Applies the look that the visitor chose earlier, before anything is painted; without storage the portal's own holds. It stands in the
 * page itself: a file would keep the browser from reading on until it is there.
 */
export const THEME_SCRIPT = `try {
  const choice = localStorage.getItem('theme');
  if (['light', 'dark', 'system'].includes(choice)) document.documentElement.dataset.theme = choice;
} catch {}`;

/** The only script in a page that a policy lets run, named by its hash (CSP Level 3, 2.3.1): this one, to the letter. */
export const THEME_SCRIPT_SOURCE = `'sha256-${createHash('sha256').update(THEME_SCRIPT).digest('base64')}'`;
