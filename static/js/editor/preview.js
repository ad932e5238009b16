const WAIT_MS = 300;

/** From so many blocks on, those out of sight are left out of the layout. */
const MANY_BLOCKS = 200;

const sourceOf = (node) => node.outerHTML ?? node.textContent;

/** Replaces what differs between two versions of a page, block by block, so that everything else stays as it is: its place, its pictures. */
const patcher = (target) => {
  let shown = [...target.childNodes].map((node) => ({ node, source: sourceOf(node) }));
  return (html) => {
    const template = document.createElement('template');
    template.innerHTML = html;
    const fresh = [...template.content.childNodes].map((node) => ({ node, source: sourceOf(node) }));
    const shorter = Math.min(shown.length, fresh.length);
    let start = 0;
    while (start < shorter && shown[start].source === fresh[start].source) start += 1;
    let end = 0;
    while (end < shorter - start && shown.at(-1 - end).source === fresh.at(-1 - end).source) end += 1;
    const after = end === 0 ? null : shown.at(-end).node;
    for (const { node } of shown.slice(start, shown.length - end)) node.remove();
    const added = fresh.slice(start, fresh.length - end);
    for (const { node } of added) target.insertBefore(node, after);
    shown = [...shown.slice(0, start), ...added, ...(end === 0 ? [] : shown.slice(-end))];
    target.classList.toggle('document-preview-large', shown.length > MANY_BLOCKS);
    target.dispatchEvent(new CustomEvent('preview:changed', { bubbles: true }));
  };
};

/**
 * Shows a text as portals do: the server renders it, one request at a time, the next one after a wait that grows with how long they take.
 * @param textOf the text as it is
 */
export const createPreview = (target, { address, token, textOf, say }) => {
  const patch = patcher(target);
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
      patch(await response.text());
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
