const TYPES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

let count = 0;

const send = async (file, { address, token }) => {
  const body = new FormData();
  body.set('_csrf', token);
  body.set('file', file, file.name);
  const response = await fetch(address, { method: 'POST', headers: { accept: 'application/json' }, body });
  if (response.redirected) throw new Error('you are logged out');
  if (response.status === 413) throw new Error('it is too large');
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.message ?? 'the server did not take it');
  return answer;
};

/**
 * Uploads images and puts them into the text; until one is there, a note stands in its place.
 * @returns `add(files, range)`: whether there are any files, given what they take the place of in the text; `underway()`: whether each of those
 *   that are being uploaded is there in the end; undefined when none is
 */
export const createImageUpload = ({ address, token, maxBytes, editor, say }) => {
  const uploads = new Set();
  const replace = (note, text) => {
    const view = editor();
    const from = view.state.doc.toString().indexOf(note);
    if (from >= 0) view.dispatch({ changes: { from, to: from + note.length, insert: text } });
  };
  const noteOf = ({ name }) => `![Uploading ${name.replace(/[[\]\\]/g, '')} (${++count}) …]()`;
  const upload = async (file, note) => {
    try {
      if (file.size > maxBytes) throw new Error(`it is larger than ${Math.floor(maxBytes / 1e6)} MB`);
      const { path } = await send(file, { address, token });
      replace(note, `![${file.name.replace(/\.\w+$/, '').replace(/[\\[\]]/g, '\\$&')}](${path})`);
      say(`“${file.name}” is there.`);
      return true;
    } catch (error) {
      replace(note, '');
      say(`“${file.name}” could not be added: ${error.message}.`);
      return false;
    }
  };
  const add = (files, { from, to }) => {
    const images = files.filter(({ type }) => TYPES.has(type)).map((file) => ({ file, note: noteOf(file) }));
    const notes = images.map(({ note }) => note).join('\n\n');
    if (images.length > 0)
      editor().dispatch({
        changes: { from, to, insert: notes },
        selection: { anchor: from + notes.length },
        scrollIntoView: true,
      });
    for (const { file, note } of images) {
      const one = upload(file, note).finally(() => uploads.delete(one));
      uploads.add(one);
    }
    if (images.length < files.length) say('Only PNG, JPEG, GIF and WebP images can be put into a text.');
    return files.length > 0;
  };
  return { add, underway: () => (uploads.size === 0 ? undefined : Promise.all(uploads)) };
};
