import type { Example, MediaType } from '../model/model.ts';
import { asNode } from '../model/nodes.ts';
import type { SchemaReader } from '../schema/view.ts';
import { prune } from './prune.ts';
import { formFields, partFields } from './serialise.ts';
import { type SampleOptions, sampleValue } from './value.ts';
import { sampleXml } from './xml.ts';

export const isJson = (type: string): boolean => /[/+]json\b|^\*\/\*|jsonl|ndjson|json-seq/i.test(type);
export const isXml = (type: string): boolean => /[/+]xml\b/i.test(type);
export const isForm = (type: string): boolean => /x-www-form-urlencoded|multipart\//i.test(type);
export const isMultipart = (type: string): boolean => /multipart\//i.test(type);

/** An example as it is printed. */
export interface Payload {
  language: 'json' | 'xml' | 'text';
  text: string;
  /** Something was left out. */
  shortened: boolean;
}

const SAMPLE_NODES = 70;
const SAMPLE_DEPTH = 5;
const PAYLOAD_LIMITS = { maxNodes: 110, maxDepth: 7, maxItems: 2, maxText: 300 };
const FEW = { maxNodes: 4, maxDepth: 2, maxItems: 1, maxText: 80 };
const MAX_TEXT = 3_500;

/** The schema of a whole body, or of the items of a stream that has no other. */
const shownSchema = ({ schema, itemSchema }: MediaType): unknown => schema ?? itemSchema;

/** An example made from the schema of a media type. */
export const sampleMedia = (
  reader: SchemaReader,
  media: MediaType,
  audience: SampleOptions['audience'],
  requiredOnly = false,
): unknown => sampleValue(reader, shownSchema(media), { audience, requiredOnly, maxNodes: SAMPLE_NODES, maxDepth: SAMPLE_DEPTH });

/**
 * What makes an example the same wherever it stands: the object that is its value, or the named schema that it is made from where the
 * document has none; undefined where that cannot be told.
 */
export const exampleKey = (media: MediaType, example: Example | undefined, audience: SampleOptions['audience']): unknown => {
  // Written as XML or as a form, the same value looks different.
  if (example !== undefined)
    return typeof example.value === 'object' && example.value !== null && isJson(media.type) ? example.value : undefined;
  const { $ref: reference, ...beside } = asNode(shownSchema(media)) ?? {};
  // What stands beside a reference may change what it means.
  return typeof reference === 'string' && Object.keys(beside).length === 0 ? `${audience} ${media.type} ${reference}` : undefined;
};

const isEmpty = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/**
 * The body of a sample request: the document's first example, else one made from what the schema requires; where it requires nothing,
 * a few of its properties show how a body is sent.
 */
export const requestExample = (reader: SchemaReader, media: MediaType): unknown => {
  const given = media.examples.find(({ value }) => value !== undefined)?.value;
  if (given !== undefined) return given;
  const required = sampleMedia(reader, media, 'request', true);
  return isEmpty(required) ? prune(sampleMedia(reader, media, 'request'), FEW).value : required;
};

const cut = (text: string): { text: string; shortened: boolean } =>
  text.length > MAX_TEXT ? { text: `${text.slice(0, MAX_TEXT)}…`, shortened: true } : { text, shortened: false };

const printable = (value: unknown): string => JSON.stringify(value, null, 2) ?? '';

/** A field a line. Fields of a form in parts stand by themselves, those of any other are one text. */
const formText = (media: MediaType, value: unknown): string =>
  isMultipart(media.type)
    ? partFields(media, value)
        .map(([name, field]) => `${name}: ${field}`)
        .join('\n')
    : formFields(value)
        .map(([name, field]) => `${name}=${field}`)
        .join('\n&');

/** An event as a server sends it, a field a line. */
const eventText = (value: unknown): string =>
  Object.entries(asNode(value) ?? { data: value })
    .map(([field, text]) => `${field}: ${typeof text === 'string' ? text : JSON.stringify(text)}`)
    .join('\n');

const printStructure = (reader: SchemaReader, media: MediaType, value: unknown): Pick<Payload, 'language' | 'text'> => {
  if (isXml(media.type)) return { language: 'xml', text: sampleXml(reader, media.schema, value) };
  if (isForm(media.type)) return { language: 'text', text: formText(media, value) };
  if (/event-stream/i.test(media.type)) return { language: 'text', text: eventText(value) };
  const lines = media.schema === undefined && !Array.isArray(value) && /jsonl|ndjson/i.test(media.type);
  return { language: 'json', text: lines ? JSON.stringify(value) : printable(value) };
};

/** JSON that was given as text is printed like any other. */
const parsed = (type: string, value: unknown): unknown => {
  if (typeof value !== 'string' || !isJson(type) || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};

/** An example as it travels. */
export const printSerialized = ({ type }: MediaType, text: string): Payload => ({
  language: isXml(type) ? 'xml' : isJson(type) ? 'json' : 'text',
  ...cut(text),
});

/** Prints an example of a media type; undefined when there is nothing to print. */
export const printPayload = (reader: SchemaReader, media: MediaType, given: unknown): Payload | undefined => {
  const value = parsed(media.type, given);
  if (value === undefined) return undefined;
  if (typeof value === 'string' && (!isJson(media.type) || /^\s*[[{]/.test(value))) return printSerialized(media, value);
  const pruned = prune(value, PAYLOAD_LIMITS);
  const structure = printStructure(reader, media, pruned.value);
  const { text, shortened } = cut(structure.text);
  return { language: structure.language, text, shortened: shortened || pruned.shortened };
};
