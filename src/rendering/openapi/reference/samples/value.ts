import sampler from 'openapi-sampler';
import { asNode } from '../model/nodes.ts';
import type { SchemaReader, SchemaView } from '../schema/view.ts';

type Schema = Parameters<typeof sampler.sample>[0];

/** What an invented example may hold. */
export interface SampleOptions {
  audience: 'request' | 'response';
  /** Only what is required, for short code. */
  requiredOnly: boolean;
  /** Values in all. */
  maxNodes: number;
  maxDepth: number;
}

interface State extends SampleOptions {
  reader: SchemaReader;
  left: number;
  /** Named and unnamed schemas being sampled, so that recursion ends. */
  path: Set<unknown>;
}

/** Stands for what a file holds. */
export const FILE = '<binary>';

/** Formats that the sampler does not know, and those of which it makes something strange. */
const FORMATS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['date-time', '2025-06-15T09:30:00Z'],
  ['date', '2025-06-15'],
  ['time', '09:30:00Z'],
  ['duration', 'P1D'],
  ['url', 'https://example.com'],
  ['uri', 'https://example.com'],
  ['uuid', '3fa85f64-5717-4562-b3fc-2c963f66afa6'],
  ['byte', 'ZXhhbXBsZQ=='],
  ['binary', FILE],
  ['password', '********'],
]);

/** Texts are made no longer, whatever their schema asks for. */
const MAX_LENGTH = 64;

/** Whether a text holds what is no text, as it is. */
const isRaw = ({ contentMediaType: type, contentEncoding: encoding }: SchemaView['limits']): boolean =>
  typeof type === 'string' && encoding === undefined && !/^text\/|\b(?:json|xml)\b/i.test(type);

const sampleScalar = ({ types: [type], format, limits }: SchemaView): unknown => {
  const known = format === undefined ? undefined : FORMATS.get(format);
  if (known !== undefined) return known;
  if (isRaw(limits)) return FILE;
  if (type === undefined || type === 'null') return null;
  const length = (key: string): number => Math.min(Number(limits[key]) || 0, MAX_LENGTH);
  const bounds = { ...limits, minLength: length('minLength'), maxLength: length('maxLength') || undefined };
  return sampler.sample({ ...bounds, type, format } as Schema, { quiet: true }) ?? null;
};

const sampleObject = (state: State, view: SchemaView, depth: number): Record<string, unknown> => {
  const properties: [string, unknown][] = [];
  for (const { name, schema, required } of view.properties) {
    if (state.left <= 0) break;
    const { readOnly, writeOnly, deprecated } = state.reader.view(schema);
    if (state.audience === 'request' ? readOnly : writeOnly) continue;
    if (!required && (state.requiredOnly || deprecated)) continue;
    const value = sample(state, schema, depth + 1);
    if (value !== undefined) properties.push([name, value]);
  }
  for (const name of otherNames(state, view)) {
    if (state.left <= 0) break;
    const value = sample(state, view.additionalProperties, depth + 1);
    if (value !== undefined) properties.push([name, value]);
  }
  return Object.fromEntries(properties);
};

/** Names for what a schema allows beside the properties that it describes: those that it requires, else one where there are no others. */
const otherNames = (state: State, { additionalProperties, properties, extras }: SchemaView): readonly string[] => {
  if (asNode(additionalProperties) === undefined) return [];
  const required = extras?.alsoRequired ?? [];
  return required.length > 0 || properties.length > 0 || state.requiredOnly ? required : ['key'];
};

const sampleArray = (state: State, view: SchemaView, depth: number): unknown[] => {
  const tuple = view.prefixItems.map((item) => sample(state, item, depth + 1) ?? null);
  // An item that has to be there comes before others that may be.
  const further = asNode(view.contains) ?? (tuple.length === 0 ? view.items : undefined);
  const item = further === undefined ? undefined : sample(state, further, depth + 1);
  return item === undefined ? tuple : [...tuple, item];
};

/** The first alternative, with what the discriminator says about it. */
const sampleAlternative = (state: State, view: SchemaView, depth: number): unknown => {
  for (const option of view.alternatives[0]?.options ?? []) {
    const value = sample(state, option, depth);
    if (value === undefined) continue;
    const chosen = asNode(value);
    if (chosen === undefined || view.discriminator === undefined) return value;
    const { propertyName, mapping } = view.discriminator;
    const { name } = state.reader.view(option);
    const selector = mapping.find(([, target]) => target === name)?.[0] ?? name;
    return selector === undefined ? value : { ...chosen, [propertyName]: selector };
  }
  return undefined;
};

const sampleView = (state: State, view: SchemaView, depth: number): unknown => {
  const [alternative] = view.alternatives;
  if (view.properties.length > 0 || view.types.includes('object') || asNode(view.additionalProperties)) {
    const own = sampleObject(state, view, depth);
    const chosen = alternative && asNode(sampleAlternative(state, view, depth));
    return chosen ? { ...own, ...chosen } : own;
  }
  if (alternative !== undefined) return sampleAlternative(state, view, depth);
  if (view.types.includes('array')) return sampleArray(state, view, depth);
  return sampleScalar(view);
};

const sample = (state: State, schema: unknown, depth: number): unknown => {
  const view = state.reader.view(schema);
  state.left -= 1;
  if (view.constant.length > 0) return view.constant[0];
  const [given] = view.examples;
  if (given !== undefined) return given;
  if (view.defaultValue.length > 0 && view.defaultValue[0] !== null) return view.defaultValue[0];
  if (view.enumValues !== undefined) return view.enumValues.find((value) => value !== null && value !== '') ?? view.enumValues[0];
  const key = view.name ?? schema;
  if (depth > state.maxDepth || state.left <= 0 || state.path.has(key)) return undefined;
  state.path.add(key);
  const value = sampleView(state, view, depth);
  state.path.delete(key);
  return value;
};

/** An example value for a schema, from its own examples, defaults and enums where it has them; undefined where nothing can be said. */
export const sampleValue = (reader: SchemaReader, schema: unknown, options: SampleOptions): unknown =>
  schema === undefined ? undefined : sample({ ...options, reader, left: options.maxNodes, path: new Set() }, schema, 0);
