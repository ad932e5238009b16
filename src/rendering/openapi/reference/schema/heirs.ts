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
