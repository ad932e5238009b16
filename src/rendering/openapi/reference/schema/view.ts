import { asNode, type Node } from '../model/nodes.ts';
import type { Resolver } from '../model/resolver.ts';
import type { Constraint } from './constraints.ts';
import { readView } from './read-view.ts';

export interface SchemaProperty {
  name: string;
  schema: unknown;
  required: boolean;
}

export interface Alternatives {
  kind: 'oneOf' | 'anyOf';
  options: readonly unknown[];
}

export interface Discriminator {
  propertyName: string;
  /** Value of the property, and the name of the schema it selects. */
  mapping: readonly [string, string][];
}

/** A schema with its references followed and its `allOf` merged: what there is to show. */
export interface SchemaView {
  /** Name of the named schema this is. */
  name: string | undefined;
  /** Names of the schemas merged by `allOf`. */
  mergedFrom: readonly string[];
  /** `false` allows nothing, `true` anything; undefined for a schema object. */
  always: boolean | undefined;
  /** A reference that leads nowhere. */
  unresolved: string | undefined;
  title: string | undefined;
  description: string | undefined;
  /** Without `null`. */
  types: readonly string[];
  nullable: boolean;
  format: string | undefined;
  constraints: readonly Constraint[];
  enumValues: readonly unknown[] | undefined;
  /** What enum values mean, by value (`x-enumDescriptions`). */
  enumDescriptions: ReadonlyMap<string, string>;
  /** In a list of one when there is such a value: it may be null. */
  constant: readonly unknown[];
  /** In a list of one, like {@link constant}. */
  defaultValue: readonly unknown[];
  examples: readonly unknown[];
  deprecated: boolean;
  readOnly: boolean;
  writeOnly: boolean;
  xml: Node | undefined;
  properties: readonly SchemaProperty[];
  patternProperties: readonly [string, unknown][];
  /** Undefined when the schema does not say. */
  additionalProperties: unknown;
  propertyNames: unknown;
  items: unknown;
  prefixItems: readonly unknown[];
  contains: unknown;
  alternatives: readonly Alternatives[];
  discriminator: Discriminator | undefined;
  not: unknown;
  conditions: { test: unknown; whenTrue: unknown; whenFalse: unknown } | undefined;
}

/** Reads schemas of one document into views, each once. */
export interface SchemaReader {
  view(schema: unknown): SchemaView;
  readonly resolver: Resolver;
}

/** Makes the {@link SchemaReader} of a document. Never throws; a schema that refers to itself alone says nothing. */
export const createSchemaReader = (resolver: Resolver): SchemaReader => {
  const views = new Map<Node, SchemaView>();
  const view = (schema: unknown): SchemaView => {
    const node = asNode(schema);
    if (node === undefined) return readView(resolver, schema);
    let known = views.get(node);
    if (known === undefined) {
      known = readView(resolver, node);
      views.set(node, known);
    }
    return known;
  };
  return { view, resolver };
};
