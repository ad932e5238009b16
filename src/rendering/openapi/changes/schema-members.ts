import { isDeepStrictEqual } from 'node:util';
import { asNode } from '../reference/model/nodes.ts';
import type { SchemaExtras, SchemaProperty, SchemaReader, SchemaView } from '../reference/schema/view.ts';
import { type At, type Comparing, each, member, narrower, note, pairUp, wider } from './comparing.ts';
import type { Effect } from './types.ts';
import { listed, plain, say } from './words.ts';

/** The effect of something new among several: what has to be sent breaks whoever does not know of it. */
export const whenAdded = ({ side }: At, isRequired: boolean): Effect => (side === 'sent' && isRequired ? 'breaking' : 'safe');

/** The effect of something that is gone: readers miss it; who sends it may be refused, and is where nothing unknown is taken. */
export const whenRemoved = ({ side }: At, isClosed = false): Effect => (side === 'read' || isClosed ? 'breaking' : 'risky');

export const addedText = (isRequired: boolean) => plain(isRequired ? 'new, and required' : 'new');

export const compareRequired = (at: At, before: boolean, after: boolean): void => {
  if (!before && after) note(at, 'changed', narrower(at), plain('now required'));
  if (before && !after) note(at, 'changed', wider(at, 'breaking'), plain('no longer required'));
};

/** A property on a side: who only reads it does not send it, and the other way round. */
const isOnSide = ({ side }: At, reader: SchemaReader, { schema }: SchemaProperty): boolean => {
  const { readOnly, writeOnly } = reader.view(schema);
  return side === 'sent' ? !readOnly : !writeOnly;
};

const compareProperty = (comparing: Comparing, at: At, before: SchemaProperty, after: SchemaProperty): void => {
  const wasThere = isOnSide(at, comparing.before, before);
  const isThere = isOnSide(at, comparing.after, after);
  const mark = at.side === 'sent' ? 'read-only' : 'write-only';
  if (!wasThere && isThere) note(at, 'changed', whenAdded(at, after.required), plain(`no longer ${mark}`));
  if (wasThere && !isThere) note(at, 'changed', whenRemoved(at), plain(`now ${mark}`));
  if (!wasThere || !isThere) return;
  compareRequired(at, before.required, after.required);
  comparing.schemas(at, before.schema, after.schema);
};

/** Compares the properties of objects. */
export const compareProperties = (comparing: Comparing, at: At, before: SchemaView, after: SchemaView): void => {
  const { removed, added, both } = pairUp(before.properties, after.properties, ({ name }) => name);
  for (const property of removed)
    if (isOnSide(at, comparing.before, property))
      note(member(at, property.name), 'removed', whenRemoved(at, after.additionalProperties === false), plain('removed'));
  for (const property of added)
    if (isOnSide(at, comparing.after, property))
      note(member(at, property.name), 'added', whenAdded(at, property.required), addedText(property.required));
  for (const [earlier, later] of both) compareProperty(comparing, member(at, later.name), earlier, later);
};

/** What may stand beside the properties that are named: nothing, what a schema says, or anything. */
const opennessOf = ({ additionalProperties }: SchemaView): 'closed' | 'described' | 'open' => {
  if (additionalProperties === false) return 'closed';
  return Object.keys(asNode(additionalProperties) ?? {}).length > 0 ? 'described' : 'open';
};

const OPENNESS = ['closed', 'described', 'open'];
const OTHERS = {
  closed: 'takes no other properties now',
  described: 'takes other properties of one kind now',
  open: 'takes any other properties now',
} as const;

const compareOthers = (comparing: Comparing, at: At, before: SchemaView, after: SchemaView): void => {
  const [was, is] = [opennessOf(before), opennessOf(after)];
  if (was === 'described' && is === 'described')
    comparing.schemas(member(at, '*'), before.additionalProperties, after.additionalProperties);
  if (was === is) return;
  const isNarrower = OPENNESS.indexOf(is) < OPENNESS.indexOf(was);
  // To describe what was there already takes nothing away.
  const effect = !isNarrower ? wider(at) : is === 'closed' || at.side === 'read' ? narrower(at) : 'risky';
  note(at, 'changed', effect, plain(OTHERS[is]));
};

const comparePatterns = (comparing: Comparing, at: At, before: SchemaView, after: SchemaView): void => {
  const { removed, added, both } = pairUp(before.patternProperties, after.patternProperties, ([pattern]) => pattern);
  for (const [pattern] of removed) note(member(at, `/${pattern}/`), 'removed', 'risky', plain('removed'));
  for (const [pattern] of added) note(member(at, `/${pattern}/`), 'added', 'risky', plain('new'));
  for (const [[pattern, earlier], [, later]] of both) comparing.schemas(member(at, `/${pattern}/`), earlier, later);
};

/** Compares what an object may hold beside its properties. */
export const compareFurther = (comparing: Comparing, at: At, before: SchemaView, after: SchemaView): void => {
  compareOthers(comparing, at, before, after);
  comparePatterns(comparing, at, before, after);
};

/** Compares the items of lists: those at a place, then all further ones. */
export const compareItems = (comparing: Comparing, at: At, before: SchemaView, after: SchemaView): void => {
  const [was, is] = [before.prefixItems.length, after.prefixItems.length];
  if (was !== is) note(at, 'changed', 'risky', say`has ${is} items of their own instead of ${was}`);
  for (let index = 0; index < Math.min(was, is); index++)
    comparing.schemas(each(at, String(index)), before.prefixItems[index], after.prefixItems[index]);
  if (before.items !== undefined || after.items !== undefined) comparing.schemas(each(at), before.items, after.items);
};

/** Rules that are told apart, but not gone into. */
const RULES = [
  ['not', 'what it must not be'],
  ['conditions', 'its conditions'],
  ['dependentRequired', 'which properties need others'],
  ['dependentSchemas', 'what goes with its properties'],
  ['propertyNames', 'the names of its properties'],
  ['contentSchema', 'what its text holds'],
] as const satisfies readonly (readonly [keyof SchemaExtras, string])[];

const ABSENT: Partial<SchemaExtras> = {};
const isNothing = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.length === 0);

/** Compares what only few schemas say. */
export const compareRules = (at: At, before: SchemaView, after: SchemaView): void => {
  const [earlier, later] = [before.extras ?? ABSENT, after.extras ?? ABSENT];
  const [needed, needs] = [new Set(earlier.alsoRequired), new Set(later.alsoRequired)];
  const more = [...needs].filter((name) => !needed.has(name));
  const less = [...needed].filter((name) => !needs.has(name));
  if (more.length > 0) note(at, 'changed', narrower(at), say`now needs ${listed(more)}`);
  if (less.length > 0) note(at, 'changed', wider(at), say`no longer needs ${listed(less)}`);
  for (const [key, label] of RULES)
    if (!(isNothing(earlier[key]) && isNothing(later[key])) && !isDeepStrictEqual(earlier[key], later[key]))
      note(at, 'changed', 'risky', plain(`other rules for ${label}`));
  if (!isDeepStrictEqual(before.contains, after.contains))
    note(at, 'changed', 'risky', plain('other rules for what it must hold'));
  if (!isDeepStrictEqual(before.xml, after.xml)) note(at, 'changed', 'risky', plain('written otherwise in XML'));
};
