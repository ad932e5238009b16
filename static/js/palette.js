/** How long nothing is typed before results are asked for, in milliseconds. */
const PAUSE = 120;

const isMac = () => /Mac|iP(hone|ad|od)/.test(navigator.userAgentData?.platform ?? navigator.platform);

/** The results for some words: the options of the list, and what is said of them. */
const load = async (source, words, signal) => {
  const url = new URL(source, location.href);
  url.searchParams.set('q', words);
  const response = await fetch(url, { headers: { Accept: 'text/html' }, credentials: 'same-origin', signal });
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  return {
    options: [...page.querySelectorAll('[data-palette-options] > [role="option"]')].map((node) =>
      document.importNode(node, true),
    ),
    status: page.querySelector('[data-palette-status]')?.textContent ?? '',
  };
};

/**
 * The window `dialog[data-palette="<where results are>"]` opens by Ctrl-K or Command-K, and by whatever has `data-palette-open`. It shows
 * results while one types; arrow keys choose one, Enter opens it, or all results where none is chosen. What has
 * `data-palette-hint` says by which keys it opens.
 */
export const enhancePalette = (root) => {
  const dialog = root.querySelector('dialog[data-palette]');
  if (dialog === null) return;
  const field = dialog.querySelector('input');
  const list = dialog.querySelector('[role="listbox"]');
  const status = dialog.querySelector('[role="status"]');
  let chosen = -1;
  let timer;
  let underway;

  const options = () => [...list.children];

  const choose = (index) => {
    const all = options();
    chosen = all.length === 0 ? -1 : (index + all.length) % all.length;
    for (const [at, option] of all.entries()) option.setAttribute('aria-selected', String(at === chosen));
    const option = all[chosen];
    if (option === undefined) field.removeAttribute('aria-activedescendant');
    else {
      field.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    }
  };

  /** Shows what was found; an option that was chosen stays so where it is among them. */
  const show = (found, message) => {
    const href = options()[chosen]?.href;
    for (const [at, option] of found.entries()) option.id = `${list.id}-${at}`;
    list.replaceChildren(...found);
    list.hidden = found.length === 0;
    field.setAttribute('aria-expanded', String(found.length > 0));
    status.textContent = message;
    chosen = href === undefined ? -1 : found.findIndex((option) => option.href === href);
    if (chosen < 0) field.removeAttribute('aria-activedescendant');
    else choose(chosen);
  };

  const search = async () => {
    underway?.abort();
    const words = field.value.trim();
    if (words === '') return show([], '');
    underway = new AbortController();
    const { signal } = underway;
    try {
      const found = await load(dialog.dataset.palette, words, signal);
      if (!signal.aborted) show(found.options, found.status);
    } catch {
      if (!signal.aborted) show([], 'Results cannot be shown at the moment. Enter searches all the same.');
    }
  };

  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    field.select();
  };

  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE);
  });
  field.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (event.key === 'ArrowDown') choose(chosen + 1);
      else choose(chosen < 0 ? -1 : chosen - 1);
    } else if (event.key === 'Enter' && chosen >= 0) {
      event.preventDefault();
      if (event.metaKey || event.ctrlKey) globalThis.open(options()[chosen].href, '_blank', 'noopener');
      else options()[chosen].click();
    }
  });
  // A link to a place on this very page leaves the window open else.
  list.addEventListener('click', (event) => {
    if (event.target.closest('a') && !event.metaKey && !event.ctrlKey && !event.shiftKey) dialog.close();
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog || event.target.closest('[data-palette-close]')) dialog.close();
  });
  root.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  root.addEventListener('click', (event) => {
    const opener = event.target.closest?.('[data-palette-open]');
    if (!opener || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open();
  });
  for (const hint of root.querySelectorAll('[data-palette-hint]')) hint.textContent = isMac() ? '⌘K' : 'Ctrl K';
  for (const opener of root.querySelectorAll('[data-palette-open][hidden]')) opener.hidden = false;
};
