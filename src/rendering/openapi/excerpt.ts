import { storable } from '../../lib/text.ts';
import { isSafeImage } from '../markdown/links.ts';
import { emitBytes } from '../parts.ts';
import type { Task } from '../task-types.ts';
import { DEFAULT_INGEST_LIMITS } from './ingest/index.ts';
import { parseJson } from './ingest/json-source.ts';
import { decodeSource } from './ingest/source-text.ts';
import { isObject } from './ingest/version.ts';
import { parseYaml } from './ingest/yaml-source.ts';
import type { Node } from './reference/model/nodes.ts';
import { createResolver } from './reference/model/resolver.ts';
import { readSwaggerServers } from './reference/model/servers.ts';
import { withoutInternal } from './reference/model/visible.ts';
import type { SpecFormat } from './types.ts';

/** An operation as it is kept in an excerpt: its method in lower case, its path as it is stored. */
export interface KeptOperation {
  readonly method: string;
  readonly path: string;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

const isLocal = (ref: unknown): boolean => typeof ref === 'string' && ref.startsWith('#');

/** No browser runs what is at the address of a socket. */
const SOCKET = /^wss?:\/\//i;

/** Names of what is made a link or a picture. */
const ADDRESS = /^(?:url|href|termsOfService|\w+Url)$/;

/**
 * Whoever shows the excerpt follows references: those that lead out of the document are dropped, and examples kept elsewhere. And they
 * make links of addresses: those that would run something are emptied.
 */
const withoutHarm = (key: string, value: unknown): unknown => {
  if (typeof value === 'string') return ADDRESS.test(key) && !isSafeImage(value) && !SOCKET.test(value) ? '' : value;
  if (!isObject(value)) return value;
  const isForeign = typeof value['$ref'] === 'string' && !isLocal(value['$ref']);
  if (!isForeign && typeof value['externalValue'] !== 'string') return value;
  return Object.fromEntries(
    Object.entries(value).filter(([name]) => !(isForeign && name === '$ref') && !(name === 'externalValue')),
  );
};

/** Redoc fails on an operation of Swagger 2.0 with schemes of its own: it is told the servers that they make. */
const withServers = (document: Node, operation: unknown): unknown => {
  if (document['swagger'] === undefined || !isObject(operation) || operation['schemes'] === undefined) return operation;
  const { schemes, ...rest } = operation;
  const servers = readSwaggerServers(document, schemes).map(({ url }) => ({ url }));
  return { ...rest, ...(servers.length === 0 ? {} : { 'x-servers': servers }) };
};

/** A path with those of its operations that are wanted; undefined without any. */
const excerptOfPath = (document: Node, item: Node | undefined, isWanted: (method: string) => boolean): Node | undefined => {
  if (item === undefined) return undefined;
  const entries = Object.entries(item)
    .filter(([name]) => !METHODS.includes(name) || isWanted(name))
    .map(([name, value]) => [name, METHODS.includes(name) ? withServers(document, value) : value] as const);
  return entries.some(([name]) => METHODS.includes(name)) ? Object.fromEntries(entries) : undefined;
};

/** The tags that some operation of a path has. */
const tagsOf = (item: Node): unknown[] =>
  Object.values(item).flatMap((operation) => {
    const tags = isObject(operation) ? operation['tags'] : undefined;
    return Array.isArray(tags) ? tags : [];
  });

/** What is said of tags that some operation has. */
const tagsInUse = (tags: unknown, paths: readonly Node[]): unknown => {
  const used = new Set(paths.flatMap(tagsOf));
  return Array.isArray(tags) ? tags.filter((tag) => isObject(tag) && used.has(tag['name'])) : tags;
};

/**
 * A document as JSON, by itself: with the operations that are wanted (all where `kept` is undefined), nothing that it marks as internal, and
 * nothing that leads out of it or runs.
 */
export const excerptSpecification = (source: Uint8Array, format: SpecFormat, kept?: readonly KeptOperation[]): Buffer => {
  const text = decodeSource(source);
  const parsed = format === 'json' ? parseJson(text) : parseYaml(text, DEFAULT_INGEST_LIMITS).document;
  if (!isObject(parsed)) return Buffer.from('{}');
  const document = withoutInternal(parsed);
  const wanted = kept && new Set(kept.map(({ method, path }) => `${method.toLowerCase()} ${path}`));
  const paths = isObject(document['paths']) ? document['paths'] : {};
  const resolver = createResolver(document);
  const excerpt = Object.entries(paths).flatMap(([path, item]) => {
    const isWanted = (method: string): boolean => wanted === undefined || wanted.has(`${method} ${storable(path)}`);
    const found = excerptOfPath(document, resolver.node(item), isWanted);
    return found === undefined ? [] : [[path, found] as const];
  });
  const { webhooks, ...rest } = document;
  const shown = Object.fromEntries(excerpt);
  const beside = wanted ? { tags: tagsInUse(document['tags'], Object.values(shown)) } : { webhooks };
  const whole = { ...rest, ...beside, paths: shown };
  return Buffer.from(JSON.stringify(whole, withoutHarm));
};

/** The excerpt of the specification in the body; the result travels in parts. */
export const excerptSpecificationTask: Task<'excerptSpecification'> = async ({ format, kept }, body, emit) => {
  await emitBytes(excerptSpecification(body, format, kept), emit);
  return null;
};
