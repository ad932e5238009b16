/** HTML that is safe to print: made by {@link html} or declared so by {@link raw}. */
export class SafeHtml {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
  toString(): string {
    return this.value;
  }
}

type Printable = SafeHtml | string | number | false | null | undefined | readonly Printable[];

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Escapes text for element content and quoted attribute values. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

const CHARACTERS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'", nbsp: ' ' };

/** The opposite of {@link escapeHtml}; a space that does not break becomes a space, other entities stay. */
export const unescapeHtml = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39|#x27|nbsp);/g, (_, name: string) => CHARACTERS[name] ?? '');

/** Elements that stand within a line; any other ends a word. */
const TAG = /<(?:(\/?(?:a|b|code|del|em|i|s|span|strong|sub|sup|u)\b)[^>]*|[^>]*)>?/g;

/** The words of HTML on one line. For readers of plain text, and for search: never printed as HTML. */
export const wordsOfHtml = (html: string): string =>
  unescapeHtml(html.replace(TAG, (_, inline: string | undefined) => (inline === undefined ? ' ' : '')))
    .replace(/\s+/g, ' ')
    .trim();

/** Declares a string to be safe HTML; only for output of a sanitiser or of our own renderers. */
export const raw = (value: string): SafeHtml => new SafeHtml(value);

/**
 * JSON as a block of data for programs that read pages. Browsers run no block of such a type, and no text in it can end it: what could is
 * written as escapes of JSON.
 */
export const dataBlock = (type: string, value: unknown): SafeHtml => {
  const json = JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return raw(`<script type="${escapeHtml(type)}">${json}</script>`);
};

const print = (value: Printable): string => {
  if (value === false || value === null || value === undefined) return '';
  if (value instanceof SafeHtml) return value.value;
  if (Array.isArray(value)) return value.map(print).join('');
  return escapeHtml(String(value));
};

/** Tagged template that escapes whatever is not {@link SafeHtml}; `false`, `null`, `undefined` print nothing, arrays print their items. */
export const html = (strings: TemplateStringsArray, ...values: Printable[]): SafeHtml => {
  let out = strings[0] ?? '';
  for (let i = 0; i < values.length; i++) out += print(values[i]) + (strings[i + 1] ?? '');
  return new SafeHtml(out);
};
