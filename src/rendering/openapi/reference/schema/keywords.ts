import { asNode, entries, list, type Node, text, texts } from '../model/nodes.ts';
import { readExternalDocs } from '../model/operations.ts';
import { optionsOf } from './collect.ts';
import type { Alternatives, Discriminator, SchemaExtras, SchemaView } from './view.ts';

export const NONE: readonly never[] = [];
const NO_LIMITS: Node = {};
const NO_MEANINGS: ReadonlyMap<string, string> = new Map();

/** A view that is being read, schema by schema. */
export interface Draft extends SchemaView {
  required: Set<string> | undefined;
  schemas: Map<string, unknown> | undefined;
  constrained: boolean;
}

/** A view of a schema that says nothing. */
export const startDraft = (): Draft => ({
  name: undefined,
  mergedFrom: NONE,
  always: undefined,
  unresolved: undefined,
  title: undefined,
  description: undefined,
  types: NONE,
  nullable: false,
  format: undefined,
  constraints: NONE,
  limits: NO_LIMITS,
  enumValues: undefined,
  enumDescriptions: NO_MEANINGS,
  constant: NONE,
  defaultValue: NONE,
  examples: NONE,
  deprecated: false,
  readOnly: false,
  writeOnly: false,
  xml: undefined,
  properties: NONE,
  patternProperties: NONE,
  additionalProperties: undefined,
  items: undefined,
  prefixItems: NONE,
  contains: undefined,
  alternatives: NONE,
  discriminator: undefined,
  extras: undefined,
  required: undefined,
  schemas: undefined,
  constrained: false,
});

/** Extras that say nothing. */
export const startExtras = (): SchemaExtras => ({
  externalDocs: undefined,
  identifiers: NONE,
  definitions: NONE,
  dependentRequired: NONE,
  dependentSchemas: NONE,
  conditions: NONE,
  not: NONE,
  propertyNames: undefined,
  contentSchema: undefined,
  alsoRequired: NONE,
});

const extrasOf = (draft: Draft): SchemaExtras => {
  draft.extras ??= startExtras();
  return draft.extras;
};

const readTypes = (draft: Draft, value: unknown): void => {
  const declared = typeof value === 'string' ? [value] : [...new Set(texts(value))];
  const nullable = declared.length > 1 && declared.includes('null');
  draft.types = nullable ? declared.filter((type) => type !== 'null') : declared;
  draft.nullable ||= nullable;
};

const readProperties = (draft: Draft, value: unknown): void => {
  draft.schemas ??= new Map();
  for (const [name, schema] of entries(value)) draft.schemas.set(name, schema);
};

const readRequired = (draft: Draft, value: unknown): void => {
  draft.required ??= new Set();
  for (const name of texts(value)) draft.required.add(name);
};

const readMeanings = (value: unknown): Map<string, string> =>
  new Map(
    entries(value).flatMap(([name, description]) => {
      const meaning = text(description);
      return meaning === undefined ? [] : [[name, meaning] as [string, string]];
    }),
  );

const schemaNameOf = (reference: string): string => reference.split('/').at(-1) ?? reference;

/** Swagger 2.0 has the name of the property alone. */
const readDiscriminator = (value: unknown): Discriminator | undefined => {
  const declared = asNode(value);
  const propertyName = text(value) ?? text(declared?.['propertyName']);
  if (propertyName === undefined) return undefined;
  const mapping = entries(declared?.['mapping']).flatMap(([name, reference]) => {
    const target = text(reference);
    return target === undefined ? [] : [[name, schemaNameOf(target)] as [string, string]];
  });
  const otherwise = text(declared?.['defaultMapping']);
  return { propertyName, mapping, otherwise: otherwise === undefined ? undefined : schemaNameOf(otherwise) };
};

const readAlternatives = (draft: Draft, kind: Alternatives['kind'], node: Node): void => {
  const options = optionsOf(node, kind);
  if (options.length > 1) draft.alternatives = [...draft.alternatives, { kind, options }];
};

