/** Long enough that not every letter asks the server, short enough that nobody waits. */
const PAUSE_MS = 120;

const load = async (field, text) => {
  const url = new URL(field.form.action);
  url.searchParams.set(field.name, text);
  url.searchParams.set('fragment', '1');
  const response = await fetch(url, { headers: { Accept: 'text/html' }, credentials: 'same-origin' });
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  return [...page.body.childNodes].map((node) => document.importNode(node, true));
};

const said = (count) => (count === 0 ? 'No operation matches' : `${count} found`);

const enhance = (field, navigation, status) => {
  const found = document.createElement('div');
  found.hidden = true;
  navigation.after(found);
  let turn = 0;
  let timer;
  const show = (nodes) => {
    found.replaceChildren(...nodes);
    found.hidden = nodes.length === 0;
    navigation.hidden = nodes.length > 0;
    status.textContent = nodes.length > 0 ? said(found.querySelectorAll('a').length) : '';
  };
  const search = async () => {
    const mine = ++turn;
    const text = field.value.trim();
    try {
      const nodes = text === '' ? [] : await load(field, text);
      // What was typed since is asked for already.
      if (mine === turn) show(nodes);
    } catch {
      // The form is still there: Enter searches.
      if (mine === turn) show([]);
    }
  };
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE_MS);
  });
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || field.value === '') return;
    event.preventDefault();
    field.value = '';
    void search();
  });
};

/**
 * Searches on the server as one types, where the page holds only some of the operations. The field has `data-find="<id of the navigation>"`,
 * in the place of which what is found is shown; its form is asked with `fragment=1`. How many there are is said through an element with
 * `data-filter-status="<id>"`.
 */
export const enhanceFind = (root) => {
  for (const field of root.querySelectorAll('input[data-find]')) {
    const navigation = document.getElementById(field.dataset.find);
    const status = document.querySelector(`[data-filter-status="${CSS.escape(field.dataset.find)}"]`);
    if (navigation !== null && status !== null) enhance(field, navigation, status);
  }
};
