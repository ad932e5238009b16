import { type Kysely, sql } from 'kysely';
import { columns, type Engine } from '../../columns.ts';

/** The audit trail is sent on: destinations, webhooks, replays, the keys that sign it. */
export const up = async (db: Kysely<unknown>, engine: Engine): Promise<void> => {
  const c = columns(engine);
  await db.schema.alterTable('audit_events').addColumn('sequence', c.bigint).execute();
  await db.schema.createIndex('audit_events_sequence').on('audit_events').column('sequence').execute();
  await db.schema
    .createIndex('audit_events_unnumbered')
    .on('audit_events')
    .column('id')
    .where(sql.ref('sequence'), 'is', null)
    .execute();
  await db.schema
    .createTable('audit_numbering')
    .addColumn('id', c.integer, (col) => col.primaryKey())
    .addColumn('value', c.bigint, (col) => col.notNull())
    .execute();
  await sql`insert into audit_numbering (id, value) values (1, 0)`.execute(db);
  await db.schema
    .createTable('audit_destinations')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('name', c.text, (col) => col.notNull())
    .addColumn('name_key', c.key, (col) => col.notNull())
    .addColumn('endpoint', c.text, (col) => col.notNull())
    .addColumn('authorization', c.text)
    .addColumn('log_format', c.key, (col) => col.notNull())
    .addColumn('skip_ssl_verification', c.boolean, (col) => col.notNull())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('updated_at', c.instant, (col) => col.notNull())
    .execute();
  await db.schema
    .createTable('audit_webhooks')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    // the portal's id, or `organisation`: one webhook each
    .addColumn('scope', c.key, (col) => col.notNull().unique())
    .addColumn('portal_id', c.uuid, (col) => col.references('portals.id').onDelete('cascade'))
    .addColumn('enabled', c.boolean, (col) => col.notNull())
    .addColumn('destination_id', c.uuid, (col) => col.references('audit_destinations.id'))
    // where the organisation's goes, which has no destination
    .addColumn('endpoint', c.text)
    .addColumn('authorization', c.text)
    .addColumn('log_format', c.key, (col) => col.notNull())
    .addColumn('skip_ssl_verification', c.boolean, (col) => col.notNull())
    .addColumn('updated_at', c.instant, (col) => col.notNull())
    .addColumn('started_at', c.instant)
    .addColumn('region_cursor', c.bigint, (col) => col.notNull())
    .addColumn('organisation_cursor', c.bigint, (col) => col.notNull())
    .addColumn('leased_until', c.instant)
    .addColumn('failures', c.integer, (col) => col.notNull())
    .addColumn('next_attempt_at', c.instant)
    .addColumn('last_attempt_at', c.instant)
    .addColumn('last_response_code', c.integer)
    .addColumn('last_response_message', c.text)
    .execute();
  await db.schema.createIndex('audit_webhooks_portal').on('audit_webhooks').column('portal_id').execute();
  await db.schema.createIndex('audit_webhooks_destination').on('audit_webhooks').column('destination_id').execute();
  await db.schema
    .createTable('audit_replays')
    .addColumn('webhook_id', c.uuid, (col) => col.primaryKey().references('audit_webhooks.id').onDelete('cascade'))
    .addColumn('start_at', c.instant, (col) => col.notNull())
    .addColumn('end_at', c.instant, (col) => col.notNull())
    .addColumn('status', c.key, (col) => col.notNull())
    .addColumn('cursor_at', c.instant)
    .addColumn('cursor_id', c.uuid)
    .addColumn('failures', c.integer, (col) => col.notNull())
    .addColumn('updated_at', c.instant, (col) => col.notNull())
    .execute();
  await db.schema
    .createTable('audit_keys')
    .addColumn('id', c.key, (col) => col.primaryKey())
    .addColumn('public_key', c.text, (col) => col.notNull())
    .addColumn('private_key', c.text, (col) => col.notNull())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .execute();
};
