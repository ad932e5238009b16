const isCounted = (link, status) => !status?.dataset.counted || link.querySelector(status.dataset.counted) !== null;

const countOf = (entries) => new Set(entries.flatMap(({ counted }) => counted ?? [])).size;

const said = ({ dataset: { one = 'entry', many = 'entries' } }, matches, all) =>
  matches === 0 ? `No ${one} matches` : `${matches} of ${all} ${all === 1 ? one : many}`;

/**
 * Filters a list as one types. The field has `data-filter="<id of the list>"` and is hidden until a script is there to serve it; entries are
 * the list's links (`a`), matched by all words of their text. Groups (`details`) open while they hold a match, and hide when they hold none.
 * The number of matches is said through an element with `data-filter-status="<id>"`, if there is one: `data-one` and `data-many` are words for
 * what is counted, `data-counted` is a selector of what a link must hold to be counted. Two links to the same address are one entry.
 */
export const enhanceFilters = (root) => {
  for (const field of root.querySelectorAll('input[data-filter]')) {
    const list = document.getElementById(field.dataset.filter);
    if (list === null) continue;
    const status = document.querySelector(`[data-filter-status="${CSS.escape(field.dataset.filter)}"]`);
    const entries = [...list.querySelectorAll('a')].map((link) => ({
      item: link.closest('li') ?? link,
      text: link.textContent.toLowerCase(),
      counted: isCounted(link, status) ? link.href : undefined,
    }));
    const all = countOf(entries);
    const groups = [...list.querySelectorAll('details')].map((details) => ({
      details,
      item: details.closest('li') ?? details,
      wasOpen: details.open,
    }));
    const apply = () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      const matches = entries.filter(({ text }) => words.every((word) => text.includes(word)));
      for (const { item } of entries) item.hidden = true;
      for (const { item } of matches) item.hidden = false;
      // An entry below another one shows with it.
      for (const { item } of entries) if (!item.hidden) revealParents(item, list);
      for (const { details, item, wasOpen } of groups) {
        item.hidden = details.querySelector('li:not([hidden])') === null;
        details.open = words.length > 0 ? !item.hidden : wasOpen;
      }
      if (status !== null) status.textContent = words.length > 0 ? said(status, countOf(matches), all) : '';
    };
    field.closest('[hidden]')?.removeAttribute('hidden');
    field.addEventListener('input', apply);
    field.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || field.value === '') return;
      event.preventDefault();
      field.value = '';
      apply();
    });
    if (field.value !== '') apply();
  }
};

const revealParents = (item, list) => {
  for (let parent = item.parentElement; parent !== null && parent !== list; parent = parent.parentElement) parent.hidden = false;
};
