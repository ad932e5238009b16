import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  defaultKeymap,
  deleteMarkupBackward,
  drawSelection,
  EditorState,
  EditorView,
  HighlightStyle,
  highlightSelectionMatches,
  highlightSpecialChars,
  history,
  historyKeymap,
  indentLess,
  indentMore,
  insertNewlineContinueMarkupCommand,
  keymap,
  markdown,
  markdownLanguage,
  search,
  searchKeymap,
  syntaxHighlighting,
  tags,
} from '../../vendor/codemirror.js';
import { COMMANDS, heading, isInList } from './commands.js';
import { emojiCompletion } from './emoji.js';
import { nextCell, previousCell } from './tables.js';
import { uploadPlaces } from './upload-places.js';

/** Scrolls the window on where the cursor went behind the bar that saves the text; the editor itself only knows its own edge. */
const keepAboveBar = ({ view, docChanged, selectionSet }) => {
  const bar = document.querySelector('.editor-acts');
  if (!bar || !(docChanged || selectionSet) || !view.hasFocus) return;
  view.requestMeasure({
    key: bar,
    // the editor may have yet to scroll to where the cursor is, which then is far below its edge
    read: () =>
      Math.min(view.coordsAtPos(view.state.selection.main.head)?.bottom ?? 0, view.scrollDOM.getBoundingClientRect().bottom) -
      bar.getBoundingClientRect().top,
    write: (hidden) => hidden > 0 && window.scrollBy(0, hidden),
  });
};

/** Colours are those of the page: custom properties reach into the editor, its stylesheets don't. */
const LOOK = EditorView.theme({
  '&': { height: '100%', color: 'var(--color-text)', backgroundColor: 'var(--color-bg)', fontSize: 'var(--text-s)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-code)', lineHeight: '1.6', overflow: 'auto' },
  '.cm-content': { padding: '0.75rem 0', caretColor: 'var(--color-text)' },
  '.cm-line': { padding: '0 0.875rem' },
  '.cm-uploading': { color: 'var(--color-text-muted)', fontStyle: 'italic' },
  '.cm-cursor': { borderLeftColor: 'var(--color-text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--color-accent) 28%, transparent)',
  },
  '.cm-selectionMatch, .cm-searchMatch': { backgroundColor: 'color-mix(in srgb, var(--color-warning) 25%, transparent)' },
  '.cm-searchMatch-selected': { backgroundColor: 'color-mix(in srgb, var(--color-warning) 55%, transparent)' },
  '.cm-panels': { color: 'var(--color-text)', backgroundColor: 'var(--color-surface)', fontFamily: 'var(--font-base)' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--color-border)', zIndex: '4' },
  '.cm-panel.cm-search': { padding: '0.5rem 2rem 0.5rem 0.75rem' },
  '.cm-panel.cm-search label': { fontSize: 'var(--text-s)', marginInlineEnd: '0.75rem' },
  '.cm-textfield, .cm-button': {
    color: 'inherit',
    font: 'inherit',
    background: 'var(--color-bg)',
    border: '1px solid var(--color-border-strong)',
    borderRadius: 'var(--radius-s)',
  },
  '.cm-tooltip': {
    color: 'var(--color-text)',
    backgroundColor: 'var(--color-surface-raised)',
    border: '1px solid var(--color-border)',
    borderRadius: 'var(--radius-s)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    color: 'var(--color-on-primary)',
    backgroundColor: 'var(--color-primary)',
  },
});

const SYNTAX = HighlightStyle.define([
  { tag: tags.heading, color: 'var(--color-headings)', fontWeight: '700' },
  { tag: tags.strong, fontWeight: '700' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: [tags.link, tags.url], color: 'var(--color-link)' },
  { tag: tags.monospace, color: 'var(--color-code-string)' },
  { tag: tags.quote, color: 'var(--color-text-muted)' },
  { tag: [tags.processingInstruction, tags.contentSeparator], color: 'var(--color-text-muted)' },
  { tag: [tags.tagName, tags.keyword], color: 'var(--color-code-keyword)' },
  { tag: [tags.attributeName, tags.labelName], color: 'var(--color-code-attribute)' },
  { tag: [tags.string, tags.attributeValue], color: 'var(--color-code-string)' },
  { tag: [tags.comment, tags.meta], color: 'var(--color-code-comment)' },
]);

/** What the panel that finds says. */
const PHRASES = {
  ...{ next: 'Next', previous: 'Previous', all: 'Select all', replace: 'Replace', 'replace all': 'Replace all' },
  ...{ 'match case': 'Match case', regexp: 'Regular expression', 'by word': 'Whole words' },
};

