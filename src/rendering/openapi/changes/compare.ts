import { isDeepStrictEqual } from 'node:util';
import { operationAddresses } from '../reference/addresses.ts';
import type { Api, Operation } from '../reference/model/model.ts';
import type { Node } from '../reference/model/nodes.ts';
import { readApi } from '../reference/model/read-api.ts';
import { createResolver } from '../reference/model/resolver.ts';
import { withoutInternal } from '../reference/model/visible.ts';
import { createSchemaReader, type SchemaReader } from '../reference/schema/view.ts';
import { compareSchemes, compareSecurity, compareServers } from './access.ts';
import { type At, type Comparing, type Found, note, pairUp, startAt, startFound, within } from './comparing.ts';
import { mergeSides } from './merge-sides.ts';
import { compareOperation, pairOperations } from './operations.ts';
import { startSchemas } from './schemas.ts';
import {
  type ComparedOperation,
  type Comparison,
  type Difference,
  EFFECTS,
  type Effect,
  type OperationChange,
  type SchemaChange,
} from './types.ts';
import { plain, say } from './words.ts';

/** As many differences as are listed, and as many operations as are named with a schema. */
const MAX_LISTED = 3_000;
const MAX_USERS = 10;

interface Placed {
  readonly operation: Operation;
  readonly address: string;
}

interface Read {
  readonly api: Api;
  readonly reader: SchemaReader;
  readonly operations: readonly Placed[];
}

const read = (document: Node): Read => {
  const source = withoutInternal(document);
  const resolver = createResolver(source);
  const api = readApi(source, resolver);
  const addresses = operationAddresses(api.operations);
  const operations = api.operations.map((operation, index) => ({ operation, address: addresses[index] ?? '' }));
  return { api, reader: createSchemaReader(resolver), operations };
};

const compared = ({ operation: { kind, method, path, summary }, address }: Placed): ComparedOperation => ({
  ...{ kind, method, path, summary, address },
});

const compareDocuments = (before: Api, after: Api): Difference[] => {
  const found = startFound();
  const at: At = startAt(found, 'sent');
  compareServers(at, before.servers, after.servers);
  compareSecurity(at, before.security, after.security);
  compareSchemes(at, before.schemes, after.schemes);
  const { version: _was, ...was } = before.info;
  const { version: _is, ...is } = after.info;
  if (!isDeepStrictEqual(was, is)) note(at, 'changed', 'wording', plain('another title or description'));
  for (const [one, other] of pairUp(before.tags, after.tags, ({ name }) => name).both)
    if (!isDeepStrictEqual(one, other))
      note(within(at, say`tag ${other.name}`), 'changed', 'wording', plain('another description'));
  return found.differences;
};

interface FoundIn {
  readonly placed: Placed;
  readonly change: Difference['kind'];
  readonly found: Found;
}

/** Operations that are new or gone are one difference each: what is in them is new or gone with them. */
const whole = (placed: Placed, change: 'added' | 'removed'): FoundIn => {
  const found = startFound();
  const text = plain(change === 'added' ? 'new' : placed.operation.deprecated ? 'removed, after it was deprecated' : 'removed');
  note(startAt(found, 'sent'), change, change === 'added' ? 'safe' : 'breaking', text);
  return { placed, change, found };
};

const compareOperations = (comparing: Comparing, before: Read, after: Read): FoundIn[] => {
  const { removed, added, both } = pairOperations(before.operations, after.operations);
  return [
    ...removed.map((placed) => whole(placed, 'removed')),
    ...both.map(([one, other]): FoundIn => {
      const found = startFound();
      // Webhooks are called by the API: callers read what it sends.
      const at = startAt(found, other.operation.kind === 'webhook' ? 'read' : 'sent');
      compareOperation(comparing, at, [one.operation, other.operation], [before.api, after.api]);
      return { placed: other, change: 'changed', found };
    }),
    ...added.map((placed) => whole(placed, 'added')),
  ];
};

/** The place of the worst effect, which comes first in {@link byEffect}. */
const worstOf = ({ differences: [first] }: { readonly differences: readonly Difference[] }): number =>
  first === undefined ? EFFECTS.length : EFFECTS.indexOf(first.effect);

/** What breaks comes first; else the order stays. */
const byEffect = <T extends { readonly differences: readonly Difference[] }>(changes: readonly T[]): T[] =>
  changes
    .filter(({ differences }) => differences.length > 0)
    .map((change) => ({
      ...change,
      differences: change.differences.toSorted((one, other) => EFFECTS.indexOf(one.effect) - EFFECTS.indexOf(other.effect)),
    }))
    .sort((one, other) => worstOf(one) - worstOf(other));

/** The first so many differences, in their order. */
const cut = (comparison: Omit<Comparison, 'counts' | 'isCut'>): Omit<Comparison, 'counts'> => {
  let left = MAX_LISTED;
  let isCut = false;
  const take = <T>(differences: readonly T[]): T[] => {
    const taken = differences.slice(0, left);
    isCut ||= taken.length < differences.length;
    left -= taken.length;
    return taken;
  };
  const takeOf = <T extends { readonly differences: readonly Difference[] }>(changes: readonly T[]): T[] =>
    changes
      .map((change) => ({ ...change, differences: take(change.differences) }))
      .filter(({ differences }) => differences.length > 0);
  const [document, schemas] = [take(comparison.document), takeOf(comparison.schemas)];
  const operations = takeOf(comparison.operations);
  return { document, operations, schemas, isCut };
};

/** What differs between two OpenAPI documents, of whatever versions; what they mark as internal is not there. Pure and synchronous. */
export const compareSpecifications = (before: Node, after: Node): Comparison => {
  const [earlier, later] = [read(before), read(after)];
  const { comparing, compared: comparedPairs } = startSchemas(earlier.reader, later.reader);
  const found = compareOperations(comparing, earlier, later);
  const document = compareDocuments(earlier.api, later.api);
  const operations = byEffect(
    found.map(({ placed, change, found: { differences } }): OperationChange => ({ ...compared(placed), change, differences })),
  );
  const users = found.map(({ placed, found: { uses } }) => ({ user: compared(placed), uses }));
  const schemas = byEffect(mergeSides(comparedPairs(), users, MAX_USERS) satisfies SchemaChange[]);
  const all = [
    ...document,
    ...operations.flatMap(({ differences }) => differences),
    ...schemas.flatMap(({ differences }) => differences),
  ];
  const count = (wanted: Effect): number => all.filter(({ effect }) => effect === wanted).length;
  const counts = { breaking: count('breaking'), risky: count('risky'), safe: count('safe'), wording: count('wording') };
  return { ...cut({ document, operations, schemas }), counts };
};
