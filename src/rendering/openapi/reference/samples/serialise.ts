import type { Parameter } from '../model/model.ts';
import { asNode, scalarText } from '../model/nodes.ts';

const SEPARATORS: ReadonlyMap<string, string> = new Map([
  ['spaceDelimited', '%20'],
  ['pipeDelimited', '|'],
  ['tabDelimited', '%09'],
]);

/** Encodes a value for a URL; a placeholder in braces stays readable. */
export const encodeValue = (value: string): string =>
  /^\{[\w-]+\}$/.test(value)
    ? value
    : encodeURIComponent(value.replace(/\p{Surrogate}/gu, '�'))
        .replaceAll('%3A', ':')
        .replaceAll('%2C', ',');

type Encode = (value: string) => string;

/** A list inside another is joined by commas, as Swagger 2.0 has it; what is nested otherwise has no way of writing but JSON. */
const flat = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => scalarText(item) !== undefined)) return value.map(scalarText).join(',');
  return scalarText(value) ?? (value === null ? 'null' : (JSON.stringify(value) ?? ''));
};

const pairs = (value: unknown): [string, string][] => Object.entries(asNode(value) ?? {}).map(([key, item]) => [key, flat(item)]);

type Styled = Pick<Parameter, 'name' | 'style' | 'explode'>;

const styledPairs = ({ name, style, explode }: Styled, value: unknown, encode: Encode, separator: string): [string, string][] => {
  const key = encode(name);
  if (Array.isArray(value)) {
    const items = value.map((item) => encode(flat(item)));
    return explode ? items.map((item) => [key, item]) : [[key, items.join(separator)]];
  }
  if (asNode(value) === undefined) return [[key, encode(flat(value))]];
  if (style === 'deepObject') return pairs(value).map(([field, text]) => [`${key}[${encode(field)}]`, encode(text)]);
  const members = pairs(value).map(([field, text]): [string, string] => [encode(field), encode(text)]);
  return explode ? members : [[key, members.flat().join(separator)]];
};

/** A query parameter as name and value pairs, both encoded (OpenAPI 3, parameter style). */
export const queryPairs = (parameter: Styled, value: unknown, encode: Encode = encodeValue): string[] =>
  styledPairs(parameter, value, encode, SEPARATORS.get(parameter.style) ?? ',').map((pair) => pair.join('='));

/** A property of a form in the style of its encoding, as names and values, none of them encoded (OpenAPI 3.1, Encoding Object). */
export const styledFields = (property: Styled, value: unknown): [string, string][] =>
  property.style === 'deepObject'
    ? formFields({ [property.name]: value })
    : styledPairs(property, value, (text) => text, decodeURIComponent(SEPARATORS.get(property.style) ?? ','));

/** A path parameter in its style: `simple`, `label` or `matrix`, or what Swagger 2.0 joins by something else. */
export const pathValue = ({ name, style, explode }: Styled, value: unknown, encode: Encode = encodeValue): string => {
  const items = Array.isArray(value) ? value.map(flat) : undefined;
  const fields = asNode(value) === undefined ? undefined : pairs(value).map((pair) => pair.map(encode).join(explode ? '=' : ','));
  const encoded = fields ?? (items ?? [flat(value)]).map(encode);
  if (style === 'label') return `.${encoded.join(explode ? '.' : ',')}`;
  if (style !== 'matrix') return encoded.join(SEPARATORS.get(style) ?? ',');
  if (explode && fields) return fields.map((field) => `;${field}`).join('');
  return explode && items ? encoded.map((item) => `;${encode(name)}=${item}`).join('') : `;${encode(name)}=${encoded.join(',')}`;
};

/** The value of a header, in which nothing is encoded: `simple`, whatever else its style says, or joined as Swagger 2.0 has it. */
export const headerValue = (parameter: Styled, value: unknown): string =>
  Array.isArray(value)
    ? value.map(flat).join(decodeURIComponent(SEPARATORS.get(parameter.style) ?? ','))
    : pathValue({ ...parameter, style: 'simple' }, value, (text) => text);

/** Form fields of an object: arrays repeat the field, nested objects are written in brackets. */
export const formFields = (value: unknown, prefix = ''): [string, string][] =>
  Object.entries(asNode(value) ?? {}).flatMap(([key, item]): [string, string][] => {
    const name = prefix === '' ? key : `${prefix}[${key}]`;
    if (Array.isArray(item)) return item.map((each): [string, string] => [name, flat(each)]);
    return asNode(item) === undefined ? [[name, flat(item)]] : formFields(item, name);
  });
