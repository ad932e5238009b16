import { EditorSelection } from '../../vendor/codemirror.js';

/** How many of a sign stand next to a place, on one side of it: three at most. */
const runBefore = (state, at, sign) => {
  let count = 0;
  while (count < 3 && at > count && state.sliceDoc(at - count - 1, at - count) === sign) count += 1;
  return count;
};
const runAfter = (state, at, sign) => {
  let count = 0;
  while (count < 3 && state.sliceDoc(at + count, at + count + 1) === sign) count += 1;
  return count;
};

/** Puts marks around what is selected, or takes them away where they are; at the end of what they mark, leads out of it. */
const toggleMark = (mark) => (view) => {
  const { state } = view;
  const size = mark.length;
  // `***` is both `*` and `**`, while `**` is no `*`
  const isMark = (run) => run === size || run === 3;
  view.dispatch(
    state.changeByRange(({ from, to }) => {
      const ends = isMark(runAfter(state, to, mark[0]));
      if (ends && isMark(runBefore(state, from, mark[0])))
        return {
          changes: [
            { from: from - size, to: from },
            { from: to, to: to + size },
          ],
          range: EditorSelection.range(from - size, to - size),
        };
      if (ends && from === to && /\S/.test(state.sliceDoc(from - 1, from))) return { range: EditorSelection.cursor(to + size) };
      return {
        changes: [
          { from, insert: mark },
          { from: to, insert: mark },
        ],
        range: EditorSelection.range(from + size, to + size),
      };
    }),
    { scrollIntoView: true },
  );
  return true;
};

const selectedLines = ({ doc, selection }) => {
  const { from, to } = selection.main;
  const lines = [];
  for (let at = doc.lineAt(from); ; at = doc.line(at.number + 1)) {
    lines.push(at);
    if (at.to >= to || at.number === doc.lines) return lines;
  }
};

/** Begins each selected line with something, or takes it away where all of them have it. What `others` matches gives way. */
const togglePrefix = (has, prefix, others) => (view) => {
  const lines = selectedLines(view.state);
  const all = lines.every(({ text }) => has.test(text));
  const changes = lines.map(({ from, text }, index) => {
    const old = (all ? has : others).exec(text)?.[0] ?? '';
    return { from, to: from + old.length, insert: all ? '' : prefix(index) };
  });
  const change = view.state.changes(changes);
  // the cursor stays behind what was put before it
  view.dispatch({ changes: change, selection: view.state.selection.map(change, 1), scrollIntoView: true });
  return true;
};

const LIST = /^\s*(?:[-*+] (?:\[[ xX]\] )?|\d+[.)] )/;
const NO_LIST = /^(?:\s*(?:[-*+] (?:\[[ xX]\] )?|\d+[.)] ))?/;
const NO_HEADING = /^(?:#{1,6} |\s*(?:[-*+] (?:\[[ xX]\] )?|\d+[.)] ))?/;

export const heading = (level) => togglePrefix(new RegExp(`^#{${level}} `), () => `${'#'.repeat(level)} `, NO_HEADING);

/** What is missing for an empty line between some text and what follows it. */
const gapAfter = (text) => (text === '' || /(?:^|\n)\n$/.test(text) ? '' : text.endsWith('\n') ? '\n' : '\n\n');

/**
 * Puts a text where the cursor is, instead of what is selected. `block`: on lines of its own, with an empty one before and after. `cursor`:
 * where in the text the cursor comes to stand, when not behind it.
 */
export const insert = (view, text, { block = false, cursor } = {}) => {
  const { doc, selection } = view.state;
  const { from, to } = selection.main;
  const before = block ? gapAfter(doc.sliceString(Math.max(0, from - 2), from)) : '';
  const inserted = `${before}${text}${block ? '\n' : ''}`;
  view.dispatch({
    changes: { from, to, insert: inserted },
    selection: { anchor: from + (cursor === undefined ? inserted.length : before.length + cursor) },
    scrollIntoView: true,
    userEvent: 'input',
  });
};

const link = (view) => {
  const { state } = view;
  const { from, to } = state.selection.main;
  const text = state.sliceDoc(from, to);
  const isAddress = /^https?:\/\/\S+$/.test(text);
  const inserted = isAddress ? `[](${text})` : `[${text}]()`;
  const anchor = isAddress || text === '' ? from + 1 : from + inserted.length - 1;
  view.dispatch({ changes: { from, to, insert: inserted }, selection: { anchor }, scrollIntoView: true });
  return true;
};

const block = (view) => {
  const { state } = view;
  const { from, to } = state.selection.main;
  const fence = '```\n';
  insert(view, `${fence}${state.sliceDoc(from, to)}\n${fence}`, {
    block: true,
    ...(from === to ? { cursor: fence.length } : {}),
  });
  return true;
};

const row = (cells) => `| ${cells.join(' | ')} |`;

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

const tidy = (view) => {
  const { doc, selection } = view.state;
  let first = doc.lineAt(selection.main.head);
  if (!isRow(first.text)) return false;
  let last = first;
  while (first.number > 1 && isRow(doc.line(first.number - 1).text)) first = doc.line(first.number - 1);
  while (last.number < doc.lines && isRow(doc.line(last.number + 1).text)) last = doc.line(last.number + 1);
  const lines = doc.sliceString(first.from, last.to).split('\n');
  view.dispatch({ changes: { from: first.from, to: last.to, insert: tidied(lines).join('\n') } });
  return true;
};

/** What the toolbar and the keys do to a text, by the name that buttons have. */
export const COMMANDS = {
  bold: toggleMark('**'),
  italic: toggleMark('*'),
  strike: toggleMark('~~'),
  code: toggleMark('`'),
  heading: heading(2),
  bullets: togglePrefix(/^\s*[-*+] (?!\[[ xX]\] )/, () => '- ', NO_LIST),
  numbers: togglePrefix(/^\s*\d+[.)] /, (index) => `${index + 1}. `, NO_LIST),
  tasks: togglePrefix(/^\s*[-*+] \[[ xX]\] /, () => '- [ ] ', NO_LIST),
  quote: togglePrefix(/^> ?/, () => '> ', /^/),
  link,
  block,
  tidy,
};

/** Whether the cursor stands in a list, where Tab indents. */
export const isInList = ({ doc, selection }) => LIST.test(doc.lineAt(selection.main.head).text);
