import { asNode, entries, list, type Node, property, text } from './nodes.ts';
import { createResolver, type Resolver } from './resolver.ts';

/** Keys whose members are named freely, so that a name says nothing about what it names. */
const NAMED = new Set(
  'properties patternProperties dependentSchemas definitions $defs schemas parameters responses headers requestBodies callbacks links'.split(
    ' ',
  ),
);

/** What they hold is data of the described API, which may have any key. */
const DATA = new Set('example examples default enum const value dataValue'.split(' '));

const isMarked = (value: unknown): boolean => property(value, 'x-internal') === true;

const hasMark = (value: unknown, seen: Set<unknown>): boolean => {
  if (typeof value !== 'object' || value === null || seen.has(value)) return false;
  seen.add(value);
  return isMarked(value) || Object.values(value).some((member) => hasMark(member, seen));
};

/** Ids of the operations that are marked, or whose path is: links name them. */
const hiddenOperations = (document: Node): Set<unknown> =>
  new Set(
    [...entries(document['paths']), ...entries(document['webhooks'])].flatMap(([, item]) =>
      [...entries(item), ...entries(property(item, 'additionalOperations'))]
        .filter(([, operation]) => isMarked(item) || isMarked(operation))
        .map(([, operation]) => property(operation, 'operationId')),
    ),
  );

/** Tells what is marked as internal, or leads to what is. */
const createJudge = (document: Node, resolver: Resolver): ((value: unknown) => boolean) => {
  const operations = hiddenOperations(document);
  operations.delete(undefined);
  const leadsToMarked = (reference: unknown): boolean =>
    typeof reference === 'string' &&
    (isMarked(resolver.target(reference)) || isMarked(resolver.target(reference.replace(/\/[^/]*$/, ''))));
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    (isMarked(value) ||
      leadsToMarked(property(value, '$ref')) ||
      leadsToMarked(property(value, 'operationRef')) ||
      operations.has(property(value, 'operationId')));
};

/** A discriminator's mapping, without the schemas that are hidden. */
const visibleMapping = (resolver: Resolver, value: unknown): unknown =>
  Object.fromEntries(
    entries(value).filter(([, target]) => {
      const name = String(target);
      return !isMarked(resolver.target(name)) && !isMarked(resolver.schemas.get(name));
    }),
  );

/**
 * A document without what it marks as internal (`x-internal: true`), wherever that stands, and without what refers to it: neither pages
 * nor search ever learn of it. A document that marks nothing is answered as it is.
 */
export const withoutInternal = (document: Node): Node => {
  if (!hasMark(document, new Set())) return document;
  const resolver = createResolver(document);
  const isHidden = createJudge(document, resolver);
  const hiddenTags = new Set(list(document['tags']).flatMap((tag) => (isMarked(tag) ? (text(property(tag, 'name')) ?? []) : [])));
  const copies = new Map<object, unknown>();

  const copy = (value: unknown, areNames = false): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const known = copies.get(value);
    if (known !== undefined) return known;
    const made = Array.isArray(value)
      ? value.filter((item) => !isHidden(item)).map((item) => copy(item))
      : copyNode(value as Node, areNames);
    copies.set(value, made);
    return made;
  };

  const copyMember = (key: string, value: unknown): unknown => {
    if (DATA.has(key)) return value;
    if (key === 'mapping') return visibleMapping(resolver, value);
    if (key === 'tags' && Array.isArray(value)) return (copy(value) as unknown[]).filter((tag) => !hiddenTags.has(tag as string));
    return copy(value, NAMED.has(key));
  };

  const copyNode = (node: Node, areNames: boolean): Node => {
    const isData = (key: string): boolean => !areNames && DATA.has(key);
    const visible = Object.entries(node).filter(([key, value]) => isData(key) || !isHidden(value));
    const made = Object.fromEntries(visible.map(([key, value]) => [key, areNames ? copy(value) : copyMember(key, value)]));
    // What is not there cannot be required.
    const hidden = new Set(entries(node['properties']).flatMap(([name, schema]) => (isHidden(schema) ? name : [])));
    if (hidden.size > 0) made['required'] = list(node['required']).filter((name) => !hidden.has(name as string));
    return made;
  };

  return asNode(copy(document)) ?? {};
};
