const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** Whether a statement was refused because a value must be unique: SQLite by result code, PostgreSQL by SQLSTATE 23505. */
export const isUniqueViolation = (error: unknown): boolean =>
  ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', '23505'].includes(codeOf(error) ?? '');

/** Whether a statement was refused because a row is still (or not) referred to. */
export const isForeignKeyViolation = (error: unknown): boolean =>
  ['SQLITE_CONSTRAINT_FOREIGNKEY', '23503'].includes(codeOf(error) ?? '');

/** Whether a transaction lost against another one and was undone, so that it can be run again: SQLSTATE 40001 and 40P01. */
export const isLostRace = (error: unknown): boolean => ['40001', '40P01'].includes(codeOf(error) ?? '');

const AWAY = new Set([
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  '57014', // query_canceled: it took too long
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '53300', // too_many_connections
  '40001', // serialization_failure, again and again
  '40P01', // deadlock_detected, again and again
  '08000',
  '08003',
  '08006',
]);

/** Whether a statement was given up because no answer came in time. */
export const isGivenUp = (error: unknown): error is Error => error instanceof Error && error.message === 'Query read timeout';

/** Whether the database itself is not there (busy, full, cut off), so that trying again later may help. */
export const isUnavailable = (error: unknown): boolean =>
  AWAY.has(codeOf(error) ?? '') ||
  isGivenUp(error) ||
  (error instanceof Error && /timeout exceeded when trying to connect|Connection terminated/.test(error.message));
