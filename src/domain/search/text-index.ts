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
  /** of any when absent */
  readonly kind?: EntryKind;
  readonly match: Match;
  /** whether it is told how well each fits */
  readonly isScored?: boolean;
}

/** An entry as it is put into the index. */
export interface IndexedEntry {
  readonly id: number;
  readonly sourceId: number;
  readonly deprecated: boolean;
  readonly words: MarkedWords;
}

/** The words of entries, and how an engine finds entries by them. Both engines find the same. */
export interface TextIndex {
  /** Puts the words of entries in, in place of those that were there. */
  write(db: Db, entries: readonly IndexedEntry[]): Promise<void>;
  remove(db: Db, ids: readonly number[]): Promise<void>;
  /** A table of `id` and `score`, in no order; the more an entry fits the higher its score. */
  hits(query: IndexQuery): RawBuilder<unknown>;
  /** A table of given numbers, `id`. */
  listed(ids: readonly number[]): RawBuilder<unknown>;
}

export const textIndexOf = (engine: Engine): TextIndex => (engine === 'sqlite' ? sqliteIndex : postgresIndex);
