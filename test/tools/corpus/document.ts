import { parseDocument } from 'yaml';

/** An operation by the plainest reading of its document. */
export interface DocumentOperation {
  /** Whether it can be called, as webhooks cannot. */
  readonly isCallable: boolean;
  readonly id: string | undefined;
  /** By {@link operationKey}. */
  readonly key: string;
}

type Node = Record<string, unknown>;

const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']);

/** What an operation is known by within its document. */
export const operationKey = (method: string, path: string): string => `${method.toLowerCase()} ${path}`;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws Error for what is no object */
export const parseSource = (source: string): Node => {
  const document: unknown = source.trimStart().startsWith('{')
    ? JSON.parse(source)
    : parseDocument(source).toJS({ maxAliasCount: -1 });
  if (!isNode(document)) throw new Error('this is no OpenAPI document');
  return document;
};

/** A path item, or the one that it refers to. */
const referredTo = (document: Node, item: unknown): unknown => {
  const reference = isNode(item) ? item['$ref'] : undefined;
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return item;
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>((node, key) => (isNode(node) ? node[key.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined), document);
};

const isShown = (value: unknown): value is Node => isNode(value) && value['x-internal'] !== true;

const membersOf = (value: unknown): [string, unknown][] => (isNode(value) ? Object.entries(value) : []);

/** The operations of a document: path items times methods, but for what is internal. */
export const operationsOf = (document: Node): DocumentOperation[] =>
  ['paths', 'webhooks', 'x-webhooks'].flatMap((part) =>
    membersOf(document[part]).flatMap(([path, given]) => {
      const item = referredTo(document, given);
      if (!isShown(item)) return [];
      const methods = [...Object.entries(item).filter(([key]) => METHODS.has(key)), ...membersOf(item['additionalOperations'])];
      return methods.flatMap(([method, operation]) => {
        if (!isShown(operation)) return [];
        const { operationId: id } = operation;
        return {
          isCallable: part === 'paths',
          id: typeof id === 'string' && id.trim() !== '' ? id : undefined,
          key: operationKey(method, path),
        };
      });
    }),
  );
