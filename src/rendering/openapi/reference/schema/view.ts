import { schemaExamples } from '../model/media.ts';
import { asNode, entries, list, type Node, text, texts } from '../model/nodes.ts';
import type { Resolver } from '../model/resolver.ts';
import { type Constraint, readConstraints } from './constraints.ts';

export interface SchemaProperty {
  name: string;
  schema: unknown;
  required: boolean;
}

export interface Alternatives {
  kind: 'oneOf' | 'anyOf';
  options: unknown[];
}

export interface Discriminator {
  propertyName: string;
  /** Value of the property, and the name of the schema it selects. */
  mapping: [string, string][];
}

/** A schema with its references followed and its `allOf` merged: what there is to show. */
export interface SchemaView {
  /** Name of the named schema this is. */
  name: string | undefined;
  /** Names of the schemas merged by `allOf`. */
  mergedFrom: string[];
  /** `false` allows nothing, `true` anything; undefined for a schema object. */
  always: boolean | undefined;
  /** A reference that leads nowhere. */
  unresolved: string | undefined;
  title: string | undefined;
  description: string | undefined;
  /** Without `null`. */
  types: string[];
  nullable: boolean;
  format: string | undefined;
  constraints: Constraint[];
  enumValues: unknown[] | undefined;
  /** What enum values mean, by value (`x-enumDescriptions`). */
  enumDescriptions: ReadonlyMap<string, string>;
  /** In a list of one when there is such a value: it may be null. */
  constant: unknown[];
  defaultValue: unknown[];
  examples: unknown[];
  deprecated: boolean;
  readOnly: boolean;
  writeOnly: boolean;
  xml: Node | undefined;
  externalDocs: unknown;
  properties: SchemaProperty[];
  patternProperties: [string, unknown][];
  /** Undefined when the schema does not say. */
  additionalProperties: unknown;
  propertyNames: unknown;
  items: unknown;
  prefixItems: unknown[];
  contains: unknown;
  alternatives: Alternatives[];
  discriminator: Discriminator | undefined;
  not: unknown;
  conditions: { test: unknown; whenTrue: unknown; whenFalse: unknown } | undefined;
}

/** Reads schemas of one document into views, each once. */
export interface SchemaReader {
  view(schema: unknown): SchemaView;
  readonly resolver: Resolver;
}

/** How many schemas an `allOf` may merge, all levels counted. */
const MAX_PARTS = 100;

interface Parts {
  nodes: Node[];
  names: string[];
  always: boolean | undefined;
  unresolved: string | undefined;
  nullable: boolean;
}

const isNull = (option: unknown): boolean => asNode(option)?.['type'] === 'null';

/** The alternatives of a schema without `null`, which is told apart as being nullable. */
const optionsOf = (node: Node, kind: Alternatives['kind']): unknown[] => list(node[kind]).filter((option) => !isNull(option));

/** The schemas that hold together: references, then `allOf` members, then the schema itself, so that later ones take precedence. */
const collect = (resolver: Resolver, schema: unknown, parts: Parts, seen: Set<unknown>): void => {
  if (typeof schema === 'boolean') {
    parts.always = schema && parts.always !== false;
    return;
  }
  const node = asNode(schema);
  if (node === undefined || seen.has(node) || seen.size >= MAX_PARTS) return;
  seen.add(node);
  const reference = text(node['$ref']) ?? text(node['$dynamicRef']) ?? text(node['$recursiveRef']);
  if (reference !== undefined) {
    const name = resolver.schemaName(reference);
    if (name !== undefined) parts.names.push(name);
    const target = resolver.target(reference);
    if (asNode(target) === undefined && typeof target !== 'boolean') parts.unresolved = reference;
    else collect(resolver, target, parts, seen);
  }
  for (const member of list(node['allOf'])) collect(resolver, member, parts, seen);
  for (const kind of ['oneOf', 'anyOf'] as const) {
    const options = optionsOf(node, kind);
    if (options.length < list(node[kind]).length) parts.nullable = true;
    // A choice of one is no choice.
    if (options.length === 1) collect(resolver, options[0], parts, seen);
  }
  parts.nodes.push(node);
};

