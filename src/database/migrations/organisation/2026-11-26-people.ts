import type { Kysely } from 'kysely';
import { columns, type Engine } from '../../columns.ts';

type Columns = ReturnType<typeof columns>;

/** What people who run the installation need: passwords and sessions, teams and roles, machines of theirs, and the traces of it all. */
export const up = async (db: Kysely<unknown>, engine: Engine): Promise<void> => {
  const c = columns(engine);
  await administrators(db, c);
  await systemAccounts(db, c);
  await teams(db, c);
  await roles(db, c);
  await traces(db, c);
};

const administrators = async (db: Kysely<unknown>, c: Columns): Promise<void> => {
  const alter = () => db.schema.alterTable('administrators');
  await alter()
    .addColumn('status', c.text, (col) => col.notNull().defaultTo('active'))
    .execute();
  await alter().addColumn('password_hash', c.text).execute();
  await alter().addColumn('totp_secret', c.text).execute();
  await alter().addColumn('totp_confirmed_at', c.instant).execute();
  await alter().addColumn('totp_last_step', c.integer).execute();
  await alter().addColumn('last_login_at', c.instant).execute();
  await db.schema
    .createTable('administrator_links')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('administrator_id', c.uuid, (col) => col.references('administrators.id').onDelete('cascade'))
    .addColumn('purpose', c.text, (col) => col.notNull())
    .addColumn('hash', c.key, (col) => col.notNull().unique())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('expires_at', c.instant, (col) => col.notNull())
    .addColumn('used_at', c.instant)
    .execute();
  await db.schema
    .createIndex('administrator_links_administrator')
    .on('administrator_links')
    .columns(['administrator_id', 'purpose'])
    .execute();
  await db.schema
    .createTable('administrator_recovery_codes')
    .addColumn('hash', c.key, (col) => col.primaryKey())
    .addColumn('administrator_id', c.uuid, (col) => col.notNull().references('administrators.id').onDelete('cascade'))
    .addColumn('used_at', c.instant)
    .execute();
  await db.schema
    .createIndex('administrator_recovery_codes_administrator')
    .on('administrator_recovery_codes')
    .column('administrator_id')
    .execute();
  await db.schema
    .createTable('administrator_sessions')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('administrator_id', c.uuid, (col) => col.notNull().references('administrators.id').onDelete('cascade'))
    .addColumn('hash', c.key, (col) => col.notNull().unique())
    .addColumn('second_factor', c.boolean, (col) => col.notNull())
    .addColumn('device_id', c.key)
    .addColumn('user_agent', c.text)
    .addColumn('address', c.text)
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('last_used_at', c.instant, (col) => col.notNull())
    .addColumn('expires_at', c.instant, (col) => col.notNull())
    .execute();
  await db.schema
    .createIndex('administrator_sessions_administrator')
    .on('administrator_sessions')
    .columns(['administrator_id', 'last_used_at'])
    .execute();
  await db.schema
    .createTable('administrator_devices')
    .addColumn('administrator_id', c.uuid, (col) => col.notNull().references('administrators.id').onDelete('cascade'))
    .addColumn('device_id', c.key, (col) => col.notNull())
    .addColumn('first_used_at', c.instant, (col) => col.notNull())
    .addPrimaryKeyConstraint('administrator_devices_pk', ['administrator_id', 'device_id'])
    .execute();
};

const systemAccounts = async (db: Kysely<unknown>, c: Columns): Promise<void> => {
  await db.schema
    .createTable('system_accounts')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('name', c.text, (col) => col.notNull())
    .addColumn('name_key', c.key, (col) => col.notNull().unique())
    .addColumn('description', c.text, (col) => col.notNull())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('updated_at', c.instant, (col) => col.notNull())
    .execute();
  await db.schema
    .alterTable('tokens')
    .addColumn('system_account_id', c.uuid, (col) => col.references('system_accounts.id').onDelete('cascade'))
    .execute();
  await db.schema.alterTable('tokens').addColumn('last_used_at', c.instant).execute();
  await db.schema.createIndex('tokens_system_account').on('tokens').column('system_account_id').execute();
};

const teams = async (db: Kysely<unknown>, c: Columns): Promise<void> => {
  await db.schema
    .createTable('administrator_teams')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('name', c.text, (col) => col.notNull())
    .addColumn('name_key', c.key, (col) => col.notNull().unique())
    .addColumn('description', c.text, (col) => col.notNull())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('updated_at', c.instant, (col) => col.notNull())
    .execute();
  await db.schema
    .createTable('administrator_team_members')
    .addColumn('team_id', c.uuid, (col) => col.notNull().references('administrator_teams.id').onDelete('cascade'))
    .addColumn('administrator_id', c.uuid, (col) => col.references('administrators.id').onDelete('cascade'))
    .addColumn('system_account_id', c.uuid, (col) => col.references('system_accounts.id').onDelete('cascade'))
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addUniqueConstraint('administrator_team_members_person', ['administrator_id', 'team_id'])
    .addUniqueConstraint('administrator_team_members_machine', ['system_account_id', 'team_id'])
    .execute();
  await db.schema.createIndex('administrator_team_members_team').on('administrator_team_members').column('team_id').execute();
};

