import { isDeepStrictEqual } from 'node:util';
import type { Operation, Parameter } from '../reference/model/model.ts';
import { type At, type Comparing, note, pairUp, within } from './comparing.ts';
import { addedText, compareRequired, whenAdded, whenRemoved } from './schema-members.ts';
import type { Words } from './types.ts';
import { plain, say } from './words.ts';

const PLACES: ReadonlyMap<string, string> = new Map([
  ['path', 'path parameter '],
  ['query', 'query parameter '],
  ['header', 'header '],
  ['cookie', 'cookie '],
  ['querystring', 'query string '],
]);

const labelOf = ({ place, name }: Parameter): Words => [PLACES.get(place) ?? `${place} parameter `, { code: name }];

const manyValued = new Set(['array', 'object']);

const isManyValued = ({ before, after }: Comparing, one: Parameter, other: Parameter): boolean =>
  [before.view(one.schema), after.view(other.schema)].some(({ types }) => types.some((type) => manyValued.has(type)));

const compareParameter = (comparing: Comparing, at: At, before: Parameter, after: Parameter): void => {
  if (before.name.toLowerCase() !== after.name.toLowerCase())
    note(at, 'changed', 'safe', say`is called ${after.name} instead of ${before.name}`);
  compareRequired(at, before.required, after.required);
  if (!before.deprecated && after.deprecated) note(at, 'changed', 'safe', plain('now deprecated'));
  if (before.deprecated && !after.deprecated) note(at, 'changed', 'safe', plain('no longer deprecated'));
  if (before.mediaType !== after.mediaType)
    note(
      at,
      'changed',
      'breaking',
      say`is written as ${after.mediaType ?? 'plain text'} instead of ${before.mediaType ?? 'plain text'}`,
    );
  // How several values are written matters where there are several.
  else if ((before.style !== after.style || before.explode !== after.explode) && isManyValued(comparing, before, after))
    note(at, 'changed', 'breaking', plain('its values are written in another way'));
  if (before.allowEmptyValue && !after.allowEmptyValue)
    note(at, 'changed', at.side === 'sent' ? 'breaking' : 'safe', plain('can no longer be empty'));
  if (!before.allowEmptyValue && after.allowEmptyValue)
    note(at, 'changed', at.side === 'sent' ? 'safe' : 'risky', plain('may now be empty'));
  if (before.description !== after.description) note(at, 'changed', 'wording', plain('another description'));
  if (!isDeepStrictEqual(before.examples, after.examples)) note(at, 'changed', 'wording', plain('other examples'));
  comparing.schemas(at, before.schema, after.schema);
};

/** Compares parameters or headers that are paired by a key. */
export const compareParameters = (
  comparing: Comparing,
  at: At,
  [before, after]: readonly [readonly Parameter[], readonly Parameter[]],
  [beforeKey, afterKey]: readonly [(parameter: Parameter) => string, (parameter: Parameter) => string],
): void => {
  const keyed = (parameters: readonly Parameter[], keyOf: (parameter: Parameter) => string) =>
    parameters.map((parameter) => ({ parameter, key: keyOf(parameter) }));
  const { removed, added, both } = pairUp(keyed(before, beforeKey), keyed(after, afterKey), ({ key }) => key);
  for (const { parameter } of removed) note(within(at, labelOf(parameter)), 'removed', whenRemoved(at), plain('removed'));
  for (const { parameter } of added)
    note(within(at, labelOf(parameter)), 'added', whenAdded(at, parameter.required), addedText(parameter.required));
  for (const [one, other] of both)
    compareParameter(comparing, within(at, labelOf(other.parameter)), one.parameter, other.parameter);
};

/** Headers are the same in any case. */
const headerKey = ({ name }: Parameter): string => name.toLowerCase();

export const compareHeaders = (comparing: Comparing, at: At, before: readonly Parameter[], after: readonly Parameter[]): void =>
  compareParameters(comparing, at, [before, after], [headerKey, headerKey]);

/** What is in the path is told apart by where it stands there: its name is nothing that is sent. */
export const parameterKey = ({ path }: Operation): ((parameter: Parameter) => string) => {
  const names = [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name);
  return ({ place, name }) => {
    const index = place === 'path' ? names.indexOf(name) : -1;
    return `${place} ${index >= 0 ? index : place === 'header' ? name.toLowerCase() : name}`;
  };
};
