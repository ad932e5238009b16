import type { Encoding, Example, MediaType } from './model.ts';
import { asNode, entries, list, type Node, namedNodes, nodeEntries, property, text, texts } from './nodes.ts';
import type { ParameterReader } from './parameters.ts';
import type { Resolver } from './resolver.ts';

/** Parts inside parts are read only this deep. */
const MAX_PART_DEPTH = 3;

/** An example that says nothing of itself. */
export const plainExample = (value: unknown, name?: string): Example => ({
  name,
  summary: undefined,
  description: undefined,
  value,
  serialized: undefined,
  externalValue: undefined,
});

const readExample = (resolver: Resolver, name: string, value: unknown): Example | undefined => {
  const node = resolver.node(value);
  if (node === undefined) return value === null || value === undefined ? undefined : plainExample(value, name);
  const example = {
    name,
    summary: text(node['summary']),
    description: text(node['description']),
    value: Object.hasOwn(node, 'dataValue') ? node['dataValue'] : node['value'],
    serialized: text(node['serializedValue']),
    externalValue: text(node['externalValue']),
  };
  const { value: data, serialized, externalValue } = example;
  return data === undefined && serialized === undefined && externalValue === undefined ? undefined : example;
};

/** The examples of a media type, parameter or header: `examples` by name, else `example`. */
export const readExamples = (resolver: Resolver, node: Node): Example[] => {
  const named = entries(node['examples']).flatMap(([name, value]) => readExample(resolver, name, value) ?? []);
  if (named.length > 0) return named;
  return Object.hasOwn(node, 'example') && node['example'] !== undefined ? [plainExample(node['example'])] : [];
};

const readEncoding = (
  resolver: Resolver,
  parameter: ParameterReader,
  part: string,
  value: unknown,
  depth: number,
): Encoding[] => {
  const node = resolver.node(value);
  if (node === undefined || depth > MAX_PART_DEPTH) return [];
  const { explode } = node;
  const encoding = {
    part,
    contentType: text(node['contentType']),
    style: text(node['style']),
    explode: typeof explode === 'boolean' ? explode : undefined,
    allowReserved: node['allowReserved'] === true,
    headers: namedNodes(node['headers']).flatMap(([name, header]) => parameter(header, name) ?? []),
    parts: readEncodings(resolver, parameter, node, depth + 1),
  };
  return [encoding];
};

/** How the parts of a media type, or of a part, are written: by name, by place, and all further ones. */
const readEncodings = (resolver: Resolver, parameter: ParameterReader, node: Node, depth = 0): Encoding[] => {
  const read = (part: string, value: unknown): Encoding[] => readEncoding(resolver, parameter, part, value, depth);
  return [
    ...nodeEntries(node['encoding']).flatMap(([name, value]) => read(name, value)),
    ...list(node['prefixEncoding']).flatMap((value, index) => read(`[${index}]`, value)),
    ...read(node['prefixEncoding'] === undefined ? 'each item' : 'further items', node['itemEncoding']),
  ];
};

/** A `content` map of OpenAPI 3; `parameter` reads the headers of its parts. */
export const readContent = (resolver: Resolver, parameter: ParameterReader, content: unknown): MediaType[] =>
  nodeEntries(content).flatMap(([type, value]) => {
    const node = resolver.node(value);
    if (node === undefined) return [];
    const { schema, itemSchema } = node;
    const encodings = readEncodings(resolver, parameter, node);
    return { type, schema, itemSchema, encodings, examples: readExamples(resolver, node) };
  });

/** A media type that says nothing of items and parts. */
export const plainMedia = (type: string, schema: unknown, examples: Example[] = []): MediaType => ({
  type,
  schema,
  itemSchema: undefined,
  encodings: [],
  examples,
});

/** Media types of Swagger 2.0: those of the operation, else of the document, else JSON. */
export const readMediaTypes = (own: unknown, inherited: unknown): string[] => {
  const types = texts(Array.isArray(own) ? own : inherited);
  return types.length > 0 ? types : ['application/json'];
};

/** The media types of a Swagger 2.0 response, with its `examples` by media type. */
export const readSwaggerContent = (types: string[], schema: unknown, examples: unknown): MediaType[] => {
  const given = asNode(examples) ?? {};
  const known = new Set([...(schema === undefined ? [] : types), ...Object.keys(given).filter((key) => key.includes('/'))]);
  const shown = readableSchema(schema);
  return [...known].map((type) =>
    plainMedia(type, shown, Object.hasOwn(given, type) ? [plainExample(property(given, type))] : []),
  );
};

/** The type `file` of Swagger 2.0 is what later versions call binary. */
export const readableSchema = (schema: unknown): unknown => {
  const node = asNode(schema);
  return node?.['type'] === 'file' ? { ...node, type: 'string', format: 'binary' } : schema;
};
