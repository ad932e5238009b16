import { attributeOf, type Element, hasClass, type Node, readHtml } from './html-tree.ts';

const MARKS: Readonly<Record<string, string>> = { strong: '**', b: '**', em: '*', i: '*', del: '~~', s: '~~' };

const BLOCKS = new Set(
  'p div section article header footer figure nav ul ol li dl dt dd table details summary blockquote pre hr h1 h2 h3 h4 h5 h6'.split(
    ' ',
  ),
);

const SCRIPTED = new Set(['script', 'style', 'svg', 'button', 'template']);

/** What of a page is no text: its own links, and what only scripts need. */
const isSkipped = (element: Element): boolean =>
  SCRIPTED.has(element.tag) || (element.tag === 'a' && hasClass(element, 'heading-anchor'));

const isBlock = (node: Node): node is Element => typeof node !== 'string' && BLOCKS.has(node.tag);

const textOf = (nodes: readonly Node[]): string =>
  nodes.map((node) => (typeof node === 'string' ? node : textOf(node.children))).join('');

/** Ticks that end no earlier than a text does: more than stand in it, and so many at least. */
const ticksAround = (text: string, least: number): string => {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return '`'.repeat(Math.max(least, longest + 1));
};

const codeOf = (text: string): string => {
  const ticks = ticksAround(text, 1);
  return ticks.length === 1 ? `${ticks}${text}${ticks}` : `${ticks} ${text} ${ticks}`;
};

/** Nodes as they stand in a line; what breaks lines elsewhere is set apart by spaces. */
const rawLine = (nodes: readonly Node[]): string =>
  nodes
    .map((node) => {
      if (typeof node === 'string') return node.replace(/\s+/g, ' ');
      if (isSkipped(node)) return '';
      const { tag, children } = node;
      if (tag === 'br') return '\n';
      if (tag === 'img') return `![${attributeOf(node, 'alt')}](${attributeOf(node, 'src')})`;
      if (tag === 'code') return codeOf(textOf(children));
      const line = rawLine(children);
      const href = tag === 'a' ? attributeOf(node, 'href') : '';
      if (href !== '') return `[${line}](${href})`;
      const mark = line.trim() === '' ? '' : (MARKS[tag] ?? '');
      return isBlock(node) ? ` ${line} ` : `${mark}${line}${mark}`;
    })
    .join('');

const lineOf = (nodes: readonly Node[]): string =>
  rawLine(nodes)
    .replace(/ {2,}/g, ' ')
    .replace(/ *\n */g, '\n')
    .trim();

/** A piece of text on lines of its own. */
interface Block {
  readonly text: string;
  readonly isItem?: boolean;
}

/** Blocks below each other, with an empty line between them but between items; within an item lists follow closely, too. */
const joined = (blocks: readonly Block[], isWithinItem = false): string =>
  blocks
    .map(({ text, isItem }, at) => {
      if (at === 0) return text;
      return `${isItem && (isWithinItem || blocks[at - 1]?.isItem) ? '\n' : '\n\n'}${text}`;
    })
    .join('');

/** What follows a marker, with all of its lines below each other. */
const itemOf = (marker: string, blocks: readonly Block[]): Block => ({
  text: `${marker}${joined(blocks, true).replace(/\n(?=[^\n])/g, `\n${' '.repeat(marker.length)}`)}`.trimEnd(),
  isItem: true,
});

const elementsIn = ({ children }: Element): Element[] => children.filter((node): node is Element => typeof node !== 'string');

/** Terms, each with what is said of it; a group of both may have an element of its own. */
const termsOf = (list: Element): Block[] => {
  const parts = elementsIn(list).flatMap((part) => (part.tag === 'div' ? elementsIn(part) : [part]));
  const items: Block[][] = [];
  for (const { tag, children } of parts) {
    if (tag === 'dt' || items.length === 0) items.push([{ text: lineOf(tag === 'dt' ? children : []) }]);
    if (tag !== 'dt') for (const block of blocksOf(children)) items.at(-1)?.push(block);
  }
  return items.map((blocks) => itemOf('- ', blocks));
};

