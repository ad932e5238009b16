import { beginUpload, endUpload } from './upload-places.js';

const TYPES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

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

const quoted = (names) => names.map((name) => `“${name}”`).join(', ');

/**
 * Uploads images and puts them into the text, those that are given together in one step; until they are there, a note shows where.
 * @returns `add(files, range)`: whether there are any files, given what they take the place of in the text; `underway()`: whether each of those
 *   that are being uploaded is there in the end; undefined when none is
 */
export const createImageUpload = ({ address, token, maxBytes, editor, say }) => {
  const uploads = new Set();
  const upload = async (file) => {
    try {
      if (file.size > maxBytes) throw new Error(`it is larger than ${Math.floor(maxBytes / 1e6)} MB`);
      const { path } = await send(file, { address, token });
      return { name: file.name, text: `![${file.name.replace(/\.\w+$/, '').replace(/[\\[\]]/g, '\\$&')}](${path})` };
    } catch (error) {
      return { name: file.name, problem: error.message };
    }
  };
  const uploadAll = async (files, key) => {
    const answers = await Promise.all(files.map(upload));
    const there = answers.filter(({ text }) => text !== undefined);
    const problems = answers.filter(({ problem }) => problem !== undefined);
    endUpload(editor(), key, there.map(({ text }) => text).join('\n\n'));
    say(
      [
        ...(there.length > 0 ? [`${quoted(there.map(({ name }) => name))} ${there.length === 1 ? 'is' : 'are'} there.`] : []),
        ...problems.map(({ name, problem }) => `“${name}” could not be added: ${problem}.`),
      ].join(' '),
    );
    return problems.length === 0;
  };
  const add = (files, range) => {
    const images = files.filter(({ type }) => TYPES.has(type));
    if (images.length > 0) {
      const key = beginUpload(editor(), range, `Uploading ${images.map(({ name }) => name).join(', ')} …`);
      const all = uploadAll(images, key).finally(() => uploads.delete(all));
      uploads.add(all);
    }
    if (images.length < files.length) say('Only PNG, JPEG, GIF and WebP images can be put into a text.');
    return files.length > 0;
  };
  return { add, underway: () => (uploads.size === 0 ? undefined : Promise.all(uploads)) };
};
