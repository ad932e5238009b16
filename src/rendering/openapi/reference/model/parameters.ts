import { plainMedia, readableSchema, readContent, readExamples, readMediaTypes } from './media.ts';
import type { Parameter, RequestBody } from './model.ts';
import { list, type Node, property, text } from './nodes.ts';
import type { Resolver } from './resolver.ts';

const DEFAULT_STYLES: ReadonlyMap<string, string> = new Map([
  ['path', 'simple'],
  ['header', 'simple'],
  ['query', 'form'],
  ['cookie', 'form'],
]);

const COLLECTION_STYLES: ReadonlyMap<string, string> = new Map([
  ['ssv', 'spaceDelimited'],
  ['tsv', 'tabDelimited'],
  ['pipes', 'pipeDelimited'],
]);

/** Of a Swagger 2.0 parameter: everything that describes its value. */
const swaggerSchema = (node: Node): unknown => {
  if (node['schema'] !== undefined) return node['schema'];
  const { name, in: place, description, required, collectionFormat, allowEmptyValue, ...schema } = node;
  return readableSchema(schema);
};

const styleOf = (node: Node, place: string): { style: string; explode: boolean } => {
  const collection = text(node['collectionFormat']);
  const fallback = DEFAULT_STYLES.get(place) ?? 'form';
  if (collection !== undefined) return { style: COLLECTION_STYLES.get(collection) ?? fallback, explode: collection === 'multi' };
  const style = text(node['style']) ?? fallback;
  // Swagger 2.0 joins arrays by commas unless told otherwise; there, only parameters without `schema` have a type of their own.
  const explode = typeof node['explode'] === 'boolean' ? node['explode'] : style === 'form' && node['type'] === undefined;
  return { style, explode };
};

/** One parameter or header, by its object; `header` names a header, which does not do so itself. */
const describeParameter = (
  resolver: Resolver,
  read: ParameterReader,
  node: Node | undefined,
  header?: string,
): Parameter | undefined => {
  const name = header ?? text(node?.['name']);
  if (node === undefined || name === undefined) return undefined;
  const place = header === undefined ? (text(node['in']) ?? 'query') : 'header';
  const [content] = node['schema'] === undefined ? readContent(resolver, read, node['content']) : [];
  return {
    name,
    place,
    description: text(node['description']),
    required: place === 'path' || node['required'] === true,
    deprecated: node['deprecated'] === true,
    allowEmptyValue: node['allowEmptyValue'] === true,
    allowReserved: node['allowReserved'] === true,
    ...styleOf(node, place),
    schema: content === undefined ? swaggerSchema(node) : content.schema,
    mediaType: content?.type,
    examples: content === undefined ? readExamples(resolver, node) : content.examples,
  };
};

/** Reads parameters and headers, each object once: large documents refer to few from everywhere. */
export type ParameterReader = (value: unknown, header?: string) => Parameter | undefined;

export const createParameterReader = (resolver: Resolver): ParameterReader => {
  const known = new Map<Node, Parameter | undefined>();
  const read: ParameterReader = (value, header) => {
    const node = resolver.node(value);
    if (node === undefined) return undefined;
    const cached = known.get(node);
    if (cached !== undefined && (header === undefined || cached.name === header)) return cached;
    const parameter = describeParameter(resolver, read, node, header);
    known.set(node, parameter);
    return parameter;
  };
  return read;
};

const nodeKey = (node: Node): string => `${text(node['in'])} ${text(node['name'])}`;

/** The parameters of a path and of its operation as objects; an operation's parameter replaces the path's of the same place and name. */
export const mergeParameters = (resolver: Resolver, ofPath: unknown, ofOperation: unknown): Node[] => {
  const merged = new Map<string, Node>();
  for (const value of [...list(ofPath), ...list(ofOperation)]) {
    const node = resolver.node(value);
    if (node !== undefined) merged.set(nodeKey(node), node);
  }
  return [...merged.values()];
};

/** The `requestBody` of OpenAPI 3. */
export const readRequestBody = (resolver: Resolver, parameter: ParameterReader, value: unknown): RequestBody | undefined => {
  const node = resolver.node(value);
  if (node === undefined) return undefined;
  return {
    description: text(node['description']),
    required: node['required'] === true,
    media: readContent(resolver, parameter, node['content']),
  };
};

const formSchema = (fields: Node[]): Node => ({
  type: 'object',
  properties: Object.fromEntries(
    fields.map((field) => [
      text(field['name']) ?? '',
      { ...(swaggerSchema(field) as Node), ...(text(field['description']) && { description: field['description'] }) },
    ]),
  ),
  required: fields.filter((field) => field['required'] === true).map((field) => text(field['name'])),
});

const formMediaTypes = (fields: Node[], consumes: unknown, inherited: unknown): string[] => {
  const types = readMediaTypes(consumes, inherited).filter((type) => /form/i.test(type));
  if (types.length > 0) return types;
  return [fields.some((field) => field['type'] === 'file') ? 'multipart/form-data' : 'application/x-www-form-urlencoded'];
};

/** The request body of Swagger 2.0: its `body` parameter, or its `formData` parameters as one object. */
export const readSwaggerBody = (parameters: Node[], consumes: unknown, inherited: unknown): RequestBody | undefined => {
  const body = parameters.find((parameter) => parameter['in'] === 'body');
  const fields = parameters.filter((parameter) => parameter['in'] === 'formData');
  if (body === undefined && fields.length === 0) return undefined;
  const types = body ? readMediaTypes(consumes, inherited) : formMediaTypes(fields, consumes, inherited);
  const schema = body ? body['schema'] : formSchema(fields);
  return {
    description: text(body?.['description']),
    required: body?.['required'] === true || fields.some((field) => property(field, 'required') === true),
    media: types.map((type) => plainMedia(type, schema)),
  };
};
