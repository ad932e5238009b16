import type { NamedPair } from './comparing.ts';
import { type ComparedOperation, EFFECTS, type SchemaChange, type SchemaDifference } from './types.ts';

/** An operation, and the pairs of schemas that it refers to itself. */
interface User {
  readonly user: ComparedOperation;
  readonly uses: ReadonlySet<NamedPair>;
}

/** Who refers to each pair: other pairs, and operations. */
const referrersOf = (pairs: readonly NamedPair[], users: readonly User[]) => {
  const referrers = new Map<NamedPair, { readonly pairs: NamedPair[]; readonly users: number[] }>(
    pairs.map((pair) => [pair, { pairs: [], users: [] }]),
  );
  for (const pair of pairs) for (const used of pair.found.uses) referrers.get(used)?.pairs.push(pair);
  users.forEach(({ uses }, index) => {
    for (const used of uses) referrers.get(used)?.users.push(index);
  });
  return referrers;
};

/** The operations that use some pairs, directly or by way of others, in their order. */
const usersOf = (start: readonly NamedPair[], referrers: ReturnType<typeof referrersOf>): number[] => {
  const seen = new Set(start);
  const found = new Set<number>();
  for (const pair of seen) {
    const { pairs = [], users = [] } = referrers.get(pair) ?? {};
    for (const other of pairs) seen.add(other);
    for (const user of users) found.add(user);
  }
  return [...found].sort((one, other) => one - other);
};

const worse = (one: SchemaDifference, other: SchemaDifference): SchemaDifference['effect'] =>
  EFFECTS.indexOf(one.effect) <= EFFECTS.indexOf(other.effect) ? one.effect : other.effect;

/** What differs on both sides is told once, with the worse of its effects. */
const mergedDifferences = (pairs: readonly NamedPair[]): SchemaDifference[] => {
  const merged = new Map<string, SchemaDifference>();
  for (const { side, found } of pairs)
    for (const difference of found.differences) {
      const { kind, place, text } = difference;
      const key = JSON.stringify([kind, place, text]);
      const known = merged.get(key);
      const here: SchemaDifference = { ...difference, sides: [side] };
      const sides = known?.sides.includes(side) === false ? [...known.sides, side] : (known?.sides ?? [side]);
      merged.set(key, known === undefined ? here : { ...known, effect: worse(known, here), sides });
    }
  return [...merged.values()];
};

/** What differs in named schemas: each once, whatever side it is used on, with the operations that use it. */
export const mergeSides = (pairs: readonly NamedPair[], users: readonly User[], maxUsers: number): SchemaChange[] => {
  const referrers = referrersOf(pairs, users);
  const byName = new Map<string, NamedPair[]>();
  for (const pair of pairs) {
    const key = JSON.stringify([pair.before, pair.after]);
    byName.set(key, [...(byName.get(key) ?? []), pair]);
  }
  return [...byName.values()].flatMap((sides): SchemaChange[] => {
    const [{ before, after } = { before: '', after: '' }] = sides;
    const changed = sides.filter(({ found }) => found.differences.length > 0);
    if (changed.length === 0) return [];
    const operations = usersOf(changed, referrers).flatMap((index) => users[index]?.user ?? []);
    return [
      {
        name: after,
        inPlaceOf: before === after ? undefined : before,
        differences: mergedDifferences(changed),
        operations: operations.slice(0, maxUsers),
        operationCount: operations.length,
      },
    ];
  });
};
