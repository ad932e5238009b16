import { tasklist } from '@mdit/plugin-tasklist';
import MarkdownIt from 'markdown-it';

type Token = ReturnType<MarkdownIt['parse']>[number];

type Alignment = 'left' | 'right' | 'center' | 'none';

/** A node of the tree in which the reference API answers documents. */
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
  url?: string;
  alt?: string;
  checked?: boolean;
  alignment?: Alignment;
  alignments?: Alignment[];
}

const parser = new MarkdownIt({ html: false, linkify: false }).set({ maxNesting: 40 } as object).use(tasklist, {
  label: false,
});

/** Markdown as the reference API's node tree. */
export const markdownToAst = (source: string): DocumentNode[] => treeOf(parser.parse(source, {}));

const treeOf = (tokens: readonly Token[]): DocumentNode[] => {
  const root: DocumentNode = { type: 'document', children: [] };
  const open: DocumentNode[] = [root];
  const tables: Alignment[][] = [];
  for (const token of tokens) {
    const parent = open[open.length - 1] ?? root;
    if (token.nesting === -1) {
      if (NEST.has(token.type.replace(/_close$/, ''))) open.pop();
      if (token.type === 'table_close') tables.pop();
      continue;
    }
    if (token.type === 'inline') {
      parent.children?.push(...inlineOf(token.children ?? []));
      continue;
    }
    const node = blockOf(token, tokens, tables);
    if (!node) continue;
    parent.children?.push(node);
    if (token.nesting === 1) open.push(node);
  }
  return root.children ?? [];
};

/** Opening tokens that become nodes; others (thead, tbody) only group. */
const NEST = new Set([
  'heading',
  'paragraph',
  'blockquote',
  'bullet_list',
  'ordered_list',
  'list_item',
  'table',
  'tr',
  'th',
  'td',
]);

const blockOf = (token: Token, tokens: readonly Token[], tables: Alignment[][]): DocumentNode | undefined => {
  const alignments = tables[tables.length - 1] ?? [];
  switch (token.type) {
    case 'heading_open':
      return { type: 'heading', level: Number(token.tag.slice(1)), children: [] };
    case 'paragraph_open':
      return { type: token.hidden ? 'text_block' : 'paragraph', children: [] };
    case 'blockquote_open':
      return { type: 'blockquote', children: [] };
    case 'bullet_list_open':
    case 'ordered_list_open':
      return { type: 'list', isOrdered: token.type === 'ordered_list_open', children: [] };
    case 'list_item_open':
      return { type: 'list_item', children: [] };
    case 'hr':
      return { type: 'break' };
    case 'fence':
    case 'code_block': {
      const lang = /^\S+/.exec(token.info.trim())?.[0];
      return { type: 'code_block', ...(lang ? { lang } : {}), children: [{ type: 'text', text: token.content }] };
    }
    case 'table_open': {
      const own = alignmentsOf(tokens, token);
      tables.push(own);
      return { type: 'table', alignments: own, children: [] };
    }
    case 'tr_open':
      return { type: isHeaderRow(tokens, token) ? 'table_header' : 'table_row', alignments, children: [] };
    case 'th_open':
    case 'td_open':
      return { type: 'table_cell', alignment: alignmentOf(token), children: [] };
    default:
      return undefined;
  }
};

const alignmentOf = (token: Token): Alignment =>
  (/text-align:\s*(left|right|center)/.exec(token.attrGet('style') ?? '')?.[1] as Alignment | undefined) ?? 'none';

/** The alignments of a table's columns: those of its head. */
const alignmentsOf = (tokens: readonly Token[], table: Token): Alignment[] => {
  const found: Alignment[] = [];
  for (let at = tokens.indexOf(table); at < tokens.length && tokens[at]?.type !== 'thead_close'; at++) {
    const token = tokens[at];
    if (token?.type === 'th_open') found.push(alignmentOf(token));
  }
  return found;
};

const isHeaderRow = (tokens: readonly Token[], row: Token): boolean => tokens[tokens.indexOf(row) - 1]?.type === 'thead_open';

const inlineOf = (tokens: readonly Token[]): DocumentNode[] => {
  const root: DocumentNode = { type: 'root', children: [] };
  const open: DocumentNode[] = [root];
  for (const token of tokens) {
    const siblings = (open[open.length - 1] ?? root).children ?? [];
    if (token.nesting === -1) {
      open.pop();
      continue;
    }
    if (token.type === 'softbreak' || token.type === 'hardbreak') {
      breakAfter(siblings, token.type === 'hardbreak');
      continue;
    }
    const node = inlineNode(token);
    if (node) siblings.push(node);
    if (node && token.nesting === 1) open.push(node);
  }
  return root.children ?? [];
};

const inlineNode = (token: Token): DocumentNode | undefined => {
  switch (token.type) {
    case 'text':
      return token.content === '' ? undefined : { type: 'text', text: token.content };
    case 'code_inline':
      return { type: 'code', children: [{ type: 'text', text: token.content }] };
    case 'em_open':
      return { type: 'emphasis', level: 1, children: [] };
    case 'strong_open':
      return { type: 'emphasis', level: 2, children: [] };
    case 's_open':
      return { type: 'strikethrough', children: [] };
    case 'link_open':
      return { type: 'link', href: token.attrGet('href') ?? '', children: [] };
    case 'image':
      return { type: 'image', url: token.attrGet('src') ?? '', alt: token.content };
    case 'checkbox_input':
      return { type: 'task_checkbox', checked: token.attrGet('checked') !== null };
    default:
      return token.nesting === 1 ? { type: 'text_block', children: [] } : undefined;
  }
};

/** A break belongs to the text before it. */
const breakAfter = (siblings: DocumentNode[], hard: boolean): void => {
  const last = siblings[siblings.length - 1];
  const text: DocumentNode = last?.type === 'text' ? last : { type: 'text', text: '' };
  if (text !== last) siblings.push(text);
  if (hard) text.hardBreak = true;
  else text.softBreak = true;
};
