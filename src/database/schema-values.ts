import type { ColumnType } from 'kysely';
import type { StoredBoolean } from './codec.ts';

/** A boolean, as it is read and written. */
export type Bit = ColumnType<StoredBoolean, 0 | 1, 0 | 1>;

/** What is never changed. */
export type Fixed<T> = ColumnType<T, T, never>;
