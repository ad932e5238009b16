import type { Parameter } from '../model/model.ts';
import type { SchemaReader, SchemaView } from '../schema/view.ts';
import { prune } from './prune.ts';
import { headerValue, pathValue, queryPairs } from './serialise.ts';
import { sampleValue } from './value.ts';

const LIMITS = { maxNodes: 12, maxDepth: 2, maxItems: 2, maxText: 40 };
/** A list may be one of itself. */
const MAX_DEPTH = 2;
const OPTIONS = { audience: 'request', requiredOnly: false, maxNodes: 8, maxDepth: 2 } as const;

/** Two items of a list, so that one sees how they are told apart. */
export const twoItems = (reader: SchemaReader, view: SchemaView, depth = 0): unknown[] => {
  if (depth > MAX_DEPTH) return [];
  const item = reader.view(view.items);
  const told = [...item.examples, ...(item.enumValues ?? [])].filter((value) => typeof value !== 'object').slice(0, 2);
  if (told.length === 2) return told;
  if (item.types.includes('integer') || item.types.includes('number')) return [1, 2];
  if (item.types.includes('array')) return [twoItems(reader, item, depth + 1), twoItems(reader, item, depth + 1)];
  if (item.types.includes('object')) return [sampleValue(reader, view.items, OPTIONS)];
  const only = item.format === undefined ? told[0] : sampleValue(reader, view.items, OPTIONS);
  return only === undefined ? ['a', 'b'] : [only, only];
};

const shownValue = (reader: SchemaReader, parameter: Parameter, view: SchemaView): unknown => {
  const given = parameter.examples.find(({ value }) => value !== undefined)?.value ?? view.examples[0];
  if (typeof given === 'object' && given !== null) return prune(given, LIMITS).value;
  return view.types[0] === 'array' ? twoItems(reader, view) : prune(sampleValue(reader, parameter.schema, OPTIONS), LIMITS).value;
};

/**
 * How a list or an object is written in a request, by an example such as `?colour=red&colour=blue`; undefined for single values, which are
 * written as they are.
 */
export const writtenParameter = (reader: SchemaReader, parameter: Parameter): string | undefined => {
  const view = reader.view(parameter.schema);
  const [type] = view.types;
  if (parameter.mediaType !== undefined || (type !== 'array' && type !== 'object')) return undefined;
  const value = shownValue(reader, parameter, view);
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return undefined;
  switch (parameter.place) {
    case 'path':
      return pathValue(parameter, value);
    case 'header':
      return `${parameter.name}: ${headerValue(parameter, value)}`;
    case 'cookie':
      return queryPairs(parameter, value).join(parameter.style === 'cookie' ? '; ' : '&');
    default:
      return `?${queryPairs(parameter, value).join('&')}`;
  }
};