const listOf = (list: Element): Block[] =>
  elementsIn(list).map(({ children }, index) => itemOf(list.tag === 'ol' ? `${index + 1}. ` : '- ', blocksOf(children)));

/** What unfolds, below what it is called; what only says that more is to be seen is left out. */
const detailsOf = (details: Element): Block[] => {
  const { children } = details;
  const isSummary = (node: Node): boolean => typeof node !== 'string' && node.tag === 'summary';
  const content = blocksOf(children.filter((node) => !isSummary(node)));
  if (hasClass(details, 'nested')) return content;
  const called = { text: lineOf(children.filter(isSummary)) };
  return hasClass(details, 'sample') ? [called, ...content] : [itemOf('- ', [called, ...content])];
};

const quoteOf = (blocks: readonly Block[]): Block => ({
  text: joined(blocks)
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n'),
});

const fenceOf = ({ children }: Element): Block => {
  const text = textOf(children).replace(/\n$/, '');
  const [code] = children;
  const language = typeof code === 'object' ? /(?:^|\s)language-(\S+)/.exec(attributeOf(code, 'class'))?.[1] : undefined;
  const fence = ticksAround(text, 3);
  return { text: `${fence}${language ?? ''}\n${text}\n${fence}` };
};

const rowsIn = (element: Element): Element[] =>
  elementsIn(element).flatMap((part) => (part.tag === 'tr' ? [part] : rowsIn(part)));

const tableOf = (table: Element): Block[] => {
  const rows = rowsIn(table).map((row) =>
    elementsIn(row).map(({ children }) => lineOf(children).replaceAll('\n', ' ').replaceAll('|', '\\|')),
  );
  const captions = blocksOf(elementsIn(table).filter(({ tag }) => tag === 'caption'));
  const columns = rows.reduce((most, cells) => Math.max(most, cells.length), 0);
  if (columns === 0) return captions;
  const line = (cells: readonly string[]): string =>
    `| ${Array.from({ length: columns }, (_, index) => cells[index] ?? '').join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [...captions, { text: [line(head), line(Array(columns).fill('---')), ...body.map(line)].join('\n') }];
};

const blockOf = (element: Element): Block[] => {
  const { tag, children } = element;
  const level = /^h([1-6])$/.exec(tag)?.[1];
  if (level) return [{ text: `${'#'.repeat(Number(level))} ${lineOf(children).replaceAll('\n', ' ')}` }];
  if (tag === 'pre') return [fenceOf(element)];
  if (tag === 'ul' || tag === 'ol') return listOf(element);
  if (tag === 'dl') return termsOf(element);
  if (tag === 'table') return tableOf(element);
  if (tag === 'details') return detailsOf(element);
  if (tag === 'hr') return [{ text: '---' }];
  if (tag === 'blockquote') return [quoteOf(blocksOf(children))];
  return blocksOf(children);
};

const blocksOf = (nodes: readonly Node[]): Block[] => {
  const blocks: Block[] = [];
  let line: Node[] = [];
  const endLine = (): void => {
    const text = lineOf(line);
    if (text !== '') blocks.push({ text });
    line = [];
  };
  for (const node of nodes) {
    if (!isBlock(node) && !holdsBlocks(node)) line.push(node);
    else if (typeof node !== 'string' && !isSkipped(node)) {
      endLine();
      for (const block of blockOf(node)) blocks.push(block);
    }
  }
  endLine();
  return blocks;
};

/** An element of lines may have blocks within it, such as a link around a picture with its text. */
const holdsBlocks = (node: Node): boolean =>
  typeof node !== 'string' && !isSkipped(node) && node.children.some((child) => isBlock(child) || holdsBlocks(child));

/** HTML of our own making as Markdown, for readers that are programs. No text is lost; what is nested stays so. */
export const markdownFromHtml = (html: string): string => `${joined(blocksOf(readHtml(html)))}\n`;
