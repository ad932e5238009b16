import {
  bodyName,
  buildRequest,
  carriedText,
  chosenMedia,
  multipartPieces,
  printAnswer,
  printFailure,
  printRequest,
} from '../vendor/console.js';
import { recallKey, rememberKey } from './console-keys.js';
import { enhanceCopy } from './copy.js';

/** The console: sends requests from the browser, or by way of the portal without leaving the page, and shows them as code as one types. */
const form = document.querySelector('form[data-console]');
const operation = JSON.parse(form.dataset.console);
const status = form.querySelector('[data-console-status]');
const problems = form.querySelector('[data-console-problems]');
const answer = document.querySelector('[data-console-answer]');
const code = document.querySelector('[data-console-code]');
const via = document.getElementById('console-via');
const ownKey = document.getElementById('own-key');

for (const part of document.querySelectorAll('[data-scripted]')) part.hidden = false;
for (const part of document.querySelectorAll('[data-unscripted]')) part.hidden = true;

const MAX_BYTES = 10_000_000;
const TIMEOUT_MS = 60_000;
const SOON_MS = 200;

/** Keys and tokens have no name where only scripts may read them. */
const control = (name) => form.elements[name] ?? form.querySelector(`[data-name="${CSS.escape(name)}"]`);

const answers = {
  text: (name) => {
    const field = control(name);
    if (!field) return '';
    return field.type === 'checkbox' && !field.checked ? '' : field.value;
  },
  file: (name) => control(name)?.files?.[0],
};

const isFromHere = () => form.dataset.proxied !== 'yes' || via?.value === 'browser';

/** What went wrong, as the portal shows it without scripts. */
const showProblems = (found) => {
  problems.replaceChildren();
  for (const wrong of form.querySelectorAll('[aria-invalid]')) wrong.removeAttribute('aria-invalid');
  if (found.length === 0) return;
  const box = document.createElement('div');
  box.className = 'error-summary';
  box.tabIndex = -1;
  box.setAttribute('role', 'alert');
  const title = document.createElement('h2');
  title.className = 'error-summary-title';
  title.textContent = 'There is a problem';
  const list = document.createElement('ul');
  for (const { field, text } of found) {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = `#field-${field}`;
    link.textContent = text;
    item.append(link);
    list.append(item);
    control(field)?.setAttribute('aria-invalid', 'true');
  }
  box.append(title, list);
  problems.append(box);
  box.focus();
};

const show = (html) => {
  answer.innerHTML = html;
  enhanceCopy(answer);
};

let soon;
const showCode = () => {
  clearTimeout(soon);
  soon = setTimeout(() => {
    const opened = code.querySelector('details[open] > summary')?.textContent;
    code.innerHTML = printRequest(buildRequest(operation, answers, { hideSecrets: true }).request).value;
    for (const sample of opened === undefined ? [] : code.querySelectorAll('details'))
      sample.open = sample.querySelector('summary').textContent === opened;
    enhanceCopy(code);
  }, SOON_MS);
};

