import { inlineSource } from './inline-source.ts';

/**
 * Asks for the scripts of a page once its first picture has been shown: what browsers do with scripts, they do at the cost of that picture.
 * Each is named by an element `<meta name="script" content="…">`, which is there until it has run, or cannot be had.
 */
export const LATER_SCRIPTS = `addEventListener('DOMContentLoaded', () => requestAnimationFrame(() => setTimeout(() => {
  for (const named of document.querySelectorAll('meta[name="script"]')) {
    const script = document.createElement('script');
    script.onload = script.onerror = () => named.remove();
    document.head.append(Object.assign(script, { type: 'module', async: false, src: named.content }));
  }
})))`;

/** Names it in the policy of a page that holds it. */
export const LATER_SCRIPTS_SOURCE = inlineSource(LATER_SCRIPTS);
