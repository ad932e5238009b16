import type { Difference, Words } from './types.ts';

/** Code of a document in Markdown: between more backticks than it holds. */
const markdownCode = (text: string): string => {
  const fence = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length)) + 1);
  const isOpen = text.startsWith('`') || text.endsWith('`');
  return isOpen ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
};

/** Words as Markdown, on one line; what documents say stands in it as code, and so says nothing else. */
export const asMarkdown = (words: Words): string =>
  words.map((part) => (typeof part === 'string' ? part : markdownCode(part.code.replace(/\s+/g, ' ')))).join('');

/** Words with a capital at the beginning, unless a document says how they begin. */
export const capital = ([first, ...rest]: Words): Words => {
  if (first === undefined) return [];
  return typeof first === 'string' ? [first.charAt(0).toUpperCase() + first.slice(1), ...rest] : [first, ...rest];
};

/** A difference as a sentence. */
export const sentenceOf = ({ place, text }: Difference): Words =>
  place.length === 0 ? capital(text) : [...capital(place), ': ', ...text];
