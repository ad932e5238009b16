import type { RawBuilder } from 'kysely';
import type { Engine } from '../../database/columns.ts';
import type { Db } from '../../database/connect.ts';
import type { EntryKind } from './entry.ts';
import type { MarkedWords } from './marked-words.ts';
import { postgresIndex } from './postgres-index.ts';
import type { Match } from './query.ts';
import { sqliteIndex } from './sqlite-index.ts';

/** Of which kind: of one, of any, or of that of the row of {@link TextIndex.eachKind}. */
export type AskedKind = EntryKind | 'any' | 'each';

/** Which entries the index is asked for. */
export interface IndexQuery {
  readonly kind: AskedKind;
  readonly match: Match;
  /** numbers of products: those of others are left out; of all when absent */
  readonly products?: readonly number[] | undefined;
  /** whether hardly anything will be found, whatever the products */
  readonly isRare?: boolean;
  /** whether it is told how well each fits */
  readonly isScored: boolean;
}

export interface WantedKind {
  readonly kind: EntryKind;
  readonly limit: number;
}

/** The words of entries, and how an engine finds entries by them. Both engines find the same. */
export interface TextIndex {
  /** Puts the words of entries in, in place of those that were there. */
  write(db: Db, entries: readonly { readonly id: number; readonly words: MarkedWords }[]): Promise<void>;
  remove(db: Db, ids: readonly number[]): Promise<void>;
  /** A table of `id` and `score`, in no order; the more an entry fits the higher its score. */
  hits(query: IndexQuery): RawBuilder<unknown>;
  /** Of so many products at most each is better asked for by its mark than by its number. */
  readonly mostMarks: number;
  /** A table of given ids. */
  listed(ids: readonly number[]): RawBuilder<unknown>;
  /** Of each of some kinds as many rows as are wanted of it. @param rowsOf the rows of a kind */
  eachKind(wanted: readonly WantedKind[], rowsOf: (kind: AskedKind) => RawBuilder<unknown>): RawBuilder<unknown>;
  /** How such a table is joined with others, so that each hit is looked at in its turn, and no more than are needed. */
  readonly join: RawBuilder<unknown>;
}

export const textIndexOf = (engine: Engine): TextIndex => (engine === 'sqlite' ? sqliteIndex : postgresIndex);