/** Enter goes on with a list or quote, and ends it where nothing was written. */
const MARKUP = [
  { key: 'Enter', run: insertNewlineContinueMarkupCommand({ nonTightLists: false }) },
  { key: 'Backspace', run: deleteMarkupBackward },
];

const FORMATTING = [
  { key: 'Mod-b', run: COMMANDS.bold },
  { key: 'Mod-i', run: COMMANDS.italic },
  { key: 'Mod-e', run: COMMANDS.code },
  { key: 'Mod-k', run: COMMANDS.link },
  { key: 'Mod-Alt-c', run: COMMANDS.block },
  { key: 'Mod-Shift-7', run: COMMANDS.numbers },
  { key: 'Mod-Shift-8', run: COMMANDS.bullets },
  { key: 'Mod-Shift-9', run: COMMANDS.tasks },
  { key: 'Mod-Shift-.', run: COMMANDS.quote },
  ...[1, 2, 3, 4, 5, 6].map((level) => ({ key: `Mod-Alt-${level}`, run: heading(level) })),
  // elsewhere Tab leads out of the editor, as it does out of any field
  {
    key: 'Tab',
    run: (view) => (isInList(view.state) ? indentMore(view) : nextCell(view)),
    shift: (view) => (isInList(view.state) ? indentLess(view) : previousCell(view)),
  },
];

/** Office programs add a picture of what is copied to its text: then the text is meant. Of a picture there is HTML alone, of a file its name alone. */
const isText = (data) => ['text/plain', 'text/html'].every((type) => data?.types.includes(type));

/**
 * Puts an editor in the place of a text field, which stays in the form and is given the text when that is sent. It lives in a shadow tree, since
 * there its stylesheets are constructed ones: the policy of the page allows no others that a script makes.
 * @param on `change()` after every change, `save()` for Ctrl+S, `files(files, range)` for files that are dropped or pasted in the place
 *   of a range: whether they are taken, `scroll()` when the text is scrolled
 */
export const createCodeEditor = (field, on) => {
  const host = document.createElement('div');
  host.className = 'editor-code';
  host.tabIndex = -1;
  const { id, form } = field;
  const label = form.querySelector(`label[for="${id}"]`);
  const shadow = host.attachShadow({ mode: 'open' });
  const takeFiles = (event, view, files) => {
    if (files.length === 0 || isText(event.clipboardData)) return false;
    const selected = view.state.selection.main;
    if (event.type !== 'drop') return on.files([...files], selected);
    const at = view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? selected.head;
    return on.files([...files], { from: at, to: at });
  };
  const view = new EditorView({
    parent: shadow,
    root: shadow,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        [
          history(),
          drawSelection(),
          highlightSpecialChars(),
          closeBrackets(),
          search({ top: true }),
          highlightSelectionMatches(),
        ],
        autocompletion({ override: [emojiCompletion], icons: false }),
        keymap.of([
          { key: 'Mod-s', run: () => on.save(), preventDefault: true },
          ...FORMATTING,
          ...[closeBracketsKeymap, completionKeymap, MARKUP, searchKeymap, historyKeymap, defaultKeymap].flat(),
        ]),
        [markdown({ base: markdownLanguage, addKeymap: false }), syntaxHighlighting(SYNTAX), LOOK, EditorView.lineWrapping],
        EditorState.tabSize.of(2),
        EditorState.phrases.of(PHRASES),
        EditorView.contentAttributes.of({
          'aria-label': label?.textContent.trim() ?? '',
          tabindex: '0',
          spellcheck: 'true',
          autocapitalize: 'sentences',
          ...(field.getAttribute('aria-invalid') ? { 'aria-invalid': 'true' } : {}),
        }),
        uploadPlaces,
        EditorView.updateListener.of(keepAboveBar),
        EditorView.updateListener.of(({ docChanged }) => docChanged && on.change()),
        EditorView.domEventHandlers({
          paste: (event, editor) => takeFiles(event, editor, event.clipboardData?.files ?? []),
          drop: (event, editor) => takeFiles(event, editor, event.dataTransfer?.files ?? []),
        }),
      ],
    }),
  });
  view.scrollDOM.addEventListener('scroll', on.scroll, { passive: true });

  field.hidden = true;
  field.removeAttribute('id');
  field.before(host);
  host.id = id;
  host.addEventListener('focus', () => view.focus());
  label?.removeAttribute('for');
  label?.addEventListener('click', () => view.focus());
  form.addEventListener('formdata', ({ formData }) => formData.set(field.name, view.state.doc.toString()));
  // so that a browser that comes back to the page shows what was typed
  addEventListener('pagehide', () => {
    field.value = view.state.doc.toString();
  });
  return view;
};
