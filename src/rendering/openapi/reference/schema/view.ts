import type { SafeHtml } from '../../../../lib/html.ts';
import type { Link } from '../model/model.ts';
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
  /** Name of the schema that is meant where the property says nothing that is known (OpenAPI 3.2). */
  otherwise: string | undefined;
}

/** `if`, with `then` and `else`. */
export interface Condition {
  test: unknown;
  whenTrue: unknown;
  whenFalse: unknown;
}

/** What only few schemas say. */
export interface SchemaExtras {
  externalDocs: Link | undefined;
  /** Names that the schema gives itself, ready to show: what kind of name, and the name. */
  identifiers: readonly [string, string][];
  /** Schemas of its own, which others may refer to (`$defs`). */
  definitions: readonly [string, unknown][];
  /** Properties that need others, with the names of these. */
  dependentRequired: readonly [string, readonly string[]][];
  /** Properties with which more holds. */
  dependentSchemas: readonly [string, unknown][];
  conditions: readonly Condition[];
  not: readonly unknown[];
  propertyNames: unknown;
  /** What a text holds once it is decoded. */
  contentSchema: unknown;
  /** Required properties that are described nowhere. */
  alsoRequired: readonly string[];
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
  /** The same as they are written, for samples. */
  limits: Node;
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
  items: unknown;
  prefixItems: readonly unknown[];
  contains: unknown;
  alternatives: readonly Alternatives[];
  discriminator: Discriminator | undefined;
  extras: SchemaExtras | undefined;
}

/** How the name of a schema is shown: plain, as a link to its page, or as a link that a script may expand in place. */
export type NameStyle = 'plain' | 'link' | 'expand';

/** Reads schemas of one document into views, each once. The same schema has the same view. */
export interface SchemaReader {
  view(schema: unknown): SchemaView;
  /** Type labels by style, which `type-label.ts` keeps here. */
  readonly labels: Readonly<Record<NameStyle, Map<SchemaView, SafeHtml>>>;
  readonly resolver: Resolver;
}

/** What tells a schema from others: a reference by what it refers to, any other by itself. */
const identityOf = (node: Node): Node | string => {
  const reference = node['$ref'];
  if (typeof reference !== 'string') return node;
  for (const key in node) if (key !== '$ref') return node;
  return reference;
};

/** Makes the {@link SchemaReader} of a document. Never throws; a schema that refers to itself alone says nothing. */
export const createSchemaReader = (resolver: Resolver): SchemaReader => {
  const views = new Map<Node | string, SchemaView>();
  const view = (schema: unknown): SchemaView => {
    const node = asNode(schema);
    if (node === undefined) return readView(resolver, schema);
    const identity = identityOf(node);
    let known = views.get(identity);
    if (known === undefined) {
      known = readView(resolver, node);
      views.set(identity, known);
    }
    return known;
  };
  return { view, resolver, labels: { plain: new Map(), link: new Map(), expand: new Map() } };
};
