import { EditorSelection } from '../../vendor/codemirror.js';
import { tidy } from './tables.js';

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
 * Puts a text where the cursor is, instead of what is selected. `block`: on lines of its own, with an empty one before and after. `select`:
 * what of the text is selected then, when not its end.
 */
export const insert = (view, text, { block = false, select } = {}) => {
  const { doc, selection } = view.state;
  const { from, to } = selection.main;
  const before = block ? gapAfter(doc.sliceString(Math.max(0, from - 2), from)) : '';
  const written = block ? `${text}\n` : text;
  const [start, end] = select ?? [written.length, written.length];
  view.dispatch({
    changes: { from, to, insert: before + written },
    selection: { anchor: from + before.length + start, head: from + before.length + end },
    scrollIntoView: true,
    userEvent: 'input',
  });
};

/** Links what is selected to a document; where nothing is, puts its title there. */
export const linkTo = (view, slug, title) => {
  const { from, to } = view.state.selection.main;
  insert(view, from === to ? title : `[${view.state.sliceDoc(from, to)}](${slug})`);
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
    ...(from === to ? { select: [fence.length, fence.length] } : {}),
  });
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
