import type { Example, MediaType } from './model.ts';
import { asNode, entries, type Node, nodeEntries, property, text, texts } from './nodes.ts';
import type { Resolver } from './resolver.ts';

const plainExample = (value: unknown, name?: string): Example => ({
  name,
  summary: undefined,
  description: undefined,
  value,
  serialized: false,
  externalValue: undefined,
});

const readExample = (resolver: Resolver, name: string, value: unknown): Example | undefined => {
  const node = resolver.node(value);
  if (node === undefined) return value === null || value === undefined ? undefined : plainExample(value, name);
  const serialized = text(node['serializedValue']);
  const externalValue = text(node['externalValue']);
  const held = Object.hasOwn(node, 'dataValue') ? node['dataValue'] : node['value'];
  const shown = held === undefined ? serialized : held;
  if (shown === undefined && externalValue === undefined) return undefined;
  return {
    name,
    summary: text(node['summary']),
    description: text(node['description']),
    value: shown,
    serialized: held === undefined && serialized !== undefined,
    externalValue,
  };
};

/** The examples of a media type, parameter or header: `examples` by name, else `example`. */
export const readExamples = (resolver: Resolver, node: Node): Example[] => {
  const named = entries(node['examples']).flatMap(([name, value]) => readExample(resolver, name, value) ?? []);
  if (named.length > 0) return named;
  return Object.hasOwn(node, 'example') && node['example'] !== undefined ? [plainExample(node['example'])] : [];
};

/** A `content` map of OpenAPI 3. */
export const readContent = (resolver: Resolver, content: unknown): MediaType[] =>
  nodeEntries(content).flatMap(([type, value]) => {
    const node = resolver.node(value);
    if (node === undefined) return [];
    const streamed = node['itemSchema'] !== undefined && node['schema'] === undefined;
    return { type, schema: streamed ? node['itemSchema'] : node['schema'], streamed, examples: readExamples(resolver, node) };
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
  return [...known].map((type) => ({
    type,
    schema,
    streamed: false,
    examples: Object.hasOwn(given, type) ? [plainExample(property(given, type))] : [],
  }));
};
