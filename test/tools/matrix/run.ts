import { sql } from 'kysely';
import { type Connection, connectSqlite } from '../../../src/database/connect.ts';
import type { Answer, RequestOptions, TestApp } from '../../support/app.ts';

/** A cell in which the program and the table disagree. */
export interface Difference {
  readonly route: string;
  readonly visitor: string;
  readonly expected: string;
  readonly actual: string;
  readonly answer: string;
}

/** Sends a request to the world as it was made; whatever it changes is undone afterwards. */
export type Ask = (method: string, path: string, options: RequestOptions) => Promise<Answer>;

/** Remembers what is in a database, and puts it there again after every request that may have changed something. */
export const undoing = async (app: TestApp, connection: Connection): Promise<Ask> => {
  if (!('sqlite' in connection.handle)) throw new Error('the matrix is made of SQLite');
  const bytes = connection.handle.sqlite.serialize();
  let revision = 1_000_000;
  const restore = async (): Promise<void> => {
    const { db } = connection;
    Object.assign(connection, connectSqlite(bytes));
    // pages are kept by revision: none may come again
    await sql`update region_revision set value = ${++revision}`.execute(connection.db);
    await db.destroy();
  };
  return async (method, path, options) => {
    const answer = await app.request(method, path, options);
    if (method !== 'GET' && answer.status < 400) await restore();
    return answer;
  };
};

/** Everything that requests are about: ids by the names that paths and bodies of the tables use, and bodies that are too long for them. */
export type Things = Readonly<Record<string, unknown>>;

/** A value of the table with `$name` replaced by what the world has under this name. */
export const filled = (value: unknown, things: Things): unknown => {
  if (typeof value === 'string') {
    if (/^\$\w+$/.test(value)) return things[value.slice(1)];
    return value.replace(/\$(\w+)/g, (_, name: string) => String(things[name]));
  }
  if (Array.isArray(value)) return value.map((item) => filled(item, things));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [filled(key, things), filled(item, things)]));
};

/** Whether an answer, or where it leads, holds what `shows` of a row names: ` with`, ` without`; nothing where it names none. */
export const shownIn = ({ text, headers }: Answer, shows: string | undefined, things: Things): string => {
  if (shows === undefined) return '';
  const wanted = String(filled(shows, things));
  return text.includes(wanted) || decodeURIComponent(headers.location ?? '').includes(wanted) ? ' with' : ' without';
};

/** The rows of a table whose route holds a text. */
export const rowsWith = <Row>(routes: Readonly<Record<string, Row>>, text: string): [string, Row][] =>
  Object.entries(routes).filter(([route]) => route.includes(text));