const bodyOf = (body) => {
  switch (body?.kind) {
    case undefined:
      return {};
    case 'text':
      return { type: body.type, body: body.text };
    case 'form':
      return { type: body.type, body: new URLSearchParams(body.pairs).toString() };
    case 'file':
      return { type: body.type === 'application/octet-stream' ? body.file.type || body.type : body.type, body: body.file };
    default: {
      const boundary = `portico-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
      const pieces = multipartPieces(body.parts, boundary, ({ name, type }) => ({
        name,
        type: type || 'application/octet-stream',
      }));
      return { type: `${body.type}; boundary=${boundary}`, body: new Blob(pieces) };
    }
  }
};

/** The bytes of an answer, no more of them than a page can hold. */
const read = async (response) => {
  const chunks = [];
  let size = 0;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > MAX_BYTES) {
      await reader.cancel();
      throw new RangeError('too large');
    }
    chunks.push(value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
};

const reasonOf = (error) => {
  if (error instanceof RangeError) return ['Too large', `The answer has more than ${MAX_BYTES / 1_000_000} MB.`];
  if (error?.name === 'TimeoutError') return ['Too slow', `The API did not answer within ${TIMEOUT_MS / 1000} seconds.`];
  const also = form.dataset.proxied === 'yes' ? ' It may be sent by way of the portal instead.' : '';
  const isMixed = location.protocol === 'https:' && /^http:/.test(buildRequest(operation, answers).request.url);
  const mixed = isMixed ? ' A page that came over https may not call an address that begins with http.' : '';
  return [
    'Not reached',
    `The browser could not send this request, or may not show its answer: the API may be down, or not let pages of other sites call it (CORS).${mixed}${also}`,
  ];
};

const sendFromHere = async ({ method, url, headers, body }) => {
  const { type, body: sent } = bodyOf(body);
  const started = performance.now();
  const response = await fetch(url, {
    method,
    headers: [...headers, ...(type === undefined ? [] : [['Content-Type', type]])],
    ...(sent === undefined || method === 'GET' || method === 'HEAD' ? {} : { body: sent }),
    credentials: 'omit',
    redirect: 'manual',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.type === 'opaqueredirect') {
    show(
      printFailure('Redirect', 'The API answered with a redirect, which is not followed, and which browsers do not show.').value,
    );
    return;
  }
  const bytes = await read(response);
  const unpacked = [...response.headers].filter(([name]) => name !== 'content-encoding');
  show(printAnswer({ status: response.status, headers: unpacked, body: bytes, milliseconds: performance.now() - started }).value);
};

/** The portal sends the request; of its page, what is new is taken. */
const sendByPortal = async () => {
  const response = await fetch(form.action, { method: 'POST', body: new FormData(form), credentials: 'same-origin' });
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const [told, found] = ['[data-console-answer]', '[data-console-problems]'].map((part) => page.querySelector(part));
  if (!told) throw new Error('The portal answered with something else');
  problems.replaceChildren(...document.importNode(found, true).childNodes);
  show(told.innerHTML);
  problems.querySelector('.error-summary')?.focus();
};

let isSending = false;
const send = async () => {
  if (isSending) return;
  const { request, problems: found } = buildRequest(operation, answers);
  showProblems(found);
  if (found.length > 0 || !answer) return;
  isSending = true;
  answer.setAttribute('aria-busy', 'true');
  status.textContent = 'Sending …';
  try {
    await (isFromHere() ? sendFromHere(request) : sendByPortal());
    status.textContent = 'Answered.';
  } catch (error) {
    show(
      printFailure(
        ...(isFromHere()
          ? reasonOf(error)
          : ['Not sent', 'The portal could not be reached, or did not send the request. Reload the page and try again.']),
      ).value,
    );
    status.textContent = 'No answer.';
  }
  answer.removeAttribute('aria-busy');
  isSending = false;
};

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void send();
});
form.addEventListener('input', showCode);

let media = chosenMedia(operation, answers);
/** Another media type was chosen: JSON that was typed for the one before it is most likely meant for this one too. */
form.addEventListener('change', ({ target }) => {
  if (target.name !== 'media') return;
  const chosen = chosenMedia(operation, answers);
  const text = carriedText(operation, answers, media, chosen);
  if (text !== undefined) control(bodyName(chosen)).value = text;
  media = chosen;
  showCode();
});
form.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  void send();
});

if (ownKey) {
  const field = document.getElementById(ownKey.dataset.ownKey);
  ownKey.addEventListener('change', () => {
    field.value = ownKey.value === '' ? '' : recallKey(ownKey.value);
    if (ownKey.value !== '' && field.value === '') field.focus();
    showCode();
  });
  field.addEventListener('input', () => {
    if (ownKey.value !== '') rememberKey(ownKey.value, field.value.trim());
  });
  const known = [...ownKey.options].find(({ value }) => value !== '' && recallKey(value) !== '');
  if (known) {
    ownKey.value = known.value;
    field.value = recallKey(known.value);
    showCode();
  }
}
