/**
 * Between the values of the program and those of the drivers. Both drivers are set up (see `connect.ts`) to answer
 * instants as ISO 8601 text in UTC with milliseconds, JSON as text, and counts as numbers; only booleans differ.
 */

/** What a boolean column answers: SQLite 0 or 1, PostgreSQL true or false. */
export type StoredBoolean = 0 | 1 | boolean;

/** A boolean as both engines take it: PostgreSQL reads the text "1" as true. */
export const toBit = (value: boolean): 0 | 1 => (value ? 1 : 0);

/** A stored boolean as the program's. */
export const fromBit = (value: StoredBoolean): boolean => value === true || value === 1;

/** An instant as stored and as answered by the APIs: `2026-01-31T09:30:00.000Z`. */
export const toInstant = (date: Date): string => date.toISOString();

export const toJson = (value: unknown): string => JSON.stringify(value);

/** Parses JSON that the program itself stored. */
export const fromJson = <T>(text: string): T => JSON.parse(text) as T;
