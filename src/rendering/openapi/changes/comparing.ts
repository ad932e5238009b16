import type { SchemaReader } from '../reference/schema/view.ts';
import type { Difference, Effect, Side, Words } from './types.ts';
import { code } from './words.ts';

/** More differences than anybody reads; what is found beyond is dropped. */
const MAX_FOUND = 100_000;

/** What is found in an operation, a schema or the document itself, and the pairs of named schemas that it refers to. */
export interface Found {
  readonly differences: Difference[];
  readonly uses: Set<NamedPair>;
}

export const startFound = (): Found => ({ differences: [], uses: new Set() });

/** Two named schemas that stand in the same place, compared once for each side however often they do. */
export interface NamedPair {
  readonly before: string;
  readonly after: string;
  readonly side: Side;
  readonly found: Found;
}

/** Where something is compared: who sends it, and what of it has been gone into. */
export interface At {
  readonly found: Found;
  readonly side: Side;
  readonly place: Words;
  /** the way into a schema, such as `items[].name` */
  readonly path: string;
}

/** Two documents that are being compared. */
export interface Comparing {
  readonly before: SchemaReader;
  readonly after: SchemaReader;
  /** Compares two schemas; undefined stands for none, which allows anything. */
  schemas(at: At, before: unknown, after: unknown): void;
}

export const startAt = (found: Found, side: Side, place: Words = []): At => ({ found, side, place, path: '' });

/** A part of what is compared. */
export const within = (at: At, place: Words): At => ({
  ...at,
  place: at.place.length === 0 ? place : [...at.place, ' · ', ...place],
});

/** The same, seen from where the other one sends. */
export const opposite = (at: At): At => ({ ...at, side: at.side === 'sent' ? 'read' : 'sent' });

/** A property of a schema. */
export const member = (at: At, name: string): At => ({ ...at, path: at.path === '' ? name : `${at.path}.${name}` });

/** The items of a list, or what else stands for many. */
export const each = (at: At, index = ''): At => ({ ...at, path: `${at.path}[${index}]` });

/** Writes down a difference. */
export const note = (at: At, kind: Difference['kind'], effect: Effect, text: Words): void => {
  const { differences } = at.found;
  if (differences.length >= MAX_FOUND) return;
  const { place } = at.path === '' ? at : within(at, code(at.path));
  differences.push({ kind, effect, place, text });
};

/** The effect of allowing less: what is sent may be refused; readers have less to expect. */
export const narrower = ({ side }: At): Effect => (side === 'sent' ? 'breaking' : 'safe');

/** The effect of allowing more: readers may meet what they do not know. */
export const wider = ({ side }: At, forReaders: Effect = 'risky'): Effect => (side === 'sent' ? 'safe' : forReaders);

/** Things of two lists by what tells them apart; of those that cannot be told apart, the first. */
export const pairUp = <T>(before: readonly T[], after: readonly T[], keyOf: (thing: T) => string) => {
  const [earlier, later] = [before, after].map((things) => {
    const byKey = new Map<string, T>();
    for (const thing of things) if (!byKey.has(keyOf(thing))) byKey.set(keyOf(thing), thing);
    return byKey;
  }) as [Map<string, T>, Map<string, T>];
  return {
    removed: [...earlier].filter(([key]) => !later.has(key)).map(([, thing]) => thing),
    added: [...later].filter(([key]) => !earlier.has(key)).map(([, thing]) => thing),
    both: [...later].flatMap(([key, thing]): [T, T][] => {
      const partner = earlier.get(key);
      return partner === undefined ? [] : [[partner, thing]];
    }),
  };
};