const lastText = (nodes: Node[], key: string): string | undefined => {
  for (let i = nodes.length - 1; i >= 0; i--) {
    const value = text(nodes[i]?.[key]);
    if (value !== undefined) return value;
  }
  return undefined;
};

const last = (nodes: Node[], key: string): unknown => nodes.findLast((node) => node[key] !== undefined)?.[key];

const some = (nodes: Node[], key: string): boolean => nodes.some((node) => node[key] === true);

const typesOf = (nodes: Node[], marked: boolean): { types: string[]; nullable: boolean } => {
  const declared = last(nodes, 'type');
  const types = [...new Set(typeof declared === 'string' ? [declared] : texts(declared))];
  const nullable = marked || some(nodes, 'nullable') || some(nodes, 'x-nullable') || (types.includes('null') && types.length > 1);
  return { types: nullable ? types.filter((type) => type !== 'null') : types, nullable };
};

/** The type that keywords imply where none is declared. */
const impliedTypes = (view: SchemaView): string[] => {
  if (view.types.length > 0) return view.types;
  if (view.properties.length > 0 || asNode(view.additionalProperties) || view.patternProperties.length > 0) return ['object'];
  if (view.items !== undefined || view.prefixItems.length > 0) return ['array'];
  const kinds = new Set([...(view.enumValues ?? []), ...view.constant].map((value) => typeof value));
  const [kind] = kinds;
  return kinds.size === 1 && (kind === 'string' || kind === 'number' || kind === 'boolean') ? [kind] : [];
};

const propertiesOf = (nodes: Node[]): SchemaProperty[] => {
  const required = new Set(nodes.flatMap((node) => texts(node['required'])));
  const schemas = new Map<string, unknown>();
  for (const node of nodes) for (const [name, schema] of entries(node['properties'])) schemas.set(name, schema);
  return [...schemas].map(([name, schema]) => ({ name, schema, required: required.has(name) }));
};

const alternativesOf = (nodes: Node[]): Alternatives[] =>
  nodes.flatMap((node) =>
    (['oneOf', 'anyOf'] as const).flatMap((kind) => {
      const options = optionsOf(node, kind);
      return options.length > 1 ? [{ kind, options }] : [];
    }),
  );

const schemaNameOf = (reference: string): string => reference.split('/').at(-1) ?? reference;

const discriminatorOf = (nodes: Node[]): Discriminator | undefined => {
  const declared = last(nodes, 'discriminator');
  // Swagger 2.0 has the name of the property alone.
  const propertyName = text(declared) ?? text(asNode(declared)?.['propertyName']);
  if (propertyName === undefined) return undefined;
  const mapping = entries(asNode(declared)?.['mapping']).flatMap(([value, reference]) => {
    const target = text(reference);
    return target === undefined ? [] : [[value, schemaNameOf(target)] as [string, string]];
  });
  return { propertyName, mapping };
};

const enumOf = (nodes: Node[]): unknown[] | undefined => {
  const values = last(nodes, 'enum');
  return Array.isArray(values) && values.length > 0 ? values : undefined;
};

const enumDescriptionsOf = (nodes: Node[]): Map<string, string> =>
  new Map(
    entries(last(nodes, 'x-enumDescriptions')).flatMap(([value, description]) => {
      const meaning = text(description);
      return meaning === undefined ? [] : [[value, meaning] as [string, string]];
    }),
  );

const only = (nodes: Node[], key: string): unknown[] => {
  const holder = nodes.findLast((node) => node[key] !== undefined);
  return holder === undefined ? [] : [holder[key]];
};

const conditionsOf = (nodes: Node[]): SchemaView['conditions'] => {
  const node = nodes.findLast((candidate) => candidate['if'] !== undefined);
  return node && { test: node['if'], whenTrue: node['then'], whenFalse: node['else'] };
};

