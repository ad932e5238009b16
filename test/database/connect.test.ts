import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { onEachDatabase } from '../support/database.ts';

onEachDatabase('a connection', (open, engine) => {
  it.runIf(engine === 'postgres')('has nothing compiled by the server', async () => {
    const { db, unhurried } = await open();
    const jit = async (of: typeof db) => (await sql`show jit`.execute(of)).rows;
    expect(await jit(db)).toEqual([{ jit: 'off' }]);
    expect(await unhurried(jit)).toEqual([{ jit: 'off' }]);
  });
});
