import { createCodeEditor } from './editor/code-editor.js';
import { COMMANDS, insert, linkTo } from './editor/commands.js';
import { createDrafts } from './editor/drafts.js';
import { emojiPanel } from './editor/emoji.js';
import { createImageUpload } from './editor/images.js';
import { createPreview } from './editor/preview.js';
import { FIRST_NAME, tableOf } from './editor/tables.js';
import { takeTextFiles } from './editor/text-file.js';
import { enhanceToolbar } from './editor/toolbar.js';

/** The editor of a document: what the form does without it, and more comfortably. */
const form = document.querySelector('form[data-editor]');
const { preview: previewAddress, draft: draftAddress, images: imageAddress, maxImage } = form.dataset;
const token = form.elements['_csrf'].value;
const frame = form.querySelector('.editor-frame');
const pane = form.querySelector('.document-preview');
const status = form.querySelector('[data-editor-status]');

for (const part of document.querySelectorAll('[data-scripted]')) part.hidden = false;
for (const part of form.querySelectorAll('[data-unscripted]')) part.hidden = true;

const say = (text) => {
  status.textContent = text;
};
const textOf = () => view.state.doc.toString();
const drafts = createDrafts({
  ...{ address: draftAddress, token, say },
  read: () => ({
    ...Object.fromEntries(['base', 'title', 'slug', 'parent', 'metadata'].map((name) => [name, form.elements[name].value])),
    draft: form.elements['draft']?.value ?? '',
    published: form.elements['published'].checked ? 'on' : '',
    content: textOf(),
  }),
});
const preview = createPreview(pane, { address: previewAddress, token, textOf, say });
const images = createImageUpload({
  ...{ address: imageAddress, token, say },
  maxBytes: Number(maxImage),
  editor: () => view,
});

/** The preview goes along with the text. */
const follow = () => {
  const { scrollTop, scrollHeight, clientHeight } = view.scrollDOM;
  if (pane.matches(':hover, :focus') || scrollHeight <= clientHeight) return;
  pane.scrollTop = (scrollTop / (scrollHeight - clientHeight)) * (pane.scrollHeight - pane.clientHeight);
};

const changed = () => {
  drafts.changed();
  preview.soon();
};

const view = createCodeEditor(form.elements['content'], {
  change: changed,
  save: () => {
    form.requestSubmit(form.querySelector('button[value="save"]'));
    return true;
  },
  files: images.add,
  scroll: follow,
});
for (const name of ['title', 'slug', 'parent', 'metadata', 'published'])
  form.elements[name].addEventListener('input', drafts.changed);
form.addEventListener('submit', (event) => {
  const underway = images.underway();
  if (!underway) return drafts.leave();
  // else a note would be saved in the place of an image
  event.preventDefault();
  say('This waits until the images are there.');
  void underway.then((there) => there.every(Boolean) && form.requestSubmit(event.submitter));
});
takeTextFiles(form.elements['file'], { view, title: form.elements['title'], say });
// what was refused is nowhere but here
if ('unsaved' in form.dataset) drafts.changed();
void preview.ask();
enhanceToolbar(form.querySelector('[role="toolbar"]'));

/** On narrow pages, the text or how it looks. */
const views = [...form.querySelectorAll('[data-view]')];
for (const button of views)
  button.addEventListener('click', () => {
    frame.dataset.shown = button.dataset.view;
    for (const one of views) one.setAttribute('aria-pressed', String(one === button));
    if (button.dataset.view === 'preview') void preview.ask();
  });

const done = (panel) => {
  panel?.hidePopover();
  view.focus();
};

const number = (id, most) => Math.min(Math.max(Math.floor(Number(document.getElementById(id).value)) || 1, 1), most);

document.addEventListener('click', (event) => {
  const { target } = event;
  const panel = target.closest?.('.editor-panel');
  const insertion = target.closest?.('[data-insert]');
  const command = target.closest?.('[data-command]')?.dataset.command;
  if (insertion) {
    event.preventDefault();
    const { insert: text, link, block } = insertion.dataset;
    if (link === undefined) insert(view, text, { block: block !== undefined });
    else linkTo(view, link, text);
    done(panel);
  } else if (command === 'table') {
    insert(view, tableOf(number('table-columns', 20), number('table-rows', 100)), { block: true, select: FIRST_NAME });
    done(panel);
  } else if (command !== undefined) {
    COMMANDS[command](view);
    done(panel);
  }
});

const emojiBox = document.getElementById('editor-emoji');
emojiPanel(emojiBox, (name) => {
  insert(view, name);
  done(emojiBox);
});

const imageFiles = document.querySelector('[data-image-files]');
imageFiles.addEventListener('change', () => {
  images.add([...imageFiles.files], view.state.selection.main);
  imageFiles.value = '';
  done(imageFiles.closest('.editor-panel'));
});