const itemsOf = (nodes: Node[]): Pick<SchemaView, 'items' | 'prefixItems'> => {
  const items = last(nodes, 'items');
  // Before 2020-12 a list of `items` is what `prefixItems` is now.
  if (Array.isArray(items)) return { items: last(nodes, 'additionalItems'), prefixItems: items };
  return { items, prefixItems: [...list(last(nodes, 'prefixItems'))] };
};

/** The one schema that a schema only passes on, with remarks of its own at most: its reference, or an `allOf` or choice of one. */
const passesOn = (node: Node): unknown => {
  if (node['$ref'] !== undefined || node['$dynamicRef'] !== undefined || node['$recursiveRef'] !== undefined) return node;
  if (node['properties'] !== undefined) return undefined;
  const members = [...list(node['allOf']), ...optionsOf(node, 'oneOf'), ...optionsOf(node, 'anyOf')];
  return members.length === 1 ? members[0] : undefined;
};

/** The name of a schema: that of its reference, unless several are merged or properties added. */
const nameOf = ({ names, nodes }: Parts, schema: unknown): Pick<SchemaView, 'name' | 'mergedFrom'> => {
  const passed = asNode(passesOn(asNode(schema) ?? {}));
  if (passed !== undefined && passesOn(passed) === passed) return { name: names[0], mergedFrom: [] };
  return { name: undefined, mergedFrom: nodes.length > 1 ? [...new Set(names)] : [] };
};

const build = (resolver: Resolver, schema: unknown): SchemaView => {
  const parts: Parts = { nodes: [], names: [], always: undefined, unresolved: undefined, nullable: false };
  collect(resolver, schema, parts, new Set());
  const { nodes } = parts;
  const view: SchemaView = {
    ...nameOf(parts, schema),
    always: nodes.every((node) => Object.keys(node).every((key) => key === '$ref')) ? parts.always : undefined,
    unresolved: parts.unresolved,
    title: lastText(nodes, 'title'),
    description: lastText(nodes, 'description'),
    ...typesOf(nodes, parts.nullable),
    format: lastText(nodes, 'format'),
    constraints: readConstraints(nodes),
    enumValues: enumOf(nodes),
    enumDescriptions: enumDescriptionsOf(nodes),
    constant: only(nodes, 'const'),
    defaultValue: only(nodes, 'default'),
    examples: nodes.findLast((node) => schemaExamples(node).length > 0) ? nodes.flatMap(schemaExamples) : [],
    deprecated: some(nodes, 'deprecated'),
    readOnly: some(nodes, 'readOnly'),
    writeOnly: some(nodes, 'writeOnly'),
    xml: asNode(last(nodes, 'xml')),
    externalDocs: last(nodes, 'externalDocs'),
    properties: propertiesOf(nodes),
    patternProperties: nodes.flatMap((node) => entries(node['patternProperties'])),
    additionalProperties: last(nodes, 'additionalProperties') ?? last(nodes, 'unevaluatedProperties'),
    propertyNames: last(nodes, 'propertyNames'),
    ...itemsOf(nodes),
    contains: last(nodes, 'contains'),
    alternatives: alternativesOf(nodes),
    discriminator: discriminatorOf(nodes),
    not: last(nodes, 'not'),
    conditions: conditionsOf(nodes),
  };
  view.types = impliedTypes(view);
  return view;
};

/** Makes the {@link SchemaReader} of a document. Never throws; a schema that refers to itself alone says nothing. */
export const createSchemaReader = (resolver: Resolver): SchemaReader => {
  const views = new WeakMap<Node, SchemaView>();
  const view = (schema: unknown): SchemaView => {
    const node = asNode(schema);
    if (node === undefined) return build(resolver, schema);
    let known = views.get(node);
    if (known === undefined) {
      known = build(resolver, node);
      views.set(node, known);
    }
    return known;
  };
  return { view, resolver };
};
