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
