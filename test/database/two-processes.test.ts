import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { connectSqlite } from '../../src/database/connect.ts';

const WRITER = path.join(import.meta.dirname, 'write-until-told.mjs');

it('a transaction that reads before it writes is not refused where another process writes meanwhile', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'portico-two-'));
  const file = path.join(folder, 'two.sqlite');
  const { db, close } = connectSqlite(file);
  await sql`create table tally (value integer not null)`.execute(db);
  await sql`insert into tally values (0)`.execute(db);
  const other = fork(WRITER, [file]);
  try {
    await once(other, 'message'); // it writes
    for (let round = 0; round < 200; round++)
      await db.transaction().execute(async (tx) => {
        const { rows } = await sql<{ value: number }>`select value from tally`.execute(tx);
        await sql`update tally set value = ${(rows[0]?.value ?? 0) + 1}`.execute(tx);
      });
    other.send('enough');
    const [written] = await once(other, 'message');
    expect((await sql<{ value: number }>`select value from tally`.execute(db)).rows).toEqual([{ value: 200 + Number(written) }]);
  } finally {
    other.kill();
    await close();
    rmSync(folder, { recursive: true });
  }
});
