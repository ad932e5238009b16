import { icon } from './icons.js';

const SHOWN_FOR_MS = 1600;

/** Puts text where it can be pasted from. */
export const write = async (text) => {
  if (navigator.clipboard !== undefined) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // Pages that are not served over HTTPS have no clipboard object.
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'visually-hidden';
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
  focused?.focus({ preventScroll: true });
};

const confirmCopy = (button, label) => {
  button.dataset.done = '';
  button.setAttribute('aria-label', 'Copied');
  button.replaceChildren(icon('check'));
  setTimeout(() => {
    delete button.dataset.done;
    button.setAttribute('aria-label', label);
    button.replaceChildren(icon('copy'));
  }, SHOWN_FOR_MS);
};

const copyButton = (label, text) => {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'code-copy';
  button.setAttribute('aria-label', label);
  button.append(icon('copy'));
  button.addEventListener('click', async () => {
    await write(text());
    confirmCopy(button, label);
  });
  return button;
};

/** What the button is placed in: what the server put around the block, or else a frame of our own. */
const frameOf = (block) => {
  if (block.parentElement.matches('.code-block')) return block.parentElement;
  const frame = document.createElement('div');
  frame.className = 'code-block';
  block.replaceWith(frame);
  frame.append(block);
  return frame;
};

/** Puts a copy button on every block of code, and makes `[data-copy]` buttons copy their text. */
export const enhanceCopy = (root) => {
  for (const block of root.querySelectorAll('pre')) {
    const frame = frameOf(block);
    if (frame.querySelector(':scope > .code-copy') !== null) continue;
    frame.append(copyButton('Copy code', () => block.textContent.replace(/\n$/, '')));
  }
  for (const button of root.querySelectorAll('button[data-copy]')) {
    const label = button.querySelector('span');
    const text = label?.textContent ?? '';
    button.addEventListener('click', async () => {
      await write(button.dataset.copy);
      if (label === null) return;
      label.textContent = 'Copied';
      setTimeout(() => {
        label.textContent = text;
      }, SHOWN_FOR_MS);
    });
  }
};
