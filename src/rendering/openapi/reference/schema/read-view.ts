import { asNode, type Node, text } from '../model/nodes.ts';
import type { Resolver } from '../model/resolver.ts';
import { collectParts, nameOf } from './collect.ts';
import { isConstraint, readConstraints, readLimits } from './constraints.ts';
import { type Draft, KEYWORDS, NONE, startDraft, startExtras } from './keywords.ts';
import type { SchemaProperty, SchemaView } from './view.ts';

const readNode = (draft: Draft, node: Node): void => {
  for (const key of Object.keys(node)) {
    const value = node[key];
    const read = KEYWORDS.get(key);
    if (read !== undefined && value !== undefined) read(draft, value, node);
    else draft.constrained ||= isConstraint(key);
  }
};

const PRIMITIVES = new Set(['string', 'number', 'boolean']);

const givenValues = (view: SchemaView): readonly unknown[] => [...(view.enumValues ?? NONE), ...view.constant];

/** The types that keywords imply where none is declared, without `null`. */
const impliedTypes = (view: SchemaView): readonly string[] => {
  if (view.properties.length > 0 || asNode(view.additionalProperties) || view.patternProperties.length > 0) return ['object'];
  if (view.items !== undefined || view.prefixItems.length > 0) return ['array'];
  const kinds = new Set(givenValues(view).flatMap((value) => (value === null ? [] : (typeof value as string))));
  return [...kinds].every((kind) => PRIMITIVES.has(kind)) ? [...kinds] : NONE;
};

const readImpliedTypes = (draft: Draft): void => {
  draft.types = impliedTypes(draft);
  draft.nullable ||= draft.types.length > 0 && givenValues(draft).includes(null);
};

const propertiesOf = ({ schemas, required }: Draft): readonly SchemaProperty[] =>
  schemas === undefined ? NONE : [...schemas].map(([name, schema]) => ({ name, schema, required: required?.has(name) === true }));

/** What is required without being described: in alternatives, often all that they say. */
const readAlsoRequired = (draft: Draft): void => {
  const undescribed = [...(draft.required ?? NONE)].filter((name) => draft.schemas?.has(name) !== true);
  if (undescribed.length === 0) return;
  draft.extras ??= startExtras();
  draft.extras.alsoRequired = undescribed;
};

const saysNothing = (node: Node): boolean => Object.keys(node).every((key) => key === '$ref');

/** What names a schema, where it is written itself; those of schemas that it refers to are theirs. */
const identifiersOf = (node: Node): [string, string][] =>
  (
    [
      ['Identifier', '$id'],
      ['Dialect', '$schema'],
      ['Anchor', '$anchor'],
      ['Dynamic anchor', '$dynamicAnchor'],
    ] as const
  ).flatMap(([label, key]) => {
    const name = text(node[key]);
    return name === undefined ? [] : [[label, name] as [string, string]];
  });

const readIdentifiers = (draft: Draft, schema: unknown): void => {
  const node = asNode(schema);
  const identifiers = node === undefined ? [] : identifiersOf(node);
  const vocabularies = Object.keys(asNode(node?.['$vocabulary']) ?? {}).map((name) => ['Vocabulary', name] as [string, string]);
  if (identifiers.length + vocabularies.length === 0) return;
  draft.extras ??= startExtras();
  draft.extras.identifiers = [...identifiers, ...vocabularies];
};

/** Reads one schema; see {@link SchemaView}. */
export const readView = (resolver: Resolver, schema: unknown): SchemaView => {
  const parts = collectParts(resolver, schema);
  const draft = startDraft();
  for (const node of parts.nodes) readNode(draft, node);
  if (parts.names.length > 0) Object.assign(draft, nameOf(parts, schema));
  if (parts.always !== undefined && parts.nodes.every(saysNothing)) draft.always = parts.always;
  if (draft.constrained) {
    draft.constraints = readConstraints(parts.nodes);
    draft.limits = readLimits(parts.nodes);
  }
  draft.unresolved = parts.unresolved;
  draft.nullable ||= parts.nullable;
  draft.properties = propertiesOf(draft);
  readAlsoRequired(draft);
  readIdentifiers(draft, schema);
  if (draft.types.length === 0) readImpliedTypes(draft);
  return draft;
};
