import { isDeepStrictEqual } from 'node:util';
import type { Node } from '../reference/model/nodes.ts';
import type { SchemaView } from '../reference/schema/view.ts';
import { type At, narrower, note, wider } from './comparing.ts';
import type { Words } from './types.ts';
import { code, listed, plain, say } from './words.ts';

const allows = (types: readonly string[], type: string): boolean =>
  types.includes(type) || (type === 'integer' && types.includes('number'));

const isNumeric = (type: string): boolean => type === 'integer' || type === 'number';

/** The types of a schema in words. */
export const typeWords = ({ types, format }: SchemaView): Words => {
  if (types.length === 0) return plain('anything');
  return types.length === 1 && format !== undefined ? code(`${types[0]} (${format})`) : listed(types, ' or ');
};

/** Compares types; answers whether the schemas have so much in common that more can be said of them. */
export const compareTypes = (at: At, before: SchemaView, after: SchemaView): boolean => {
  if (before.types.length === 0 && after.types.length === 0) return true;
  const text = say`${typeWords(after)} instead of ${typeWords(before)}`;
  if (before.types.length === 0) note(at, 'changed', at.side === 'sent' ? 'risky' : 'safe', text);
  else if (after.types.length === 0) note(at, 'changed', wider(at), text);
  if (before.types.length === 0 || after.types.length === 0) return false;
  const lost = before.types.some((type) => !allows(after.types, type));
  const gained = after.types.some((type) => !allows(before.types, type));
  const isBreaking = at.side === 'sent' ? lost : gained;
  if (lost || gained) note(at, 'changed', isBreaking ? 'breaking' : 'safe', text);
  return after.types.some((type) => before.types.includes(type) || (isNumeric(type) && before.types.some(isNumeric)));
};

/** Compares whether `null` may stand there. */
export const compareNull = (at: At, before: boolean, after: boolean): void => {
  if (!before && after) note(at, 'changed', wider(at, 'breaking'), say`may now be ${'null'}`);
  if (before && !after) note(at, 'changed', narrower(at), say`can no longer be ${'null'}`);
};

export const compareFormat = (at: At, before: SchemaView, after: SchemaView): void => {
  if (before.format === after.format) return;
  if (before.format === undefined)
    note(at, 'changed', at.side === 'sent' ? 'risky' : 'safe', say`has the format ${after.format} now`);
  else if (after.format === undefined) note(at, 'changed', wider(at), say`no longer has the format ${before.format}`);
  else note(at, 'changed', 'risky', say`has the format ${after.format} instead of ${before.format}`);
};

const valuesOf = ({ enumValues, constant, nullable }: SchemaView): ReadonlyMap<string, unknown> | undefined => {
  const values = enumValues ?? (constant.length > 0 ? constant : undefined);
  // That it may be null is told by itself.
  return (
    values && new Map(values.filter((value) => !(nullable && value === null)).map((value) => [JSON.stringify(value), value]))
  );
};

/** Compares the values that are allowed, one by one. */
export const compareEnum = (at: At, before: SchemaView, after: SchemaView): void => {
  const [earlier, later] = [valuesOf(before), valuesOf(after)];
  if (earlier === undefined && later === undefined) return;
  if (earlier === undefined) {
    note(at, 'changed', narrower(at), say`must now be one of ${listed([...(later ?? []).values()])}`);
    return;
  }
  if (later === undefined) {
    note(at, 'changed', wider(at), plain('may now have any value'));
    return;
  }
  const removed = [...earlier].filter(([key]) => !later.has(key)).map(([, value]) => value);
  const added = [...later].filter(([key]) => !earlier.has(key)).map(([, value]) => value);
  if (removed.length > 0) note(at, 'removed', narrower(at), say`can no longer be ${listed(removed)}`);
  if (added.length > 0) note(at, 'added', wider(at), say`may now be ${listed(added)} too`);
};

/** What counts where nothing is sent. */
export const compareDefault = (at: At, before: readonly unknown[], after: readonly unknown[]): void => {
  if (isDeepStrictEqual(before, after)) return;
  const effect = at.side === 'sent' ? 'risky' : 'safe';
  if (before.length === 0) note(at, 'changed', effect, say`is ${after[0]} by default now`);
  else if (after.length === 0) note(at, 'changed', effect, say`is no longer ${before[0]} by default`);
  else note(at, 'changed', effect, say`is ${after[0]} by default instead of ${before[0]}`);
};

