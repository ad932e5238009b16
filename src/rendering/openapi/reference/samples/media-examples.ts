import type { Example, MediaType } from '../model/model.ts';
import { asNode } from '../model/nodes.ts';
import type { SchemaReader } from '../schema/view.ts';
import { fileNames, formParts, isFilePart, isJoined } from './form-parts.ts';
import { isForm, isJson, isMultipart, isXml } from './media-kinds.ts';
import { twoItems } from './parameter-example.ts';
import { prune } from './prune.ts';
import { type SampleOptions, sampleValue } from './value.ts';
import { sampleXml } from './xml.ts';

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
/** Of a form that requires none of its parts. */
const FEW_PARTS = 4;
const MAX_TEXT = 3_500;

/** The schema of a whole body, or of the items of a stream that has no other. */
const shownSchema = ({ schema, itemSchema }: MediaType): unknown => schema ?? itemSchema;

/** Lists that are made up and whose values are sent in one have two, so that one sees how they are told apart. */
const withTwoItems = (reader: SchemaReader, { schema, encodings }: MediaType, made: Record<string, unknown>) => {
  const { properties, examples } = reader.view(schema);
  const joined = new Set(encodings.filter(isJoined).map(({ part }) => part));
  const lists = properties.flatMap(({ name, schema: list }): [string, unknown][] => {
    const view = reader.view(list);
    const isTold = [...examples, ...view.examples, ...view.defaultValue, ...view.constant].length > 0;
    return isTold || !joined.has(name) || !Array.isArray(made[name]) ? [] : [[name, twoItems(reader, view)]];
  });
  return { ...made, ...Object.fromEntries(lists) };
};

/** An example made from the schema of a media type. */
export const sampleMedia = (
  reader: SchemaReader,
  media: MediaType,
  audience: SampleOptions['audience'],
  requiredOnly = false,
): unknown => {
  const options = { audience, requiredOnly, maxNodes: SAMPLE_NODES, maxDepth: SAMPLE_DEPTH };
  const made = sampleValue(reader, shownSchema(media), options);
  const fields = isForm(media.type) ? asNode(made) : undefined;
  return fields === undefined ? made : withTwoItems(reader, media, fields);
};

/**
 * What makes an example the same wherever it stands: the object that is its value, or the named schema that it is made from where the
 * document has none; undefined where that cannot be told.
 */
export const exampleKey = (media: MediaType, example: Example | undefined, audience: SampleOptions['audience']): unknown => {
  // How a form is written, its schema alone does not tell.
  if (media.encodings.length > 0) return undefined;
  // Written as XML or as a form, the same value looks different.
  if (example !== undefined)
    return typeof example.value === 'object' && example.value !== null && isJson(media.type) ? example.value : undefined;
  const { $ref: reference, ...beside } = asNode(shownSchema(media)) ?? {};
  // What stands beside a reference may change what it means.
  return typeof reference === 'string' && Object.keys(beside).length === 0 ? `${audience} ${media.type} ${reference}` : undefined;
};

const isEmpty = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/**
 * The parts of a form that requires some of them, and a file where none of these is one; of a form that requires none a few, files
 * before others. They stay in their order.
 */
const partsExample = (reader: SchemaReader, media: MediaType, required: Record<string, unknown>): unknown => {
  const names = fileNames(reader, media.schema);
  const optional = Object.entries(asNode(sampleMedia(reader, media, 'request')) ?? {}).filter(
    ([name]) => !Object.hasOwn(required, name),
  );
  const files = optional.filter((part) => isFilePart(names, part));
  const hasFile = Object.entries(required).some((part) => isFilePart(names, part));
  const wanted = isEmpty(required)
    ? [...files, ...optional.filter((part) => !files.includes(part))].slice(0, FEW_PARTS)
    : files.slice(0, hasFile ? 0 : 1);
  const shown = optional.flatMap((part): [string, unknown][] => {
    const [name, value] = part;
    const few = prune(value, FEW).value;
    return wanted.includes(part) && (!isEmpty(few) || isEmpty(value)) ? [[name, few]] : [];
  });
  return { ...required, ...Object.fromEntries(shown) };
};

/**
 * The body of a sample request: the document's first example, else one made from what the schema requires; where it requires nothing,
 * a few of its properties show how a body is sent. A form in parts shows a file, if it takes any.
 */
export const requestExample = (reader: SchemaReader, media: MediaType): unknown => {
  const given = media.examples.find(({ value }) => value !== undefined)?.value;
  if (given !== undefined) return given;
  const required = sampleMedia(reader, media, 'request', true);
  const fields = isMultipart(media.type) ? asNode(required) : undefined;
  if (fields !== undefined) return partsExample(reader, media, fields);
  return isEmpty(required) ? prune(sampleMedia(reader, media, 'request'), FEW).value : required;
};

const cut = (text: string): { text: string; shortened: boolean } =>
  text.length > MAX_TEXT ? { text: `${text.slice(0, MAX_TEXT)}…`, shortened: true } : { text, shortened: false };

const printable = (value: unknown): string => JSON.stringify(value, null, 2) ?? '';

/** A field a line. Fields of a form in parts stand by themselves, those of any other are one text. */
const formText = (reader: SchemaReader, media: MediaType, given: unknown): string => {
  const [assign, join] = isMultipart(media.type) ? [': ', '\n'] : ['=', '\n&'];
  return formParts(reader, media, given)
    .map(({ name, value }) => `${name}${assign}${value}`)
    .join(join);
};

/** An event as a server sends it, a field a line. */
const eventText = (value: unknown): string =>
  Object.entries(asNode(value) ?? { data: value })
    .map(([field, text]) => `${field}: ${typeof text === 'string' ? text : JSON.stringify(text)}`)
    .join('\n');

const printStructure = (reader: SchemaReader, media: MediaType, value: unknown): Pick<Payload, 'language' | 'text'> => {
  if (isXml(media.type)) return { language: 'xml', text: sampleXml(reader, media.schema, value) };
  if (isForm(media.type)) return { language: 'text', text: formText(reader, media, value) };
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
