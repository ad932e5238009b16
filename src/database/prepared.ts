import { sql } from 'kysely';

const MARK = '/* prepared */';

/**
 * Stands behind the first `select` of a statement that PostgreSQL plans once for each connection rather than each time: where planning
 * takes longer than the rest. The text has to be one of few, so what varies goes into parameters, lists of it as arrays.
 */
export const PREPARED = sql.raw(MARK);

/** So many texts are prepared at most; each connection keeps them all. */
const MAX_TEXTS = 100;

/** Gives out the names under which marked statements are prepared. A statement without a name is planned each time. */
export const preparedNames = (): ((text: string) => string | undefined) => {
  const names = new Map<string, string>();
  return (text) => {
    if (!text.startsWith(`select ${MARK}`)) return undefined;
    const known = names.get(text);
    if (known !== undefined || names.size >= MAX_TEXTS) return known;
    const name = `prepared_${names.size}`;
    names.set(text, name);
    return name;
  };
};
