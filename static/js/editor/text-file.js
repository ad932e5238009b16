import { isolateHistory } from '../../vendor/codemirror.js';

/** What is longer than a draft may be is for the server to refuse, in bytes. */
const LARGEST = 3_000_000;

/** What no text field holds, and no text: the server says so. */
const UNTYPED = /[\0\ufffd]/;

const withoutCode = (text) => text.replace(/^ {0,3}(`{3,}|~{3,})[\s\S]*?(?:^ {0,3}\1|(?![\s\S]))/gm, '');

/**
 * Puts the text of a file that is chosen into the editor, in one step that can be undone, rather than have it take the place of the text unseen when the
 * form is sent. A document without a title is called as the file where the text has no heading, as it would be on the server.
 */
export const takeTextFiles = (field, { view, title, say }) =>
  field.addEventListener('change', async () => {
    const [file] = field.files;
    if (!file || file.size > LARGEST) return;
    const text = await file.text();
    if (UNTYPED.test(text) || field.files[0] !== file) return;
    field.value = '';
    if (title.value.trim() === '' && !/^ {0,3}#{1,6}[ \t]/m.test(withoutCode(text)))
      title.value = file.name.replace(/\.\w+$/, '');
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: text },
      ...{ selection: { anchor: 0 }, scrollIntoView: true },
      ...{ annotations: isolateHistory.of('full'), userEvent: 'input' },
    });
    view.focus();
    say(`This is the text of “${file.name}”; Ctrl+Z brings back the one before.`);
  });
