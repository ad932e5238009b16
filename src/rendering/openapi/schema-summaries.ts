import { plainText } from '../markdown/index.ts';
import type { Task } from '../task-types.ts';
import { examineSpecification } from './ingest/examine.ts';
import { asNode, entries, list, type Node, property, text } from './reference/model/nodes.ts';
import { createResolver } from './reference/model/resolver.ts';
import { withoutInternal } from './reference/model/visible.ts';

/** A named schema in words. */
export interface SchemaSummary {
  readonly name: string;
  readonly title: string | undefined;
  readonly deprecated: boolean;
  /** Its description, and the names and descriptions of its properties, on a line each. */
  readonly text: string;
}

/** Bounds of what is told of one schema: levels of schemas inside it, characters. */
const MAX_DEPTH = 4;
const MAX_TEXT = 8_000;
const MAX_DESCRIPTION = 1_000;

const BATCH_SCHEMAS = 250;

/** Keywords that hold schemas, beside `properties`. */
const INNER = [
  'items',
  'additionalProperties',
  'allOf',
  'oneOf',
  'anyOf',
  'if',
  'then',
  'else',
  'prefixItems',
  'contains',
] as const;

/** The lines of a schema: what it says of itself, then its properties. References are not followed: their schemas have words of their own. */
const linesOf = function* (schema: Node, depth: number): Generator<string> {
  const description = text(schema['description']);
  if (description !== undefined) yield plainText(description, MAX_DESCRIPTION);
  if (depth === MAX_DEPTH) return;
  for (const [name, inner] of entries(schema['properties'])) {
    yield name;
    yield* linesOf(asNode(inner) ?? {}, depth + 1);
  }
  for (const key of INNER) {
    const inner = property(schema, key);
    for (const one of Array.isArray(inner) ? list(inner) : [inner]) yield* linesOf(asNode(one) ?? {}, depth + 1);
  }
};

const textOf = (schema: Node): string => {
  let out = '';
  for (const line of linesOf(schema, 0)) {
    if (out.length + line.length > MAX_TEXT) break;
    out += `${line}\n`;
  }
  return out;
};

/** The named schemas of an OpenAPI document, in its order, without what it marks as internal. */
export const summariseSchemas = (document: Node): SchemaSummary[] =>
  [...createResolver(withoutInternal(document)).schemas].map(([name, value]) => {
    const schema = asNode(value) ?? {};
    return { name, title: text(schema['title']), deprecated: schema['deprecated'] === true, text: textOf(schema) };
  });

/** Reads the specification in the body and sends its schemas in parts; none of one that cannot be read. */
export const describeSchemasTask: Task<'describeSchemas'> = async ({ name, limits }, body, emit) => {
  const examined = examineSpecification(body, name, limits);
  const schemas = examined.accepted ? summariseSchemas(examined.document) : [];
  for (let start = 0; start < schemas.length; start += BATCH_SCHEMAS)
    await emit({ schemas: schemas.slice(start, start + BATCH_SCHEMAS) });
  return null;
};
