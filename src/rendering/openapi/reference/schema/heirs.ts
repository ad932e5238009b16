import { list, property, text } from '../model/nodes.ts';
import type { Resolver } from '../model/resolver.ts';

const known = new WeakMap<Resolver, ReadonlyMap<string, readonly string[]>>();

const readHeirs = ({ schemas, schemaName }: Resolver): Map<string, string[]> => {
  const heirs = new Map<string, string[]>();
  for (const [name, schema] of schemas)
    for (const part of list(property(schema, 'allOf'))) {
      const base = schemaName(text(property(part, '$ref')) ?? '');
      if (base !== undefined) heirs.set(base, [...(heirs.get(base) ?? []), name]);
    }
  return heirs;
};

/** The named schemas that are made of another one and more (`allOf`): a discriminator means them by their names, without a mapping. */
export const heirsOf = (resolver: Resolver, name: string): readonly string[] => {
  let heirs = known.get(resolver);
  if (heirs === undefined) {
    heirs = readHeirs(resolver);
    known.set(resolver, heirs);
  }
  return heirs.get(name) ?? [];
};

/** All that are made of a schema, by way of others too. */
export const descendantsOf = (resolver: Resolver, name: string): ReadonlySet<string> => {
  const found = new Set<string>([name]);
  for (const one of found) for (const heir of heirsOf(resolver, one)) found.add(heir);
  found.delete(name);
  return found;
};

/** Whether a named schema has a discriminator of its own; else it may have that of one that it is made of. */
export const declaresDiscriminator = (resolver: Resolver, name: string): boolean => {
  const schema = resolver.node(resolver.schemas.get(name));
  return [schema, ...list(property(schema, 'allOf'))].some((part) => property(part, 'discriminator') !== undefined);
};
