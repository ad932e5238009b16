import { plainText } from '../../markdown/index.ts';
import { plainMedia } from '../reference/model/media.ts';
import type { Encoding, Example, MediaType, Parameter } from '../reference/model/model.ts';
import { scalarText } from '../reference/model/nodes.ts';
import { exactType } from '../reference/samples/form-parts.ts';
import { requestExample } from '../reference/samples/media-examples.ts';
import { isForm, isJson, isMultipart, isXml } from '../reference/samples/media-kinds.ts';
import { FILE } from '../reference/samples/value.ts';
import { sampleXml } from '../reference/samples/xml.ts';
import type { SchemaReader, SchemaView } from '../reference/schema/view.ts';
import type { ConsoleBody, ConsoleField, ConsoleFormField, ConsoleParameter } from './types.ts';

const MAX_DESCRIPTION = 300;
const MAX_CHOICES = 200;
const MAX_INITIAL = 100_000;
const MAX_EXAMPLE = 120;
const MAX_FIELDS = 200;

/** What is described: a parameter, or a property of a form. */
interface Described {
  readonly name: string;
  readonly schema: unknown;
  readonly required: boolean;
  readonly deprecated: boolean;
  readonly description: string | undefined;
  readonly examples: readonly Example[];
  /** Whether it is written as JSON, whatever it is. */
  readonly isJson: boolean;
}

const choicesOf = (view: SchemaView): string[] => {
  if (view.types[0] === 'boolean') return ['true', 'false'];
  const values = (view.enumValues ?? view.constant).map(scalarText);
  return values.length <= MAX_CHOICES ? values.flatMap((value) => value ?? []) : [];
};

const isBinary = (view: SchemaView): boolean =>
  view.format === 'binary' || view.constraints.some(({ label }) => label === 'media type');

const kindOf = (reader: SchemaReader, view: SchemaView, { isJson: isWhole }: Described): ConsoleField['kind'] => {
  const [type] = view.types;
  if (isWhole || type === 'object') return 'json';
  if (type === 'array') {
    const item = reader.view(view.items);
    return item.types[0] === 'object' || item.types[0] === 'array' ? 'json' : 'list';
  }
  return choicesOf(view).length > 0 ? 'choice' : 'text';
};

const typeOf = (reader: SchemaReader, view: SchemaView): string => {
  const [type = 'any'] = view.types;
  if (type === 'array') return `list of ${typeOf(reader, reader.view(view.items))}`;
  return view.format === undefined ? type : `${type} (${view.format})`;
};

/** A value as its field holds it. */
const asTyped = (kind: ConsoleField['kind'], value: unknown): string => {
  if (value === undefined || value === null || kind === 'file') return '';
  if (kind === 'json') return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');
  if (kind === 'list') return (Array.isArray(value) ? value : [value]).map((item) => scalarText(item) ?? '').join('\n');
  return scalarText(value) ?? '';
};

/** A value on one line. */
const exampleOf = (kind: ConsoleField['kind'], value: unknown): string =>
  typeof value === 'object' && value !== null && kind === 'json'
    ? JSON.stringify(value)
    : asTyped(kind, value).replaceAll('\n', ', ');

/** What the specification itself gives as an example. */
const givenOf = (view: SchemaView, { examples }: Described): unknown =>
  examples.find(({ value }) => value !== undefined)?.value ?? view.examples[0];

const fieldOf = (reader: SchemaReader, described: Described): ConsoleField => {
  const view = reader.view(described.schema);
  const kind = kindOf(reader, view, described);
  const given = givenOf(view, described);
  const known = view.constant[0] ?? given ?? view.defaultValue[0];
  const needed =
    known ?? (kind === 'json' ? requestExample(reader, plainMedia('application/json', described.schema)) : undefined);
  const choices = kind === 'list' ? choicesOf(reader.view(view.items)) : kind === 'choice' ? choicesOf(view) : [];
  const description = described.description ?? view.description;
  return {
    name: described.name,
    kind,
    choices,
    required: described.required,
    type: `${typeOf(reader, view)}${described.deprecated || view.deprecated ? ', deprecated' : ''}`,
    description: description === undefined ? '' : plainText(description, MAX_DESCRIPTION),
    initial: described.required ? asTyped(kind, needed).slice(0, MAX_INITIAL) : '',
    example: exampleOf(kind, given).slice(0, MAX_EXAMPLE),
  };
};

/** A parameter as it is asked for. */
export const consoleParameter = (reader: SchemaReader, parameter: Parameter): ConsoleParameter => {
  const { place, style, explode, allowReserved, allowEmptyValue, mediaType } = parameter;
  const isWhole = mediaType !== undefined && (isJson(mediaType) || place === 'querystring');
  return {
    ...fieldOf(reader, { ...parameter, isJson: isWhole }),
    ...{ place, style, explode, allowReserved, allowEmptyValue: allowEmptyValue && place === 'query', mediaType },
  };
};

const formField = (reader: SchemaReader, media: MediaType, { name, schema, required }: SchemaView['properties'][number]) => {
  const encoding = media.encodings.find(({ part }) => part === name) as Encoding | undefined;
  const view = reader.view(schema);
  const item = view.items === undefined ? view : reader.view(view.items);
  const field = fieldOf(reader, {
    ...{ name, schema, required, deprecated: false },
    ...{ description: undefined, examples: [], isJson: false },
  });
  const kind = isMultipart(media.type) && isBinary(item) ? ('file' as const) : field.kind;
  const { style, explode, contentType } = encoding ?? {};
  return {
    ...field,
    kind,
    ...(kind === 'file' ? { type: 'file', initial: '' } : {}),
    style,
    explode,
    contentType: exactType(contentType),
  };
};

const formFields = (reader: SchemaReader, media: MediaType): ConsoleFormField[] =>
  reader
    .view(media.schema)
    .properties.filter(({ schema }) => !reader.view(schema).readOnly)
    .slice(0, MAX_FIELDS)
    .map((property) => formField(reader, media, property));

const isText = (type: string): boolean => /^text\/|\b(?:yaml|graphql|javascript|csv)\b/i.test(type);

/** What a text body holds at first: the example of the specification, or one made from what is required. */
const initialText = (reader: SchemaReader, media: MediaType): string => {
  const serialized = media.examples.find((example) => example.serialized !== undefined)?.serialized;
  const value = requestExample(reader, media);
  if (serialized !== undefined && value === undefined) return serialized;
  if (value === undefined || value === FILE) return '';
  if (typeof value === 'string' && !isJson(media.type)) return value;
  return isXml(media.type) ? sampleXml(reader, media.schema, value) : (JSON.stringify(value, null, 2) ?? '');
};

/** A body as it is asked for. */
export const consoleBody = (reader: SchemaReader, media: MediaType): ConsoleBody => {
  const { type } = media;
  if (isForm(type)) {
    const fields = formFields(reader, media);
    if (fields.length > 0) return { type, kind: isMultipart(type) ? 'multipart' : 'form', initial: '', fields };
  }
  const view = reader.view(media.schema);
  const isTyped = isJson(type) || isXml(type) || isText(type) || isForm(type) || view.types.includes('object');
  if (!isTyped || (isBinary(view) && !isText(type))) return { type, kind: 'file', initial: '', fields: [] };
  return { type, kind: 'text', initial: isForm(type) ? '' : initialText(reader, media).slice(0, MAX_INITIAL), fields: [] };
};
