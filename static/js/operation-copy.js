import { write } from './copy.js';

const SHOWN_FOR_MS = 1600;

const button = (label, text) => {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'button button-quiet button-small';
  made.textContent = label;
  made.addEventListener('click', async () => {
    try {
      await write(await text());
      made.textContent = 'Copied';
    } catch {
      made.textContent = 'Could not be copied';
    }
    setTimeout(() => {
      made.textContent = label;
    }, SHOWN_FOR_MS);
  });
  return made;
};

const fetchText = async (href) => {
  const response = await fetch(href, { headers: { Accept: 'text/markdown' }, credentials: 'same-origin' });
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  return response.text();
};

/**
 * Beside the address of an operation: buttons that copy it as a curl line, and, on the page of its own that is there as Markdown too
 * (`<link rel="alternate" type="text/markdown">`), as Markdown. Of any other page that would be all of it.
 */
export const enhanceOperationCopy = (root) => {
  const markdown = root.querySelector('link[rel="alternate"][type="text/markdown"]')?.href;
  for (const operation of root.querySelectorAll('article.operation')) {
    const own = operation.querySelector('.operation-title a')?.href;
    const curl = operation.querySelector('.sample[data-lang="shell"] code');
    const buttons = [
      ...(curl === null ? [] : [button('Copy as curl', () => curl.textContent.trim())]),
      ...(own === undefined || markdown !== `${own}.md` ? [] : [button('Copy as Markdown', () => fetchText(markdown))]),
    ];
    if (buttons.length === 0) continue;
    const header = operation.querySelector('.operation-header');
    const tools = header?.querySelector('.operation-tools') ?? document.createElement('div');
    tools.classList.add('operation-tools');
    tools.append(...buttons);
    if (!tools.isConnected) header?.append(tools);
  }
};
