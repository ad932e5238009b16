const load = async (href) => {
  const url = new URL(href, location.href);
  url.searchParams.set('fragment', '1');
  url.hash = '';
  const response = await fetch(url, { headers: { Accept: 'text/html' }, credentials: 'same-origin' });
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  return [...page.body.childNodes];
};

let expansions = 0;

/** Puts the frame where it reads on: the description of the property or the item that the link stands in, or below the link's own block. */
const place = (frame, link) => {
  const term = link.closest('dt');
  const description = term?.nextElementSibling;
  const block = link.closest('[data-schema-slot], p, li, h3, h4') ?? link;
  if (description?.matches('dd')) description.append(frame);
  else if (block.matches('li')) block.append(frame);
  else block.after(frame);
};

const collapse = (link) => {
  document.getElementById(link.getAttribute('aria-controls'))?.remove();
  link.removeAttribute('aria-controls');
  link.setAttribute('aria-expanded', 'false');
};

const expand = async (link) => {
  link.setAttribute('aria-busy', 'true');
  try {
    const nodes = await load(link.href);
    const frame = document.createElement('div');
    frame.id = `expanded-schema-${++expansions}`;
    frame.className = 'schema-expanded';
    // A second copy of an anchor would take links away from the first one.
    frame.append(...nodes.map((node) => document.importNode(node, true)));
    for (const element of frame.querySelectorAll('[id]')) element.removeAttribute('id');
    // Nor may what is opened in it close anything elsewhere.
    for (const details of frame.querySelectorAll('details[name]')) details.name = `${details.name}-${expansions}`;
    place(frame, link);
    link.setAttribute('aria-controls', frame.id);
    link.setAttribute('aria-expanded', 'true');
  } catch {
    location.assign(link.href);
  } finally {
    link.removeAttribute('aria-busy');
  }
};

/**
 * Links with `data-schema` open what they lead to in place: in the description of their property, or below. The address is asked for a
 * fragment (`?fragment=1`). A second press closes it. Pressed with a modifier key they stay links; so they do when the fetch fails.
 */
export const enhanceSchemas = (root) => {
  for (const link of root.querySelectorAll('a[data-schema]')) link.setAttribute('aria-expanded', 'false');
  root.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[data-schema]');
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (link.getAttribute('aria-busy') === 'true') return;
    if (link.getAttribute('aria-expanded') === 'true') collapse(link);
    else void expand(link);
  });
};
