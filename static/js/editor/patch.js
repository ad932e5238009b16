/** So many blocks, and what is between them, make a part. */
const PART = 200;

const sourceOf = (node) => node.outerHTML ?? node.textContent;

const partOf = (nodes) => {
  const part = document.createElement('div');
  part.className = 'prose document-preview-part';
  part.append(...nodes);
  return part;
};

/** Parts are neither empty nor large. */
const tidy = (part) => {
  const nodes = [...part.childNodes];
  if (nodes.length === 0) part.remove();
  for (let end = nodes.length; end > 2 * PART; end -= PART) part.after(partOf(nodes.slice(end - PART, end)));
};

/**
 * Replaces what differs between two versions of a page, block by block, so that everything else stays as it is: its place, its pictures. Of a
 * large page, parts that are out of sight are left out of the layout; single blocks would be too many, as a browser looks after each of
 * them whenever it paints.
 * @returns what is given a version: its HTML; and answers the first element that is new
 */
export const createPatch = (target) => {
  let shown;
  return (html) => {
    const template = document.createElement('template');
    template.innerHTML = html;
    const fresh = [...template.content.childNodes].map((node) => ({ node, source: sourceOf(node) }));
    if (!shown) target.replaceChildren();
    shown ??= [];
    const shorter = Math.min(shown.length, fresh.length);
    let start = 0;
    while (start < shorter && shown[start].source === fresh[start].source) start += 1;
    let end = 0;
    while (end < shorter - start && shown.at(-1 - end).source === fresh.at(-1 - end).source) end += 1;
    const after = end === 0 ? null : shown.at(-end).node;
    const removed = shown.slice(start, shown.length - end).map(({ node }) => node);
    const added = fresh.slice(start, fresh.length - end);
    const place = after?.parentNode ?? target.lastElementChild ?? target.appendChild(partOf([]));
    const touched = new Set([place, ...removed.map((node) => node.parentNode)]);
    for (const node of removed) node.remove();
    const nodes = document.createDocumentFragment();
    nodes.append(...added.map(({ node }) => node));
    place.insertBefore(nodes, after);
    for (const part of touched) tidy(part);
    shown = [...shown.slice(0, start), ...added, ...(end === 0 ? [] : shown.slice(-end))];
    target.classList.toggle('document-preview-large', target.childElementCount > 1);
    target.dispatchEvent(new CustomEvent('preview:changed', { bubbles: true }));
    return added.find(({ node }) => node instanceof Element)?.node;
  };
};
