import { rememberKey } from './console-keys.js';

/** On the only page that shows a key: keeps it for the console of this tab, for whoever wants that. */
const box = document.querySelector('[data-console-key]');
const button = box?.querySelector('button');
button?.addEventListener('click', () => {
  rememberKey(box.dataset.consoleKey, document.getElementById('key').textContent);
  box.querySelector('[role="status"]').textContent = 'This tab fills it in when you try an operation.';
  button.disabled = true;
});
if (box) box.hidden = false;