/** Before 2020-12 a list of `items` was what `prefixItems` is now. */
const readItems = (draft: Draft, value: unknown, node: Node): void => {
  draft.items = Array.isArray(value) ? node['additionalItems'] : value;
  if (Array.isArray(value)) draft.prefixItems = value;
};

const readNullable = (draft: Draft, value: unknown): void => {
  draft.nullable ||= value === true;
};

const readDependentRequired = (draft: Draft, value: unknown): void => {
  const extras = extrasOf(draft);
  const read = entries(value).map(([name, others]): [string, string[]] => [name, texts(others)]);
  extras.dependentRequired = [...extras.dependentRequired, ...read];
};

const readDependentSchemas = (draft: Draft, value: unknown): void => {
  const extras = extrasOf(draft);
  extras.dependentSchemas = [...extras.dependentSchemas, ...entries(value)];
};

const readDefinitions = (draft: Draft, value: unknown): void => {
  extrasOf(draft).definitions = entries(value);
};

type Read = (draft: Draft, value: unknown, node: Node) => void;

/** What each keyword adds to a view. */
export const KEYWORDS: ReadonlyMap<string, Read> = new Map(
  Object.entries<Read>({
    title: (draft, value) => {
      draft.title = text(value) ?? draft.title;
    },
    description: (draft, value) => {
      draft.description = text(value) ?? draft.description;
    },
    type: readTypes,
    nullable: readNullable,
    'x-nullable': readNullable,
    format: (draft, value) => {
      draft.format = text(value) ?? draft.format;
    },
    enum: (draft, value) => {
      draft.enumValues = list(value).length > 0 ? list(value) : draft.enumValues;
    },
    'x-enumDescriptions': (draft, value) => {
      draft.enumDescriptions = readMeanings(value);
    },
    const: (draft, value) => {
      draft.constant = [value];
    },
    default: (draft, value) => {
      draft.defaultValue = [value];
    },
    example: (draft, value) => {
      draft.examples = value === undefined ? draft.examples : [value];
    },
    examples: (draft, value) => {
      draft.examples = list(value).length > 0 ? list(value) : draft.examples;
    },
    deprecated: (draft, value) => {
      draft.deprecated ||= value === true;
    },
    readOnly: (draft, value) => {
      draft.readOnly ||= value === true;
    },
    writeOnly: (draft, value) => {
      draft.writeOnly ||= value === true;
    },
    xml: (draft, value) => {
      draft.xml = asNode(value);
    },
    properties: readProperties,
    required: readRequired,
    patternProperties: (draft, value) => {
      draft.patternProperties = [...draft.patternProperties, ...entries(value)];
    },
    additionalProperties: (draft, value) => {
      draft.additionalProperties = value;
    },
    unevaluatedProperties: (draft, value) => {
      draft.additionalProperties ??= value;
    },
    propertyNames: (draft, value) => {
      extrasOf(draft).propertyNames = value;
    },
    items: readItems,
    unevaluatedItems: (draft, value) => {
      draft.items ??= value;
    },
    prefixItems: (draft, value) => {
      draft.prefixItems = list(value);
    },
    contains: (draft, value) => {
      draft.contains = value;
    },
    oneOf: (draft, _value, node) => readAlternatives(draft, 'oneOf', node),
    anyOf: (draft, _value, node) => readAlternatives(draft, 'anyOf', node),
    discriminator: (draft, value) => {
      draft.discriminator = readDiscriminator(value) ?? draft.discriminator;
    },
    not: (draft, value) => {
      const extras = extrasOf(draft);
      extras.not = [...extras.not, value];
    },
    if: (draft, value, node) => {
      const extras = extrasOf(draft);
      extras.conditions = [...extras.conditions, { test: value, whenTrue: node['then'], whenFalse: node['else'] }];
    },
    dependentRequired: readDependentRequired,
    dependentSchemas: readDependentSchemas,
    externalDocs: (draft, value) => {
      extrasOf(draft).externalDocs = readExternalDocs(value);
    },
    contentSchema: (draft, value) => {
      extrasOf(draft).contentSchema = value;
    },
    $defs: readDefinitions,
  }),
);
