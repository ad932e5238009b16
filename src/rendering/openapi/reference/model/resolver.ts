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

/** References by `$anchor`, `$dynamicAnchor` and `$id` reach the named schemas that declare them. */
const anchorsOf = (schemas: ReadonlyMap<string, unknown>): Map<string, string> => {
  const anchors = new Map<string, string>();
  for (const [name, schema] of schemas) {
    const node = asNode(schema);
    for (const anchor of [text(node?.['$anchor']), text(node?.['$dynamicAnchor'])])
      if (anchor !== undefined) anchors.set(`#${anchor}`, name);
    const id = text(node?.['$id']);
    if (id !== undefined) anchors.set(id, name);
  }
  return anchors;
};

/** Makes the {@link Resolver} of a document. */
export const createResolver = (document: Node): Resolver => {
  const schemas = namedSchemas(document);
  const anchors = anchorsOf(schemas);
  const targets = new Map<string, unknown>();

  const schemaName = (reference: string): string | undefined => {
    const token = SCHEMA_POINTER.exec(reference)?.[1];
    const name = token === undefined ? anchors.get(reference) : decodeToken(token);
    return name !== undefined && schemas.has(name) ? name : undefined;
  };

  const target = (reference: string): unknown => {
    if (!targets.has(reference)) {
      const anchored = anchors.get(reference);
      const local = reference === '#' || reference.startsWith('#/') ? follow(document, reference) : undefined;
      targets.set(reference, anchored === undefined ? local : schemas.get(anchored));
    }
    return targets.get(reference);
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

  return { node, target, schemaName, schemas };
};
