import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { onEachDatabase } from '../support/database.ts';

onEachDatabase('migrations', (open, engine) => {
  it('are all applied to a fresh database, and applying them again does nothing', async () => {
    const connection = await open();
    expect(await migrate(connection, 'organisation')).toEqual([]);
    expect(await migrate(connection, 'region')).toEqual([]);
  });

  it('leave foreign keys enforced', async () => {
    const { db } = await open();
    const orphan = sql`insert into product_labels (product_id, audience, key, value, value_key)
      values ('00000000-0000-7000-8000-000000000000', 'public', 'a', 'b', 'b')`;
    await expect(orphan.execute(db)).rejects.toThrow(/foreign key/i);
  });

  it('set SQLite up to lose nothing that was acknowledged', async () => {
    if (engine !== 'sqlite') return;
    const { db } = await open();
    const pragma = async (name: string) => Object.values((await sql.raw<object>(`pragma ${name}`).execute(db)).rows[0] ?? {})[0];
    expect(await pragma('synchronous')).toBe(2);
    expect(await pragma('foreign_keys')).toBe(1);
    expect(await pragma('busy_timeout')).toBe(5000);
  });
});
