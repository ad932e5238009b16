import type { ConsoleField, ConsoleFormField } from './types.ts';

const wellFormed = (value: string): string => value.replace(/\p{Surrogate}/gu, '\ufffd');

/** Encodes a value so that nothing in it means anything in an address. */
export const encodeStrictly = (value: string): string => encodeURIComponent(wellFormed(value));

/**
 * Reserved characters (RFC 3986, section 2.2) without those that would end the value (`#`, `&`), that forms read as a space (`+`), or that
 * programs take for patterns (`[`, `]`).
 */
const RESERVED = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B|3D)/g;

/** Encodes a value whose reserved characters stay. */
export const encodeLoosely = (value: string): string => encodeStrictly(value).replace(RESERVED, decodeURIComponent);

/** The lines of a list, without empty ones. */
const linesOf = (text: string): string[] => text.split(/\r?\n/).filter((line) => line !== '');

/** What was typed as data. @throws SyntaxError for what should be JSON and is not */
export const typedValue = ({ kind }: Pick<ConsoleField, 'kind'>, text: string): unknown => {
  if (kind === 'list') return linesOf(text);
  return kind === 'json' ? JSON.parse(text) : text;
};

const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

const DELIMITERS: ReadonlyMap<string, string> = new Map([
  ['spaceDelimited', ' '],
  ['pipeDelimited', '|'],
]);

/** A field of a form as names and values, none of them encoded. What its encoding says nothing of is JSON where it is nested. */
export const formPairs = ({ name, style, explode }: Pick<ConsoleFormField, 'name' | 'style' | 'explode'>, value: unknown) => {
  const pairs = (found: [string, string][]): [string, string][] => found;
  if (Array.isArray(value)) {
    const items = value.map(asText);
    const isRepeated = explode ?? (style === undefined || style === 'form' || style === 'deepObject');
    return pairs(isRepeated ? items.map((item) => [name, item]) : [[name, items.join(DELIMITERS.get(style ?? '') ?? ',')]]);
  }
  if (typeof value !== 'object' || value === null || (style === undefined && explode === undefined))
    return pairs([[name, asText(value)]]);
  const members = Object.entries(value).map(([key, member]): [string, string] => [key, asText(member)]);
  if (style === 'deepObject') return pairs(members.map(([key, text]) => [`${name}[${key}]`, text]));
  return pairs(explode === false ? [[name, members.flat().join(DELIMITERS.get(style ?? '') ?? ',')]] : members);
};
