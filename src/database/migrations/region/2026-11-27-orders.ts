import type { Kysely } from 'kysely';

/** Orders in which registrations and developers are listed, beside those that have an index already. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  const index = (table: string, name: string, columns: string[]) =>
    db.schema.createIndex(`${table}_${name}`).on(table).columns(columns).execute();
  await index('registrations', 'created', ['created_at', 'id']);
  await index('registrations', 'updated', ['updated_at', 'id']);
  await index('registrations', 'portal_updated', ['portal_id', 'updated_at', 'id']);
  await index('registrations', 'portal_developer', ['portal_id', 'developer_id', 'id']);
  await index('developers', 'updated', ['portal_id', 'updated_at', 'id']);
};
