import { asNode, entries, type Node, property, text } from './nodes.ts';

/** How many references may follow one another before the chain counts as unresolvable. */
const MAX_HOPS = 40;

const SCHEMA_POINTER = /^#\/(?:components\/schemas|definitions)\/([^/]+)$/;

/** Follows the references of one document. Never throws; what leads nowhere, in circles or out of the document is undefined. */
export interface Resolver {
  /** The object that a value is or refers to. Text beside the `$ref` (`summary`, `description`) takes precedence, as OpenAPI 3.1 has it. */
  node(value: unknown): Node | undefined;
  /** What a reference points at, one hop. */
  target(reference: string): unknown;
  /** The name of the schema that a reference points at, when it is one of the document's named schemas. */
  schemaName(reference: string): string | undefined;
  /** The reference to a named schema. */
  schemaPointer(name: string): string;
  /** A reference to a schema that is named; any other schema itself. */
  referenceTo(schema: unknown): unknown;
  /** The named schemas, in the document's order. */
  readonly schemas: ReadonlyMap<string, unknown>;
}

const decodeToken = (token: string): string => {
  let decoded = token;
  try {
    decoded = decodeURIComponent(token);
  } catch {
    // A stray percent sign: the name itself contains it.
  }
  return decoded.replaceAll('~1', '/').replaceAll('~0', '~');
};

const encodeToken = (name: string): string => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));

const follow = (document: unknown, pointer: string): unknown => {
  let value = document;
  for (const token of pointer.split('/').slice(1)) {
    value = property(value, decodeToken(token));
    if (value === undefined) return undefined;
  }
  return value;
};

const namedSchemas = (document: Node): Map<string, unknown> => {
  const schemas = new Map(entries(property(document['components'], 'schemas')));
  for (const [name, schema] of entries(document['definitions'])) if (!schemas.has(name)) schemas.set(name, schema);
  return schemas;
};

/** A schema that can be referred to by a name that it gives itself. */
interface Anchored {
  schema: unknown;
  /** Its name among the named schemas; undefined for one inside another. */
  name: string | undefined;
}

/** References by `$anchor`, `$dynamicAnchor` and `$id` reach the schemas that declare them: named ones, and those in their `$defs`. */
const anchorsOf = (schemas: ReadonlyMap<string, unknown>): Map<string, Anchored> => {
  const anchors = new Map<string, Anchored>();
  const add = (schema: unknown, name: string | undefined): void => {
    const id = text(property(schema, '$id'));
    const names = [text(property(schema, '$anchor')), text(property(schema, '$dynamicAnchor'))];
    for (const reference of [...names.map((anchor) => anchor && `#${anchor}`), id])
      if (reference !== undefined && !anchors.has(reference)) anchors.set(reference, { schema, name });
  };
  for (const [name, schema] of schemas) add(schema, name);
  for (const schema of schemas.values()) for (const [, inner] of entries(property(schema, '$defs'))) add(inner, undefined);
  return anchors;
};

/** Makes the {@link Resolver} of a document. */
export const createResolver = (document: Node): Resolver => {
  const schemas = namedSchemas(document);
  const anchors = anchorsOf(schemas);
  const targets = new Map<string, unknown>();

  const schemaName = (reference: string): string | undefined => {
    const token = SCHEMA_POINTER.exec(reference)?.[1];
    const name = token === undefined ? anchors.get(reference)?.name : decodeToken(token);
    return name !== undefined && schemas.has(name) ? name : undefined;
  };

  const target = (reference: string): unknown => {
    if (!targets.has(reference)) {
      const anchored = anchors.get(reference);
      const local = reference === '#' || reference.startsWith('#/') ? follow(document, reference) : undefined;
      targets.set(reference, anchored === undefined ? local : anchored.schema);
    }
    return targets.get(reference);
  };

  const inComponents = asNode(property(document['components'], 'schemas')) ?? {};
  const schemaPointer = (name: string): string =>
    `#/${Object.hasOwn(inComponents, name) ? 'components/schemas' : 'definitions'}/${encodeToken(name)}`;

  const referenceTo = (schema: unknown): unknown => {
    const [name] = [...schemas].find(([, named]) => named === schema) ?? [];
    return name === undefined ? schema : { $ref: schemaPointer(name) };
  };

  const node = (value: unknown): Node | undefined => {
    let current = asNode(value);
    let overrides: Node = {};
    for (let hops = 0; current !== undefined && typeof current['$ref'] === 'string'; hops++) {
      if (hops === MAX_HOPS) return undefined;
      const { $ref, ...beside } = current;
      overrides = { ...beside, ...overrides };
      current = asNode(target($ref as string));
    }
    return current === undefined || Object.keys(overrides).length === 0 ? current : { ...current, ...overrides };
  };

  return { node, target, schemaName, schemaPointer, referenceTo, schemas };
};