/** Roles on all entities of a type, or in the organisation; those on single entities are held where the entities are. */
const roles = async (db: Kysely<unknown>, c: Columns): Promise<void> => {
  await db.schema
    .createTable('role_assignments')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('administrator_id', c.uuid, (col) => col.references('administrators.id').onDelete('cascade'))
    .addColumn('system_account_id', c.uuid, (col) => col.references('system_accounts.id').onDelete('cascade'))
    .addColumn('team_id', c.uuid, (col) => col.references('administrator_teams.id').onDelete('cascade'))
    .addColumn('entity_type', c.key, (col) => col.notNull())
    .addColumn('role', c.key, (col) => col.notNull())
    .addColumn('region', c.key, (col) => col.notNull())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addUniqueConstraint('role_assignments_person', ['administrator_id', 'entity_type', 'role', 'region'])
    .addUniqueConstraint('role_assignments_machine', ['system_account_id', 'entity_type', 'role', 'region'])
    .addUniqueConstraint('role_assignments_team', ['team_id', 'entity_type', 'role', 'region'])
    .execute();
};

const traces = async (db: Kysely<unknown>, c: Columns): Promise<void> => {
  await db.schema
    .createTable('organisation_events')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('at', c.instant, (col) => col.notNull())
    .addColumn('actor_kind', c.text, (col) => col.notNull())
    .addColumn('actor_id', c.uuid)
    .addColumn('address', c.text)
    .addColumn('request_id', c.text)
    .addColumn('action', c.text, (col) => col.notNull())
    .addColumn('subject_type', c.text, (col) => col.notNull())
    .addColumn('subject_id', c.uuid, (col) => col.notNull())
    .addColumn('details', c.json, (col) => col.notNull())
    .execute();
  await db.schema.createIndex('organisation_events_at').on('organisation_events').columns(['at', 'id']).execute();
  await db.schema
    .createTable('organisation_outbox')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('kind', c.key, (col) => col.notNull())
    .addColumn('subject_id', c.uuid, (col) => col.notNull())
    .addColumn('payload', c.json, (col) => col.notNull())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('not_before', c.instant, (col) => col.notNull())
    .addColumn('attempts', c.integer, (col) => col.notNull())
    .addColumn('error', c.text)
    .execute();
  await db.schema.createIndex('organisation_outbox_due').on('organisation_outbox').columns(['not_before', 'id']).execute();
  await db.schema.createIndex('organisation_outbox_subject').on('organisation_outbox').columns(['subject_id', 'id']).execute();
  await db.schema
    .createTable('organisation_mails')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('dedupe_key', c.key, (col) => col.notNull().unique())
    .addColumn('administrator_id', c.uuid, (col) => col.references('administrators.id').onDelete('cascade'))
    .addColumn('template', c.text, (col) => col.notNull())
    .addColumn('sender_name', c.text)
    .addColumn('recipient', c.text, (col) => col.notNull())
    .addColumn('recipient_name', c.text, (col) => col.notNull())
    .addColumn('subject', c.text, (col) => col.notNull())
    .addColumn('text', c.text)
    .addColumn('html', c.text)
    .addColumn('status', c.key, (col) => col.notNull())
    .addColumn('attempts', c.integer, (col) => col.notNull())
    .addColumn('not_before', c.instant, (col) => col.notNull())
    .addColumn('error', c.text)
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('sent_at', c.instant)
    .execute();
  await db.schema
    .createIndex('organisation_mails_due')
    .on('organisation_mails')
    .columns(['status', 'not_before', 'id'])
    .execute();
  await db.schema.createIndex('organisation_mails_created').on('organisation_mails').columns(['created_at', 'id']).execute();
  await db.schema.createIndex('organisation_mails_administrator').on('organisation_mails').column('administrator_id').execute();
  // counted in by rate-limiter-flexible, which lays down these columns
  await db.schema
    .createTable('rate_limits')
    .addColumn('key', c.key, (col) => col.primaryKey())
    .addColumn('points', c.integer, (col) => col.notNull().defaultTo(0))
    .addColumn('expire', c.bigint)
    .execute();
  await db.schema.createIndex('rate_limits_expire').on('rate_limits').column('expire').execute();
};