interface Bound {
  readonly value: number;
  readonly isExclusive: boolean;
}

/** `exclusiveMinimum` is a number, or before OpenAPI 3.1 a mark on `minimum`. */
const boundOf = (limits: Node, key: string, exclusiveKey: string | undefined): Bound | undefined => {
  const exclusive = exclusiveKey === undefined ? undefined : limits[exclusiveKey];
  if (typeof exclusive === 'number') return { value: exclusive, isExclusive: true };
  const value = limits[key];
  return typeof value === 'number' ? { value, isExclusive: exclusive === true } : undefined;
};

interface Limit {
  readonly key: string;
  readonly exclusiveKey?: string;
  readonly isLower: boolean;
  readonly unit: string;
}

const counted = (what: string, unit: string): Limit[] => [
  { key: `min${what}`, isLower: true, unit },
  { key: `max${what}`, isLower: false, unit },
];

const LIMITS: readonly Limit[] = [
  { key: 'minimum', exclusiveKey: 'exclusiveMinimum', isLower: true, unit: '' },
  { key: 'maximum', exclusiveKey: 'exclusiveMaximum', isLower: false, unit: '' },
  ...counted('Length', ' characters'),
  ...counted('Items', ' items'),
  ...counted('Properties', ' properties'),
  ...counted('Contains', ' items that fit'),
];

const phrase = ({ isLower, unit }: Limit, { value, isExclusive }: Bound): Words => {
  const words = isLower ? (isExclusive ? 'more than ' : 'at least ') : isExclusive ? 'less than ' : 'at most ';
  return [words, ...code(value), ...(unit === '' ? [] : [unit])];
};

/** Whether `after` allows less than `before`; a bound that is not there allows everything. */
const isTighter = ({ isLower }: Limit, before: Bound | undefined, after: Bound | undefined): boolean => {
  if (after === undefined) return false;
  if (before === undefined) return true;
  if (before.value === after.value) return after.isExclusive;
  return isLower ? after.value > before.value : after.value < before.value;
};

const compareLimit = (at: At, limit: Limit, before: Node, after: Node): void => {
  // No fewer than none says nothing.
  const said = (limits: Node): Bound | undefined => {
    const bound = boundOf(limits, limit.key, limit.exclusiveKey);
    return limit.isLower && limit.unit !== '' && bound?.value === 0 ? undefined : bound;
  };
  const [earlier, later] = [said(before), said(after)];
  if (isDeepStrictEqual(earlier, later)) return;
  const effect = isTighter(limit, earlier, later) ? narrower(at) : wider(at);
  if (later === undefined) {
    if (earlier !== undefined) note(at, 'changed', effect, say`no longer has to be ${phrase(limit, earlier)}`);
  } else if (earlier === undefined) note(at, 'changed', effect, say`must now be ${phrase(limit, later)}`);
  else note(at, 'changed', effect, say`must be ${phrase(limit, later)}, before ${phrase(limit, earlier)}`);
};

const RULES: readonly (readonly [key: string, label: string])[] = [
  ['pattern', 'the pattern'],
  ['multipleOf', 'as its step'],
  ['contentMediaType', 'the media type'],
  ['contentEncoding', 'the encoding'],
  ['collectionFormat', 'the separator'],
];

const compareRule = (at: At, label: string, before: unknown, after: unknown): void => {
  if (before === after) return;
  if (before === undefined) note(at, 'changed', narrower(at), [`now has ${label} `, ...code(after)]);
  else if (after === undefined) note(at, 'changed', wider(at), [`no longer has ${label} `, ...code(before)]);
  else note(at, 'changed', 'risky', [`has ${label} `, ...code(after), ' instead of ', ...code(before)]);
};

/** Compares the bounds of numbers, texts, lists and objects, patterns, and how texts are encoded. */
export const compareLimits = (at: At, { limits: before }: SchemaView, { limits: after }: SchemaView): void => {
  if (before === after) return;
  for (const limit of LIMITS) compareLimit(at, limit, before, after);
  for (const [key, label] of RULES) compareRule(at, label, before[key], after[key]);
  const [wasUnique, isUnique] = [before['uniqueItems'] === true, after['uniqueItems'] === true];
  if (!wasUnique && isUnique) note(at, 'changed', narrower(at), plain('must not hold an item twice now'));
  if (wasUnique && !isUnique) note(at, 'changed', wider(at), plain('may now hold an item twice'));
};
