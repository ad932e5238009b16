/** Documents are moved by dragging and by arrow keys; without this script, by buttons. */

const tree = document.querySelector('[data-tree]');
const status = document.querySelector('[data-tree-status]');
const STEPS = { ArrowUp: 'up', ArrowDown: 'down', ArrowRight: 'in', ArrowLeft: 'out' };
const DRAG_CLASSES = ['drop-before', 'drop-after', 'drop-inside'];

const itemOf = (element) => element?.closest?.('[data-document]');
const handleOf = (id) => tree.querySelector(`[data-document="${CSS.escape(id)}"] [data-handle]`);

/** Sends a move as its form does, and shows the tree that the answer holds. */
const move = async (item, fields) => {
  const { document: id } = item.dataset;
  const { action, elements } = item.querySelector('.document-steps form') ?? {};
  if (action === undefined) return;
  const body = new URLSearchParams({ _csrf: elements['_csrf'].value, ...fields });
  const response = await fetch(action, { method: 'POST', body });
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const fresh = page.querySelector('[data-tree]');
  if (!response.ok || !fresh) {
    location.reload();
    return;
  }
  tree.replaceChildren(...fresh.childNodes);
  enhance();
  handleOf(id)?.focus();
  status.textContent = page.querySelector('.message[role="status"]')?.textContent.trim() ?? '';
};

const step = (item, key) => {
  const form = item.querySelector(`:scope > .document-row form[data-step="${key}"]`);
  if (form) void move(item, { parent: form.elements['parent'].value, index: form.elements['index'].value });
};

/** Where a document would come to stand that is let go over a row: before it, after it, below it. */
const dropOf = (moved, x, y) => {
  const row = document.elementFromPoint(x, y)?.closest('.document-row');
  const over = itemOf(row);
  if (!over || !tree.contains(over) || moved.contains(over)) return undefined;
  const { top, height } = row.getBoundingClientRect();
  const part = (y - top) / height;
  return { over, kind: part < 0.3 ? 'before' : part > 0.7 ? 'after' : 'inside' };
};

const fieldsOf = (moved, { over, kind }) => {
  const others = (list) => [...(list?.children ?? [])].filter((item) => item !== moved);
  if (kind === 'inside')
    return { parent: over.dataset.document, index: others(over.querySelector(':scope > .document-tree')).length };
  const siblings = others(over.parentElement);
  const parent = itemOf(over.parentElement)?.dataset.document ?? '';
  return { parent, index: siblings.indexOf(over) + (kind === 'after' ? 1 : 0) };
};

const clearMarks = () => {
  for (const item of tree.querySelectorAll('.drop-before, .drop-after, .drop-inside')) item.classList.remove(...DRAG_CLASSES);
};

/** So near to an edge of the window it scrolls while something is dragged, the further the nearer; in pixels, at most so many with each picture. */
const EDGE = 80;
const FASTEST = 20;

/** How far to scroll for a pointer at a height, down where it is more than nothing. */
const scrollAt = (y) => {
  const beyond = Math.max(0, y - (innerHeight - EDGE)) - Math.max(0, EDGE - y);
  return Math.round((Math.max(-EDGE, Math.min(EDGE, beyond)) / EDGE) * FASTEST);
};

const drag = (handle, item) => {
  let drop;
  let pointer;
  let picture;
  const show = () => {
    clearMarks();
    drop = dropOf(item, pointer.clientX, pointer.clientY);
    drop?.over.classList.add(`drop-${drop.kind}`);
  };
  const over = (event) => {
    pointer = event;
    show();
  };
  const scroll = () => {
    const before = scrollY;
    const far = pointer ? scrollAt(pointer.clientY) : 0;
    if (far !== 0) scrollBy({ top: far, behavior: 'instant' });
    if (scrollY !== before) show();
    picture = requestAnimationFrame(scroll);
  };
  const end = ({ type }) => {
    if (picture === undefined) return;
    cancelAnimationFrame(picture);
    handle.removeEventListener('pointermove', over);
    removeEventListener('keydown', cancel, true);
    item.classList.remove('dragged');
    clearMarks();
    if (type === 'pointerup' && drop) void move(item, fieldsOf(item, drop));
    drop = pointer = picture = undefined;
  };
  const cancel = (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    end(event);
    status.textContent = 'Nothing is moved.';
  };
  handle.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    handle.setPointerCapture(event.pointerId);
    item.classList.add('dragged');
    handle.addEventListener('pointermove', over);
    addEventListener('keydown', cancel, true);
    picture = requestAnimationFrame(scroll);
  });
  handle.addEventListener('pointerup', end);
  handle.addEventListener('lostpointercapture', end);
};

const enhance = () => {
  for (const handle of tree.querySelectorAll('[data-handle]')) {
    const item = itemOf(handle);
    handle.hidden = false;
    drag(handle, item);
    handle.addEventListener('keydown', (event) => {
      const key = STEPS[event.key];
      if (key === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      step(item, key);
    });
  }
};

if (tree?.querySelector('[data-handle]')) {
  enhance();
  document.querySelector('[data-tree-keys]').hidden = false;
}
