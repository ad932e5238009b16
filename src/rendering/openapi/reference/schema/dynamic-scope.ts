import { asNode, entries, type Node, property, text } from '../model/nodes.ts';
import type { Resolver } from '../model/resolver.ts';

/** What `$dynamicRef`s lead to, by anchor, in the schemas that a schema refers to: the outermost schema that has the anchor. */
export type DynamicScope = ReadonlyMap<string, unknown>;

/** Nodes of one schema that are looked at. */
const MAX_NODES = 2_000;

/** The scope inside a schema: what is outside counts first, then the anchors of the schema and of its `$defs`. */
export const scopeOf = (resolver: Resolver, schema: Node, outer: DynamicScope | undefined): DynamicScope | undefined => {
  if (schema['$dynamicAnchor'] === undefined && schema['$defs'] === undefined) return outer;
  const declared = [schema, ...entries(schema['$defs']).map(([, inner]) => inner)].flatMap((each) => {
    const anchor = text(property(each, '$dynamicAnchor'));
    return anchor === undefined || outer?.has(`#${anchor}`) ? [] : [[`#${anchor}`, resolver.referenceTo(each)] as const];
  });
  return declared.length === 0 ? outer : new Map([...(outer ?? []), ...declared]);
};

/**
 * A schema whose `$dynamicRef`s lead where the scope says. In a list of anything that a list of people refers to, the items become people.
 * Schemas that it refers to stay as they are.
 */
export const bindDynamic = (schema: unknown, scope: DynamicScope): unknown => {
  let left = MAX_NODES;
  const bind = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || left <= 0) return value;
    left -= 1;
    if (Array.isArray(value)) return replaced(value, value.map(bind));
    const anchor = text(property(value, '$dynamicRef'));
    if (anchor !== undefined && scope.has(anchor)) return scope.get(anchor);
    const members = Object.entries(value);
    const bound = members.map(([key, member]) => [key, bind(member)] as const);
    return bound.some(([, member], index) => member !== members[index]?.[1]) ? Object.fromEntries(bound) : value;
  };
  return asNode(schema) === undefined ? schema : bind(schema);
};

/** The same list where nothing in it has changed. */
const replaced = (before: readonly unknown[], after: readonly unknown[]): readonly unknown[] =>
  after.some((item, index) => item !== before[index]) ? after : before;
