import { asNode, entries, list, type Node, text, texts } from '../model/nodes.ts';
import type { Resolver } from '../model/resolver.ts';
import { collectParts, nameOf, optionsOf } from './collect.ts';
import { isConstraint, readConstraints } from './constraints.ts';
import type { Alternatives, Discriminator, SchemaProperty, SchemaView } from './view.ts';

const NONE: readonly never[] = [];
const NO_MEANINGS: ReadonlyMap<string, string> = new Map();

/** A view that is being read, schema by schema. */
interface Draft extends SchemaView {
  required: Set<string> | undefined;
  schemas: Map<string, unknown> | undefined;
  constrained: boolean;
}

const startDraft = (): Draft => ({
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
  propertyNames: undefined,
  items: undefined,
  prefixItems: NONE,
  contains: undefined,
  alternatives: NONE,
  discriminator: undefined,
  not: undefined,
  conditions: undefined,
  required: undefined,
  schemas: undefined,
  constrained: false,
});

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
  return { propertyName, mapping };
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

type Read = (draft: Draft, value: unknown, node: Node) => void;

/** What each keyword adds to a view. */
const KEYWORDS: ReadonlyMap<string, Read> = new Map<string, Read>([
  [
    'title',
    (draft, value) => {
      draft.title = text(value) ?? draft.title;
    },
  ],
  [
    'description',
    (draft, value) => {
      draft.description = text(value) ?? draft.description;
    },
  ],
  ['type', readTypes],
  [
    'nullable',
    (draft, value) => {
      draft.nullable ||= value === true;
    },
  ],
  [
    'x-nullable',
    (draft, value) => {
      draft.nullable ||= value === true;
    },
  ],
  [
    'format',
    (draft, value) => {
      draft.format = text(value) ?? draft.format;
    },
  ],
  [
    'enum',
    (draft, value) => {
      draft.enumValues = list(value).length > 0 ? list(value) : draft.enumValues;
    },
  ],
  [
    'x-enumDescriptions',
    (draft, value) => {
      draft.enumDescriptions = readMeanings(value);
    },
  ],
  [
    'const',
    (draft, value) => {
      draft.constant = [value];
    },
  ],
  [
    'default',
    (draft, value) => {
      draft.defaultValue = [value];
    },
  ],
  [
    'example',
    (draft, value) => {
      draft.examples = value === undefined ? draft.examples : [value];
    },
  ],
  [
    'examples',
    (draft, value) => {
      draft.examples = list(value).length > 0 ? list(value) : draft.examples;
    },
  ],
  [
    'deprecated',
    (draft, value) => {
      draft.deprecated ||= value === true;
    },
  ],
  [
    'readOnly',
    (draft, value) => {
      draft.readOnly ||= value === true;
    },
  ],
  [
    'writeOnly',
    (draft, value) => {
      draft.writeOnly ||= value === true;
    },
  ],
  [
    'xml',
    (draft, value) => {
      draft.xml = asNode(value);
    },
  ],
  ['properties', readProperties],
  ['required', readRequired],
  [
    'patternProperties',
    (draft, value) => {
      draft.patternProperties = [...draft.patternProperties, ...entries(value)];
    },
  ],
  [
    'additionalProperties',
    (draft, value) => {
      draft.additionalProperties = value;
    },
  ],
  [
    'unevaluatedProperties',
    (draft, value) => {
      draft.additionalProperties ??= value;
    },
  ],
  [
    'propertyNames',
    (draft, value) => {
      draft.propertyNames = value;
    },
  ],
  ['items', readItems],
  [
    'prefixItems',
    (draft, value) => {
      draft.prefixItems = list(value);
    },
  ],
  [
    'contains',
    (draft, value) => {
      draft.contains = value;
    },
  ],
  ['oneOf', (draft, _value, node) => readAlternatives(draft, 'oneOf', node)],
  ['anyOf', (draft, _value, node) => readAlternatives(draft, 'anyOf', node)],
  [
    'discriminator',
    (draft, value) => {
      draft.discriminator = readDiscriminator(value) ?? draft.discriminator;
    },
  ],
  [
    'not',
    (draft, value) => {
      draft.not = value;
    },
  ],
  [
    'if',
    (draft, value, node) => {
      draft.conditions = { test: value, whenTrue: node['then'], whenFalse: node['else'] };
    },
  ],
]);

const readNode = (draft: Draft, node: Node): void => {
  for (const key of Object.keys(node)) {
    const value = node[key];
    const read = KEYWORDS.get(key);
    if (read !== undefined && value !== undefined) read(draft, value, node);
    else draft.constrained ||= isConstraint(key);
  }
};

const PRIMITIVES = new Set(['string', 'number', 'boolean']);

/** The type that keywords imply where none is declared. */
const impliedTypes = (view: SchemaView): readonly string[] => {
  if (view.properties.length > 0 || asNode(view.additionalProperties) || view.patternProperties.length > 0) return ['object'];
  if (view.items !== undefined || view.prefixItems.length > 0) return ['array'];
  const kinds = new Set([...(view.enumValues ?? NONE), ...view.constant].map((value) => typeof value as string));
  return kinds.size === 1 ? [...kinds].filter((kind) => PRIMITIVES.has(kind)) : NONE;
};

const propertiesOf = ({ schemas, required }: Draft): readonly SchemaProperty[] =>
  schemas === undefined ? NONE : [...schemas].map(([name, schema]) => ({ name, schema, required: required?.has(name) === true }));

const saysNothing = (node: Node): boolean => Object.keys(node).every((key) => key === '$ref');

/** Reads one schema; see {@link SchemaView}. */
export const readView = (resolver: Resolver, schema: unknown): SchemaView => {
  const parts = collectParts(resolver, schema);
  const draft = startDraft();
  for (const node of parts.nodes) readNode(draft, node);
  if (parts.names.length > 0) Object.assign(draft, nameOf(parts, schema));
  if (parts.always !== undefined && parts.nodes.every(saysNothing)) draft.always = parts.always;
  if (draft.constrained) draft.constraints = readConstraints(parts.nodes);
  draft.unresolved = parts.unresolved;
  draft.nullable ||= parts.nullable;
  draft.properties = propertiesOf(draft);
  if (draft.types.length === 0) draft.types = impliedTypes(draft);
  return draft;
};
