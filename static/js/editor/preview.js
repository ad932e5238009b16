import { createPatch } from './patch.js';

const WAIT_MS = 300;

/**
 * Scrolls a box so far that an element in it is seen, or the beginning of one that is larger. What comes into sight takes its own height only
 * then, so that it is looked at again in the next pictures.
 */
const reveal = (box, element, looks = 4) => {
  const place = element.getBoundingClientRect();
  const { top, height } = box.getBoundingClientRect();
  const isSeen = place.top >= top && (place.bottom <= top + height || (place.height > height && place.top < top + height / 2));
  if (isSeen) return;
  box.scrollTop += place.top - top - height / 4;
  if (looks > 1) requestAnimationFrame(() => reveal(box, element, looks - 1));
};

/**
 * Shows a text as portals do: the server renders it, one request at a time, the next one after a wait that grows with how long they take.
 * @param textOf the text as it is
 */
export const createPreview = (target, { address, token, textOf, say }) => {
  const patch = createPatch(target);
  let timer;
  let isAsking = false;
  let last;
  let tookMs = 0;

  const ask = async (waiting = 0) => {
    const content = textOf();
    if (isAsking || (content === last && waiting === 0)) return;
    isAsking = true;
    const fields = { _csrf: token, content, ...(waiting > 0 ? { draw: 'yes' } : {}) };
    const began = performance.now();
    try {
      const response = await fetch(address, { method: 'POST', body: new URLSearchParams(fields) });
      if (response.redirected) throw new Error('You are logged out');
      if (!response.ok) throw new Error(response.status === 413 ? 'The text is too long' : 'The server did not answer');
      const changed = patch(await response.text());
      const isTyped = last !== undefined && waiting === 0;
      if (changed && isTyped && !target.matches(':hover, :focus')) reveal(target, changed);
      last = content;
    } catch (error) {
      say(`The preview does not follow: ${error.message}.`);
      last = content;
    }
    if (waiting === 0) tookMs = performance.now() - began;
    isAsking = false;
    if (textOf() !== content) soon();
    else drawNext(waiting);
  };
  /** The text is shown before its new diagrams are: the server draws one with each more look, until there is none or nothing comes of it. */
  const drawNext = (before) => {
    const waiting = target.querySelectorAll('.diagram-pending').length;
    if (waiting > 0 && (before === 0 || waiting < before)) void ask(waiting);
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask(), Math.max(WAIT_MS, 2 * tookMs));
  };
  return { ask, soon };
};
