import type { Node } from './nodes.ts';
import type { Resolver } from './resolver.ts';

/** Who refers to a schema directly. */
export interface SchemaUses<User> {
  operations: User[];
  /** Names of other schemas. */
  schemas: string[];
}

/** What they hold is data of the described API. */
const DATA = new Set(['example', 'examples', 'default', 'enum', 'const', 'value', 'dataValue']);

const SCHEMA = /^#\/(?:components\/schemas|definitions)\/[^/]+/;

/** Finds the names of schemas that parts of a document refer to; what is referred to is looked into, but for the schemas. */
const createFinder = (resolver: Resolver): ((value: unknown) => ReadonlySet<string>) => {
  const inside = new Map<string, ReadonlySet<string>>();

  const follow = (reference: string, found: Set<string>): void => {
    const name = resolver.schemaName(SCHEMA.exec(reference)?.[0] ?? reference);
    if (name !== undefined) {
      found.add(name);
      return;
    }
    let names = inside.get(reference);
    if (names === undefined) {
      // Until they are known, a reference that leads to itself leads nowhere.
      inside.set(reference, new Set());
      names = find(resolver.target(reference));
      inside.set(reference, names);
    }
    for (const each of names) found.add(each);
  };

  const visit = (value: unknown, found: Set<string>, seen: Set<unknown>): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (Array.isArray(value)) {
      for (const item of value) visit(item, found, seen);
      return;
    }
    for (const [key, member] of Object.entries(value as Node)) {
      if (key === '$ref' || key === '$dynamicRef') {
        if (typeof member === 'string') follow(member, found);
      } else if (key === 'mapping') visitMapping(member, found);
      else if (!DATA.has(key)) visit(member, found, seen);
    }
  };

  const visitMapping = (mapping: unknown, found: Set<string>): void => {
    for (const target of Object.values((mapping ?? {}) as object)) {
      const name = resolver.schemas.has(target) ? target : resolver.schemaName(String(target));
      if (name !== undefined) found.add(name);
    }
  };

  const find = (value: unknown): ReadonlySet<string> => {
    const found = new Set<string>();
    visit(value, found, new Set());
    return found;
  };
  return find;
};

/** Who uses each named schema: of the operations, each with what it was read from, and of the schemas. */
export const readUses = <User>(
  resolver: Resolver,
  operations: Iterable<readonly [User, readonly unknown[]]>,
): ReadonlyMap<string, SchemaUses<User>> => {
  const find = createFinder(resolver);
  const uses = new Map<string, SchemaUses<User>>();
  const usesOf = (name: string): SchemaUses<User> => {
    let known = uses.get(name);
    if (known === undefined) {
      known = { operations: [], schemas: [] };
      uses.set(name, known);
    }
    return known;
  };
  for (const [user, source] of operations) for (const name of find(source)) usesOf(name).operations.push(user);
  for (const [user, schema] of resolver.schemas)
    for (const name of find(schema)) if (name !== user) usesOf(name).schemas.push(user);
  return uses;
};
