import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { PREPARED } from '../../src/database/prepared.ts';
import { onEachDatabase } from '../support/database.ts';

onEachDatabase('a prepared statement', (open, engine) => {
  it('answers as any other, each time with what it is given', async () => {
    const { db } = await open();
    const double = async (value: number) =>
      (await sql<{ twice: number }>`select ${PREPARED} cast(${value} as integer) * 2 as twice`.execute(db)).rows;
    expect([await double(1), await double(21)]).toEqual([[{ twice: 2 }], [{ twice: 42 }]]);
  });

  it.runIf(engine === 'postgres')('is planned once for its connection, and no other is', async () => {
    const { db } = await open();
    await db.connection().execute(async (db) => {
      for (const value of [1, 2]) await sql`select ${PREPARED} cast(${value} as integer) + 1`.execute(db);
      await sql`select cast(${3} as integer) + 2`.execute(db);
      const { rows } =
        await sql`select statement from pg_prepared_statements where statement like '%cast($1 as integer) +%'`.execute(db);
      expect(rows).toEqual([{ statement: 'select /* prepared */ cast($1 as integer) + 1' }]);
    });
  });
});
