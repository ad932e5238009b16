import { asNode, list, type Node, text } from '../model/nodes.ts';
import type { Resolver } from '../model/resolver.ts';
import { bindDynamic, type DynamicScope, scopeOf } from './dynamic-scope.ts';
import type { Alternatives } from './view.ts';

/** How many schemas an `allOf` may merge, all levels counted. */
const MAX_PARTS = 100;

/** The schemas that hold together, and what was learned on the way to them. */
export interface Parts {
  /** Later ones take precedence. */
  nodes: Node[];
  /** Names of the named schemas among them. */
  names: string[];
  always: boolean | undefined;
  unresolved: string | undefined;
  nullable: boolean;
}

const isNull = (option: unknown): boolean => asNode(option)?.['type'] === 'null';

/** The alternatives of a schema without `null`, which is told apart as being nullable. */
export const optionsOf = (node: Node, kind: Alternatives['kind']): unknown[] =>
  list(node[kind]).filter((option) => !isNull(option));

const referenceOf = (node: Node): string | undefined =>
  text(node['$ref']) ?? text(node['$dynamicRef']) ?? text(node['$recursiveRef']);

/** Whether a schema is that of another, or made of others. */
const isComposed = (node: Node): boolean =>
  node['allOf'] !== undefined || node['oneOf'] !== undefined || node['anyOf'] !== undefined || referenceOf(node) !== undefined;

const visitReference = (
  resolver: Resolver,
  reference: string,
  parts: Parts,
  seen: Set<unknown>,
  scope: DynamicScope | undefined,
): void => {
  const name = resolver.schemaName(reference);
  if (name !== undefined) parts.names.push(name);
  const target = resolver.target(reference);
  if (asNode(target) === undefined && typeof target !== 'boolean') parts.unresolved = reference;
  else visit(resolver, scope === undefined ? target : bindDynamic(target, scope), parts, seen, scope);
};

const visit = (resolver: Resolver, schema: unknown, parts: Parts, seen: Set<unknown>, outer?: DynamicScope): void => {
  if (typeof schema === 'boolean') {
    parts.always = schema && parts.always !== false;
    return;
  }
  const node = asNode(schema);
  if (node === undefined || seen.has(node) || seen.size >= MAX_PARTS) return;
  seen.add(node);
  const scope = scopeOf(resolver, node, outer);
  const reference = referenceOf(node);
  if (reference !== undefined) visitReference(resolver, reference, parts, seen, scope);
  for (const member of list(node['allOf'])) visit(resolver, member, parts, seen, scope);
  for (const kind of ['oneOf', 'anyOf'] as const) {
    const options = optionsOf(node, kind);
    if (options.length < list(node[kind]).length) parts.nullable = true;
    // A choice of one is no choice.
    if (options.length === 1) visit(resolver, options[0], parts, seen, scope);
  }
  parts.nodes.push(node);
};

/** Collects the schemas that hold together: references, then `allOf` members, then the schema itself. */
export const collectParts = (resolver: Resolver, schema: unknown): Parts => {
  const parts: Parts = { nodes: [], names: [], always: undefined, unresolved: undefined, nullable: false };
  const node = asNode(schema);
  if (node !== undefined && !isComposed(node)) parts.nodes.push(node);
  else visit(resolver, schema, parts, new Set());
  return parts;
};

/** Keywords beside a reference that say something of the schema without changing what it allows. */
const REMARKS = new Set([
  ...[
    '$ref',
    '$dynamicRef',
    '$recursiveRef',
    '$dynamicAnchor',
    '$anchor',
    '$comment',
    'title',
    'summary',
    'description',
    'deprecated',
    'externalDocs',
  ],
  ...['default', 'example', 'examples', 'readOnly', 'writeOnly', 'nullable', 'xml'],
]);

const onlyRemarks = (node: Node): boolean => Object.keys(node).every((key) => REMARKS.has(key) || key.startsWith('x-'));

/** The one schema that a schema only passes on, with remarks of its own at most: its reference, or an `allOf` or choice of one. */
const passesOn = (node: Node): unknown => {
  if (referenceOf(node) !== undefined) return onlyRemarks(node) ? node : undefined;
  if (node['properties'] !== undefined) return undefined;
  const members = [...list(node['allOf']), ...optionsOf(node, 'oneOf'), ...optionsOf(node, 'anyOf')];
  return members.length === 1 ? members[0] : undefined;
};

/** The name of a schema: that of its reference, unless several are merged or properties added. */
export const nameOf = ({ names, nodes }: Parts, schema: unknown): { name: string | undefined; mergedFrom: readonly string[] } => {
  if (names.length === 0) return { name: undefined, mergedFrom: names };
  const passed = asNode(passesOn(asNode(schema) ?? {}));
  if (passed !== undefined && referenceOf(passed) !== undefined) return { name: names[0], mergedFrom: [] };
  return { name: undefined, mergedFrom: nodes.length > 1 ? [...new Set(names)] : [] };
};
