import { createHash } from 'node:crypto';

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

/** What a policy that lets it run calls it (CSP Level 3, 2.3.1). */
export const LATER_SCRIPTS_SOURCE = `'sha256-${createHash('sha256').update(LATER_SCRIPTS).digest('base64')}'`;
