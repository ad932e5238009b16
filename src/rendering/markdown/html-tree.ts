import { unescapeHtml } from '../../lib/html.ts';

/** An element of well-formed HTML, such as is printed here. */
export interface Element {
  readonly tag: string;
  /** as they are written; see {@link attributeOf} */
  readonly attributes: string;
  readonly children: Node[];
}

/** An element, or text. */
export type Node = Element | string;

/** No part of it can give back what it took, which in long attributes would be tried for every letter. */
const TOKEN = /<(\/?)([a-z][\w-]*)(?![\w-])([^<>]*)>|([^<]+)/gi;

const VOID = new Set(['br', 'hr', 'img', 'input', 'wbr']);

/** Elements within each other; of what lies deeper, only the content counts. */
const MAX_DEPTH = 200;

const ATTRIBUTES = {
  alt: /(?:^|\s)alt="([^"]*)"/,
  class: /(?:^|\s)class="([^"]*)"/,
  href: /(?:^|\s)href="([^"]*)"/,
  src: /(?:^|\s)src="([^"]*)"/,
} as const;

/** The value of an attribute; empty where it is not there. */
export const attributeOf = ({ attributes }: Element, name: keyof typeof ATTRIBUTES): string =>
  unescapeHtml(ATTRIBUTES[name].exec(attributes)?.[1] ?? '');

export const hasClass = (element: Element, name: string): boolean => attributeOf(element, 'class').split(/\s+/).includes(name);

/** Reads HTML of our own making, or sanitised HTML: whatever is open is closed. */
export const readHtml = (html: string): Node[] => {
  const root: Node[] = [];
  const open: { readonly tag: string; readonly children: Node[] }[] = [];
  for (const [, slash, name = '', attributes = '', text] of html.matchAll(TOKEN)) {
    const tag = name.toLowerCase();
    const into = open.at(-1)?.children ?? root;
    if (text !== undefined) into.push(unescapeHtml(text));
    else if (slash) {
      const at = open.findLastIndex((element) => element.tag === tag);
      if (at >= 0) open.length = at;
    } else {
      const element = { tag, attributes, children: [] };
      const isTooDeep = open.length >= MAX_DEPTH;
      if (!isTooDeep) into.push(element);
      if (!attributes.endsWith('/') && !VOID.has(tag)) open.push(isTooDeep ? { tag, children: into } : element);
    }
  }
  return root;
};
