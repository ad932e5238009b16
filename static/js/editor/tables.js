const row = (cells) => `| ${cells.join(' | ')} |`;

/** What is selected of a new table: the name of its first column. */
export const FIRST_NAME = ['| '.length, '| Column 1'.length];

/** A table of so many columns and rows, to be filled. */
export const tableOf = (columns, rows) => {
  const cells = (make) => Array.from({ length: columns }, (_, index) => make(index));
  const head = row(cells((index) => `Column ${index + 1}`));
  const empty = row(cells((index) => ' '.repeat(`Column ${index + 1}`.length)));
  const rule = row(cells((index) => '-'.repeat(`Column ${index + 1}`.length)));
  return `${[head, rule, ...Array.from({ length: rows }, () => empty)].join('\n')}\n`;
};

const isRow = (text) => /^\s*\|.*\|\s*$/.test(text);

const cellsOf = (text) =>
  text
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());

const padded = (cell, width) => {
  if (!/^:?-+:?$/.test(cell)) return cell.padEnd(width);
  const [start, end] = [cell.startsWith(':') ? ':' : '', cell.endsWith(':') ? ':' : ''];
  return start + '-'.repeat(width - start.length - end.length) + end;
};

/** The lines of a table with its columns below each other. */
export const tidied = (lines) => {
  const rows = lines.map(cellsOf);
  const columns = Math.max(...rows.map((cells) => cells.length));
  const widths = Array.from({ length: columns }, (_, at) => Math.max(3, ...rows.map((cells) => cells[at]?.length ?? 0)));
  return rows.map((cells) => row(widths.map((width, at) => padded(cells[at] ?? '', width))));
};

/** The first and the last line of the table at the cursor; undefined where none is. */
const tableAt = ({ doc, selection }) => {
  let first = doc.lineAt(selection.main.head);
  if (!isRow(first.text)) return undefined;
  let last = first;
  while (first.number > 1 && isRow(doc.line(first.number - 1).text)) first = doc.line(first.number - 1);
  while (last.number < doc.lines && isRow(doc.line(last.number + 1).text)) last = doc.line(last.number + 1);
  return { first, last };
};

/** Puts the columns of the table at the cursor below each other. */
export const tidy = (view) => {
  const table = tableAt(view.state);
  if (!table) return false;
  const { from } = table.first;
  const { to } = table.last;
  const lines = view.state.sliceDoc(from, to).split('\n');
  view.dispatch({ changes: { from, to, insert: tidied(lines).join('\n') } });
  return true;
};

const RULE = /^[\s|:-]*-[\s|:-]*$/;

/** What stands in each cell of a row, without the space around it, and where the cell begins. */
const placesIn = ({ from, text }) => {
  if (RULE.test(text)) return [];
  const start = text.indexOf('|') + 1;
  return [...text.slice(start).matchAll(/((?:\\.|[^\\|])*)\|/g)].map(({ 1: cell, index }) => {
    const begin = from + start + index;
    const words = cell.trim();
    const anchor = begin + (words === '' ? Math.min(1, cell.length) : cell.indexOf(words));
    return { begin, anchor, head: anchor + words.length };
  });
};

/** Leads to the next cell of a table, or the one before; from the last one to below the table, from the first one nowhere. */
const toCell = (step) => (view) => {
  const { state } = view;
  const table = tableAt(state);
  if (!table) return false;
  const { first, last } = table;
  const lines = Array.from({ length: last.number - first.number + 1 }, (_, index) => state.doc.line(first.number + index));
  const places = lines.flatMap(placesIn);
  const at = places.findLastIndex(({ begin }) => begin <= state.selection.main.head);
  if (at + step < 0) return false;
  const next = places[at + step];
  if (next) view.dispatch({ selection: { anchor: next.anchor, head: next.head }, scrollIntoView: true });
  else {
    // what follows a table without an empty line between belongs to it
    const missing = '\n\n'.slice(state.doc.length - last.to);
    const changes = { from: state.doc.length, insert: missing };
    view.dispatch({ changes, selection: { anchor: last.to + 2 }, scrollIntoView: true });
  }
  return true;
};

export const nextCell = toCell(1);
export const previousCell = toCell(-1);
