import { type Node, text } from '../model/nodes.ts';

const KEYS = new Set(
  `minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern minItems maxItems uniqueItems minContains
  maxContains minProperties maxProperties contentMediaType contentEncoding collectionFormat`.split(/\s+/),
);

/** Whether a keyword is one that {@link readConstraints} reads. */
export const isConstraint = (key: string): boolean => KEYS.has(key);

/** A rule that values obey, ready to show: `label` in words, `value` as code. */
export interface Constraint {
  label: string;
  value: string;
}

const numberOf = (node: Node, key: string): number | undefined => {
  const value = node[key];
  return typeof value === 'number' ? value : undefined;
};

/** The highest numbers of 64 bits: a parser of JSON reads the next one, which it can hold, and would write it with zeros at its end. */
const HIGHEST: ReadonlyMap<number, string> = new Map([
  [2 ** 63, '9223372036854775807'],
  [2 ** 64, '18446744073709551615'],
]);

const digits = (value: number): string =>
  HIGHEST.get(value) ?? (Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value));

const range = (label: string, min: string | undefined, max: string | undefined): Constraint[] => {
  if (min !== undefined && max !== undefined) return [{ label, value: min === max ? `= ${min}` : `${min} … ${max}` }];
  if (min !== undefined) return [{ label, value: `≥ ${min}` }];
  return max === undefined ? [] : [{ label, value: `≤ ${max}` }];
};

/** One end of a range, and whether it is in it; before OpenAPI 3.1 `exclusiveMinimum` is a mark on `minimum`, after it a number. */
const boundOf = (node: Node, inclusive: string, exclusive: string): { value: string | undefined; isStrict: boolean } => {
  const own = numberOf(node, exclusive);
  const value = own ?? numberOf(node, inclusive);
  return { value: value === undefined ? undefined : digits(value), isStrict: own !== undefined || node[exclusive] === true };
};

/** The bounds of a number. */
const numberRange = (node: Node): Constraint[] => {
  const min = boundOf(node, 'minimum', 'exclusiveMinimum');
  const max = boundOf(node, 'maximum', 'exclusiveMaximum');
  if (!min.isStrict && !max.isStrict) return range('value', min.value, max.value);
  const ends = [
    ...(min.value === undefined ? [] : [`${min.isStrict ? '>' : '≥'} ${min.value}`]),
    ...(max.value === undefined ? [] : [`${max.isStrict ? '<' : '≤'} ${max.value}`]),
  ];
  return ends.length === 0 ? [] : [{ label: 'value', value: ends.join(', ') }];
};

const count = (node: Node, label: string, min: string, max: string): Constraint[] =>
  range(label, numberOf(node, min)?.toString(), numberOf(node, max)?.toString());

const written = (node: Node, label: string, key: string): Constraint[] => {
  const value = text(node[key]);
  return value === undefined ? [] : [{ label, value }];
};

const SEPARATORS: ReadonlyMap<unknown, string> = new Map([
  ['csv', 'commas'],
  ['ssv', 'spaces'],
  ['tsv', 'tabs'],
  ['pipes', 'bars'],
]);

/** Swagger 2.0 says so of lists inside lists. */
const separator = (node: Node): Constraint[] => {
  const value = SEPARATORS.get(node['collectionFormat']);
  return value === undefined ? [] : [{ label: 'separated by', value }];
};

const readNode = (node: Node): Constraint[] => [
  ...numberRange(node),
  ...written(node, 'multiple of', 'multipleOf'),
  ...count(node, 'length', 'minLength', 'maxLength'),
  ...written(node, 'pattern', 'pattern'),
  ...count(node, 'items', 'minItems', 'maxItems'),
  ...(node['uniqueItems'] === true ? [{ label: 'items', value: 'unique' }] : []),
  ...count(node, 'contains', 'minContains', 'maxContains'),
  ...count(node, 'properties', 'minProperties', 'maxProperties'),
  ...written(node, 'media type', 'contentMediaType'),
  ...written(node, 'encoding', 'contentEncoding'),
  ...separator(node),
];

/** The constraints of schemas that hold together, each rule once. */
export const readConstraints = (nodes: readonly Node[]): Constraint[] => {
  const rules = new Map<string, Constraint>();
  for (const constraint of nodes.flatMap(readNode)) rules.set(`${constraint.label} ${constraint.value}`, constraint);
  return [...rules.values()];
};

/** The constraints of schemas that hold together as they are written, later ones taking precedence. */
export const readLimits = (nodes: readonly Node[]): Node =>
  Object.fromEntries(nodes.flatMap((node) => Object.entries(node).filter(([key]) => KEYS.has(key))));
