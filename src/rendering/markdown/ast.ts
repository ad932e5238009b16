import MarkdownIt from 'markdown-it';
import { type Alignment, alignmentOf, type Token, withoutByteOrderMark } from './tokens.ts';

type CellAlignment = Alignment | 'none';

/** A node of the tree in which the reference API answers documents; which fields it has follows from its type. */
export interface DocumentNode {
  type: string;
  children?: DocumentNode[];
  text?: string;
  level?: number;
  lang?: string;
  isOrdered?: boolean;
  softBreak?: boolean;
  hardBreak?: boolean;
  href?: string;
  title?: string;
  url?: string;
  alt?: string;
  checked?: boolean;
  alignment?: CellAlignment;
  alignments?: CellAlignment[];
}

/** Raw HTML is text in the tree, which has no node for it. */
const parser = new MarkdownIt({ html: false, linkify: false });
// Not among the options' types.
parser.set({ maxNesting: 40 } as object);

/** The marker of a task, at the beginning of a list item. */
const TASK = /^\[([ xX])\][ \u00a0]/;

/** Markdown as the reference API's node tree (schema `ChildNode`); the empty text has no nodes. */
export const markdownToAst = (source: string): DocumentNode[] => {
  const tokens = parser.parse(withoutByteOrderMark(source), {});
  const table: TableState = { alignments: [], inHead: false };
  return nest(tokens, (token, siblings, at) => {
    if (token.type === 'inline') {
      const nodes = inlineOf(token.children ?? []);
      if (tokens[at - 2]?.type === 'list_item_open') addCheckbox(siblings, nodes[0]);
      for (const node of nodes) siblings.push(node);
    } else if (token.type === 'thead_open' || token.type === 'tbody_open') table.inHead = token.type === 'thead_open';
    else return blockOf(token, table);
    return undefined;
  });
};

/**
 * Makes a tree of a flat list of tokens.
 * @param nodeOf the node of a token; a token without one may add to its siblings itself, and what it holds becomes its parent's
 */
const nest = (
  tokens: readonly Token[],
  nodeOf: (token: Token, siblings: DocumentNode[], at: number) => DocumentNode | undefined,
): DocumentNode[] => {
  let siblings: DocumentNode[] = [];
  const around: DocumentNode[][] = [];
  tokens.forEach((token, at) => {
    if (token.nesting === -1) {
      siblings = around.pop() ?? siblings;
      return;
    }
    const node = nodeOf(token, siblings, at);
    if (node) siblings.push(node);
    if (token.nesting !== 1) return;
    around.push(siblings);
    if (node) {
      node.children = [];
      siblings = node.children;
    }
  });
  return siblings;
};

/** Adds a checkbox if the text that begins a list item is marked as a task, and takes the marker away. */
const addCheckbox = (siblings: DocumentNode[], first: DocumentNode | undefined): void => {
  const marker = first?.type === 'text' ? TASK.exec(first.text ?? '') : null;
  if (!first || !marker) return;
  siblings.push({ type: 'task_checkbox', checked: marker[1] !== ' ' });
  first.text = first.text?.slice(marker[0].length) ?? '';
};

/** Where in a table the tokens are. Tables do not nest. */
interface TableState {
  /** Of the columns; grows while the head is read. The nodes of the table and its rows share it. */
  alignments: CellAlignment[];
  inHead: boolean;
}

const blockOf = (token: Token, table: TableState): DocumentNode | undefined => {
  switch (token.type) {
    case 'heading_open':
      return { type: 'heading', level: Number(token.tag.slice(1)) };
    case 'paragraph_open':
      return { type: token.hidden ? 'text_block' : 'paragraph' };
    case 'blockquote_open':
      return { type: 'blockquote' };
    case 'bullet_list_open':
    case 'ordered_list_open':
      return { type: 'list', isOrdered: token.type === 'ordered_list_open' };
    case 'list_item_open':
      return { type: 'list_item' };
    case 'hr':
      return { type: 'break' };
    case 'fence':
    case 'code_block': {
      const lang = /^\S+/.exec(token.info.trim())?.[0];
      return { type: 'code_block', ...(lang ? { lang } : {}), children: [{ type: 'text', text: token.content }] };
    }
    case 'table_open':
      table.alignments = [];
      return { type: 'table', alignments: table.alignments };
    case 'tr_open':
      return { type: table.inHead ? 'table_header' : 'table_row', alignments: table.alignments };
    case 'th_open':
    case 'td_open': {
      const alignment = alignmentOf(token) ?? 'none';
      if (token.type === 'th_open') table.alignments.push(alignment);
      return { type: 'table_cell', alignment };
    }
    default:
      return undefined;
  }
};

const inlineOf = (tokens: readonly Token[]): DocumentNode[] =>
  nest(tokens, (token, siblings) => {
    if (token.type !== 'softbreak' && token.type !== 'hardbreak') return inlineNode(token);
    breakAfter(siblings, token.type);
    return undefined;
  });

const inlineNode = (token: Token): DocumentNode | undefined => {
  switch (token.type) {
    case 'text':
      return token.content === '' ? undefined : { type: 'text', text: token.content };
    case 'code_inline':
      return { type: 'code', children: [{ type: 'text', text: token.content }] };
    case 'em_open':
      return { type: 'emphasis', level: 1 };
    case 'strong_open':
      return { type: 'emphasis', level: 2 };
    case 's_open':
      return { type: 'strikethrough' };
    case 'link_open':
      return { type: 'link', href: token.attrGet('href') ?? '', ...titleOf(token) };
    case 'image':
      return { type: 'image', url: token.attrGet('src') ?? '', alt: token.content, ...titleOf(token) };
    default:
      return undefined;
  }
};

const titleOf = (token: Token): { title?: string } => {
  const title = token.attrGet('title');
  return title ? { title } : {};
};

/** A break belongs to the text before it. */
const breakAfter = (siblings: DocumentNode[], kind: 'softbreak' | 'hardbreak'): void => {
  const last = siblings.at(-1);
  const text: DocumentNode = last?.type === 'text' ? last : { type: 'text', text: '' };
  if (text !== last) siblings.push(text);
  text[kind === 'hardbreak' ? 'hardBreak' : 'softBreak'] = true;
};
