import type { RawBuilder } from 'kysely';
import type { Engine } from '../../database/columns.ts';
import type { Db } from '../../database/connect.ts';
import type { EntryKind } from './entry.ts';
import type { MarkedWords } from './marked-words.ts';
import { postgresIndex } from './postgres-index.ts';
import type { Match } from './query.ts';
import { sqliteIndex } from './sqlite-index.ts';

/** Which entries the index is asked for. */
export interface IndexQuery {
  readonly kind: EntryKind | 'any';
  readonly match: Match;
  /** numbers of products: those of others are left out; of all when absent */
  readonly products?: readonly number[] | undefined;
  /** whether it is told how well each fits */
  readonly isScored: boolean;
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
  /** The same table of given entries. */
  listed(ids: readonly number[]): RawBuilder<unknown>;
  /** How such a table is joined with others, so that each hit is looked at in its turn, and no more than are needed. */
  readonly join: RawBuilder<unknown>;
}

export const textIndexOf = (engine: Engine): TextIndex => (engine === 'sqlite' ? sqliteIndex : postgresIndex);
