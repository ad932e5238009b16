import { isDeepStrictEqual } from 'node:util';
import type { Api, Callback, Operation } from '../reference/model/model.ts';
import { compareSecurity, compareServers } from './access.ts';
import { type At, type Comparing, note, opposite, pairUp, within } from './comparing.ts';
import { compareParameters, parameterKey } from './parameters.ts';
import { compareBodies, compareResponses } from './payloads.ts';
import { plain, say } from './words.ts';

/** What an operation is called by, without the names of what is in its path. */
const callOf = ({ kind, method, path }: Operation): string => `${kind} ${method} ${path.replace(/\{[^{}]*\}/g, '{}')}`;

const nameOf = ({ method, path }: Operation): string => `${method.toUpperCase()} ${path}`;

/** Those of some things that are the only ones with their key. */
const onlyOnes = <T>(things: readonly T[], keyOf: (thing: T) => string | undefined): T[] => {
  const counts = new Map<string | undefined, number>();
  for (const thing of things) counts.set(keyOf(thing), (counts.get(keyOf(thing)) ?? 0) + 1);
  return things.filter((thing) => keyOf(thing) !== undefined && counts.get(keyOf(thing)) === 1);
};

/** The operations of two documents that are the same: by how they are called; what is left, by an id that is theirs alone. */
export const pairOperations = <T extends { readonly operation: Operation }>(before: readonly T[], after: readonly T[]) => {
  const byCall = pairUp(before, after, ({ operation }) => callOf(operation));
  const idOf = ({ operation: { kind, operationId } }: T): string | undefined =>
    operationId === undefined ? undefined : `${kind} ${operationId}`;
  const moved = pairUp(onlyOnes(byCall.removed, idOf), onlyOnes(byCall.added, idOf), (one) => idOf(one) ?? '').both;
  const isMoved = new Set(moved.flat());
  return {
    removed: byCall.removed.filter((one) => !isMoved.has(one)),
    added: byCall.added.filter((one) => !isMoved.has(one)),
    both: [...byCall.both, ...moved],
  };
};

const compareFacts = (at: At, before: Operation, after: Operation): void => {
  if (callOf(before) !== callOf(after)) note(at, 'changed', 'breaking', say`moved from ${nameOf(before)} to ${nameOf(after)}`);
  if (!before.deprecated && after.deprecated) note(at, 'changed', 'safe', plain('now deprecated'));
  if (before.deprecated && !after.deprecated) note(at, 'changed', 'safe', plain('no longer deprecated'));
  if (before.operationId === undefined && after.operationId !== undefined)
    note(at, 'changed', 'safe', say`has the operation id ${after.operationId} now`);
  else if (after.operationId === undefined && before.operationId !== undefined)
    note(at, 'changed', 'risky', say`no longer has the operation id ${before.operationId}`);
  else if (before.operationId !== after.operationId)
    note(at, 'changed', 'risky', say`has the operation id ${after.operationId} instead of ${before.operationId}`);
  if (before.summary !== after.summary) note(at, 'changed', 'wording', plain('another summary'));
  if (before.description !== after.description) note(at, 'changed', 'wording', plain('another description'));
  if (!isDeepStrictEqual(before.tags, after.tags)) note(at, 'changed', 'wording', plain('other tags'));
};

/** What the API calls in turn: there the sides are the other way round. */
const compareCallbacks = (comparing: Comparing, at: At, before: readonly Callback[], after: readonly Callback[]): void => {
  const { removed, added, both } = pairUp(before, after, ({ name, expression, operation: { method } }) =>
    JSON.stringify([name, expression, method]),
  );
  const here = ({ name, operation: { method } }: Callback): At =>
    within(opposite(at), say`callback ${name} ${method.toUpperCase()}`);
  for (const callback of removed) note(here(callback), 'removed', 'breaking', plain('removed'));
  for (const callback of added) note(here(callback), 'added', 'safe', plain('new'));
  for (const [one, other] of both) compareCall(comparing, here(other), one.operation, other.operation);
};

const compareCall = (comparing: Comparing, at: At, before: Operation, after: Operation): void => {
  compareFacts(at, before, after);
  compareParameters(comparing, at, [before.parameters, after.parameters], [parameterKey(before), parameterKey(after)]);
  compareBodies(comparing, at, before.body, after.body);
  compareResponses(comparing, at, before.responses, after.responses);
  compareCallbacks(comparing, at, before.callbacks, after.callbacks);
};

/** Compares an operation; what applies to all of the document is told there. */
export const compareOperation = (
  comparing: Comparing,
  at: At,
  [before, after]: readonly [Operation, Operation],
  [earlier, later]: readonly [Api, Api],
): void => {
  compareCall(comparing, at, before, after);
  if (before.security !== undefined || after.security !== undefined)
    compareSecurity(at, before.security ?? earlier.security, after.security ?? later.security);
  if (before.servers !== undefined || after.servers !== undefined)
    compareServers(at, before.servers ?? earlier.servers, after.servers ?? later.servers);
};
