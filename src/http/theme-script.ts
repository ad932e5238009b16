import { inlineSource } from './inline-source.ts';

/**
 * Applies the look that the visitor chose earlier, before anything is painted; without storage the portal's own holds. It stands in the
 * page itself: a file would keep the browser from reading on until it is there.
 */
export const THEME_SCRIPT = `try {
  const choice = localStorage.getItem('theme');
  if (['light', 'dark', 'system'].includes(choice)) document.documentElement.dataset.theme = choice;
} catch {}`;

/** Names it in the policy of every page. */
export const THEME_SCRIPT_SOURCE = inlineSource(THEME_SCRIPT);
