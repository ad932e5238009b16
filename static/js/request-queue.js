/** The approval queue by keyboard: what the page's links and buttons do, at the keys that they are marked with. */

const isTyping = (target) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('textarea, select, input:not([type="checkbox"])'));

const queue = document.querySelector('[data-queue]');
const selected = queue?.querySelector('.queue-item-selected');
const reason = document.querySelector('.queue-decision textarea');

const ACTS = {
  r: () => reason?.focus(),
  x: () => selected?.querySelector('input[type="checkbox"]')?.click(),
};

document.addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === 'Enter' && event.target === reason) {
    event.preventDefault();
    document.querySelector('.queue-decision button[value="reject"]')?.click();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
  const act = ACTS[event.key] ?? (() => document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click());
  if (!/^[a-z]$/.test(event.key)) return;
  event.preventDefault();
  act();
});

for (const hint of document.querySelectorAll('[data-keys]')) hint.hidden = false;
selected?.scrollIntoView({ block: 'nearest' });

/** Whoever chooses several wants to decide about them. */
queue?.querySelector('.queue-items')?.addEventListener('change', ({ currentTarget }) => {
  const many = queue.querySelector('.queue-many');
  if (many) many.open ||= currentTarget.querySelectorAll(':checked').length > 0;
});

/** A decision that can no longer be undone offers nothing any more. */
const undo = document.querySelector('.queue-undo');
if (undo) {
  const left = new Date(undo.dataset.until).getTime() - Date.now();
  setTimeout(() => undo.remove(), Math.max(left, 0));
}
