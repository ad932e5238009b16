import { inlineSource } from './inline-source.ts';

/**
 * Asks for what a page does not need for its first picture, once that has been shown: what browsers do for it, they do at the cost of that
 * picture. First the whole of each stylesheet of which the page carries a part, `<style data-part-of="…">`: scripts may bring what the part
 * says nothing about. It takes the place of the part, so nothing looks otherwise meanwhile. Then the scripts, each named by an element
 * `<meta name="script" content="…">`, which is there until it has run, or cannot be had.
 */
export const AFTER_FIRST_PICTURE = `addEventListener('DOMContentLoaded', () => requestAnimationFrame(() => setTimeout(async () => {
  const coming = (element, given) => new Promise((resolve) => {
    element.onload = element.onerror = ({ type }) => resolve(type === 'load');
    Object.assign(element, given);
  });
  await Promise.all(Array.from(document.querySelectorAll('style[data-part-of]'), async (part) => {
    const whole = document.createElement('link');
    const come = coming(whole, { rel: 'stylesheet', href: part.dataset.partOf });
    part.after(whole);
    if (await come) part.remove();
  }));
  for (const named of document.querySelectorAll('meta[name="script"]')) {
    const script = document.createElement('script');
    coming(script, { type: 'module', async: false, src: named.content }).then(() => named.remove());
    document.head.append(script);
  }
})))`;

/** Names it in the policy of a page that holds it. */
export const AFTER_FIRST_PICTURE_SOURCE = inlineSource(AFTER_FIRST_PICTURE);
