import { fromBit, type StoredBoolean } from '../../database/codec.ts';
import type { Context } from '../context.ts';
import type { Portal } from '../portals/index.ts';
import type { Visitor } from '../visibility/index.ts';
import { ENTRY_KINDS, type EntryKind, kindOf, productNumberOf } from './entry.ts';
import type { Query } from './query.ts';

/** An entry that was found and may be seen: what its place among the others is told by. */
export interface Candidate {
  readonly id: number;
  readonly kind: EntryKind;
  readonly productNumber: number;
  /** the words of its names, in lines */
  readonly nameKey: string;
  readonly deprecated: boolean;
  /** how well its prose fits, where that was asked for */
  readonly score: number;
}

/** Where is looked. */
export interface Scope {
  readonly portal: Portal;
  readonly visitor: Visitor;
  /** the slug of the only product that is wanted */
  readonly product?: string | undefined;
  /** how many entries of each kind are looked for at most */
  readonly limits: Readonly<Record<EntryKind, number>>;
  readonly bounds: Bounds;
}

/** From which numbers on another way of looking is the quicker one. None of them changes what is found. */
export interface Bounds {
  /** up to so many hits are all looked at, of whatever kind and product */
  readonly hits: number;
  /** up to so many products that are seen, or wanted, are listed beforehand, to pass over the others */
  readonly listed: number;
  /** as long as there are so many times as many: of more, hardly a hit is passed over */
  readonly share: number;
  /** the entries of up to so many of those that are listed are read, one product after the other, for what is frequent (PostgreSQL) */
  readonly read: number;
  /** of up to so many for what is rare, too, and before anything is looked for in others, where that is of no other use (PostgreSQL) */
  readonly first: number;
}

export const BOUNDS: Bounds = { hits: 200, listed: 2_000, share: 4, read: 400, first: 50 };

/** What is found. */
export interface Found {
  readonly candidates: readonly Candidate[];
  /** kinds of which there is more than is wanted */
  readonly cutKinds: readonly EntryKind[];
}

/** The same, and whether it is all that there is in any product, so that an engine may tell how well it fits. */
export interface Hits extends Found {
  readonly isWhole: boolean;
}

/**
 * How an engine finds what may be seen. Where that is more of a kind than the limit, those whose names fit are among it, and first those
 * that are called so.
 */
export type FindHits = (ctx: Context, query: Query, scope: Scope) => Promise<Hits>;

/** A candidate as both engines answer it. */
export interface CandidateRow {
  readonly id: number;
  readonly name_key: string;
  readonly deprecated: StoredBoolean;
  readonly version_deprecated: StoredBoolean;
}

export const candidateOf = ({ id, name_key, deprecated, version_deprecated }: CandidateRow): Candidate => ({
  id,
  kind: kindOf(id),
  productNumber: productNumberOf(id),
  nameKey: name_key,
  deprecated: fromBit(deprecated) || fromBit(version_deprecated),
  score: 0,
});

/** A row that stands for none: what is counted is told all the same. */
export type NoCandidateRow = { readonly [Column in keyof CandidateRow]: null };

/** Kinds of which as much was found as was wanted. */
export const cutKindsOf = (found: readonly Candidate[], limits: Scope['limits']): EntryKind[] => {
  const counts = countsOf(found);
  return ENTRY_KINDS.filter((kind) => counts[kind] >= limits[kind]);
};

/** How many there are of each kind. */
export const countsOf = (candidates: readonly Candidate[]): Record<EntryKind, number> => {
  const counts = Object.fromEntries(ENTRY_KINDS.map((kind) => [kind, 0])) as Record<EntryKind, number>;
  for (const { kind } of candidates) counts[kind]++;
  return counts;
};
