import type { Kysely } from 'kysely';
import { columns, type Engine } from '../../columns.ts';

type Columns = ReturnType<typeof columns>;

/** Developers with what they own, roles on single entities, and the acts that follow from changes. */
export const up = async (db: Kysely<unknown>, engine: Engine): Promise<void> => {
  const c = columns(engine);
  await roles(db, c);
  await portals(db, c);
  await developers(db, c);
  await sessions(db, c);
  await applications(db, c);
  await registrations(db, c);
  await credentials(db, c);
  await teams(db, c);
  await traces(db, c);
};

/** Held by administrators, system accounts and teams of the organisation, which may live in another database: their ids are no foreign keys. */
const roles = async (db: Kysely<unknown>, c: Columns): Promise<void> => {
  await db.schema
    .createTable('entity_role_assignments')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('holder_id', c.uuid, (col) => col.notNull())
    .addColumn('role', c.key, (col) => col.notNull())
    .addColumn('entity_type', c.key, (col) => col.notNull())
    .addColumn('entity_id', c.uuid, (col) => col.notNull())
    // the same id once more, in the column of its type, so that the assignment goes with the entity
    .addColumn('product_id', c.uuid, (col) => col.references('products.id').onDelete('cascade'))
    .addColumn('portal_id', c.uuid, (col) => col.references('portals.id').onDelete('cascade'))
    .addColumn('auth_strategy_id', c.uuid, (col) => col.references('auth_strategies.id').onDelete('cascade'))
    .addColumn('control_plane_id', c.uuid, (col) => col.references('control_planes.id').onDelete('cascade'))
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addUniqueConstraint('entity_role_assignments_once', ['holder_id', 'entity_type', 'entity_id', 'role'])
    .execute();
  for (const column of ['product_id', 'portal_id', 'auth_strategy_id', 'control_plane_id'])
    await db.schema.createIndex(`entity_role_assignments_${column}`).on('entity_role_assignments').column(column).execute();
};

const portals = async (db: Kysely<unknown>, c: Columns): Promise<void> => {
  // null: as from the start
  await db.schema.alterTable('portals').addColumn('authentication', c.json).execute();
  await db.schema.alterTable('portals').addColumn('key_policy', c.json).execute();
};

const developers = async (db: Kysely<unknown>, c: Columns): Promise<void> => {
  await db.schema
    .createTable('developers')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('portal_id', c.uuid, (col) => col.notNull().references('portals.id').onDelete('cascade'))
    .addColumn('email', c.text, (col) => col.notNull())
    .addColumn('email_key', c.key, (col) => col.notNull())
    .addColumn('full_name', c.text, (col) => col.notNull())
    .addColumn('name_key', c.key, (col) => col.notNull())
    .addColumn('status', c.key, (col) => col.notNull())
    .addColumn('status_reason', c.text)
    .addColumn('password_hash', c.text)
    .addColumn('email_verified_at', c.instant)
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('updated_at', c.instant, (col) => col.notNull())
    .addUniqueConstraint('developers_email', ['portal_id', 'email_key'])
    .execute();
  await db.schema.createIndex('developers_created').on('developers').columns(['portal_id', 'created_at', 'id']).execute();
  await db.schema.createIndex('developers_status').on('developers').columns(['status', 'created_at', 'id']).execute();
  await db.schema
    .createTable('developer_links')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('developer_id', c.uuid, (col) => col.notNull().references('developers.id').onDelete('cascade'))
    .addColumn('purpose', c.text, (col) => col.notNull())
    .addColumn('hash', c.key, (col) => col.notNull().unique())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('expires_at', c.instant, (col) => col.notNull())
    .execute();
  await db.schema.createIndex('developer_links_developer').on('developer_links').columns(['developer_id', 'purpose']).execute();
};

const sessions = async (db: Kysely<unknown>, c: Columns): Promise<void> => {
  await db.schema
    .createTable('developer_sessions')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('developer_id', c.uuid, (col) => col.notNull().references('developers.id').onDelete('cascade'))
    .addColumn('access_hash', c.key, (col) => col.notNull().unique())
    .addColumn('access_expires_at', c.instant, (col) => col.notNull())
    .addColumn('refresh_hash', c.key, (col) => col.notNull().unique())
    .addColumn('expires_at', c.instant, (col) => col.notNull())
    .addColumn('user_agent', c.text)
    .addColumn('address', c.text)
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('last_used_at', c.instant, (col) => col.notNull())
    .execute();
  await db.schema
    .createIndex('developer_sessions_developer')
    .on('developer_sessions')
    .columns(['developer_id', 'last_used_at'])
    .execute();
  await db.schema.createIndex('developer_sessions_expires').on('developer_sessions').column('expires_at').execute();
  await db.schema
    .createTable('spent_refresh_tokens')
    .addColumn('hash', c.key, (col) => col.primaryKey())
    .addColumn('session_id', c.uuid, (col) => col.notNull().references('developer_sessions.id').onDelete('cascade'))
    .addColumn('spent_at', c.instant, (col) => col.notNull())
    .execute();
  await db.schema.createIndex('spent_refresh_tokens_session').on('spent_refresh_tokens').column('session_id').execute();
  await db.schema
    .createTable('developer_devices')
    .addColumn('developer_id', c.uuid, (col) => col.notNull().references('developers.id').onDelete('cascade'))
    .addColumn('device_id', c.key, (col) => col.notNull())
    .addColumn('first_used_at', c.instant, (col) => col.notNull())
    .addPrimaryKeyConstraint('developer_devices_pk', ['developer_id', 'device_id'])
    .execute();
};

const applications = async (db: Kysely<unknown>, c: Columns): Promise<void> => {
  await db.schema
    .createTable('applications')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('portal_id', c.uuid, (col) => col.notNull().references('portals.id').onDelete('cascade'))
    .addColumn('developer_id', c.uuid, (col) => col.notNull().references('developers.id').onDelete('cascade'))
    .addColumn('auth_strategy_id', c.uuid, (col) => col.references('auth_strategies.id').onDelete('set null'))
    .addColumn('name', c.text, (col) => col.notNull())
    .addColumn('name_key', c.key, (col) => col.notNull())
    .addColumn('description', c.text)
    .addColumn('reference_id', c.text, (col) => col.notNull())
    // the issuer that knows the reference id; null for key auth: then it names nothing
    .addColumn('issuer', c.key)
    .addColumn('reference_key', c.key)
    .addColumn('redirect_uri', c.text)
    .addColumn('scopes', c.json, (col) => col.notNull())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('updated_at', c.instant, (col) => col.notNull())
    .addUniqueConstraint('applications_name', ['developer_id', 'name_key'])
    .addUniqueConstraint('applications_reference', ['issuer', 'reference_key'])
    .execute();
  await db.schema.createIndex('applications_created').on('applications').columns(['portal_id', 'created_at', 'id']).execute();
  await db.schema.createIndex('applications_strategy').on('applications').column('auth_strategy_id').execute();
};

const registrations = async (db: Kysely<unknown>, c: Columns): Promise<void> => {
  await db.schema
    .createTable('registrations')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('portal_id', c.uuid, (col) => col.notNull().references('portals.id').onDelete('cascade'))
    .addColumn('developer_id', c.uuid, (col) => col.notNull().references('developers.id').onDelete('cascade'))
    .addColumn('application_id', c.uuid, (col) => col.notNull().references('applications.id').onDelete('cascade'))
    .addColumn('product_id', c.uuid, (col) => col.notNull().references('products.id').onDelete('cascade'))
    .addColumn('version_id', c.uuid, (col) => col.notNull().references('product_versions.id').onDelete('cascade'))
    .addColumn('status', c.key, (col) => col.notNull())
    .addColumn('scopes', c.json, (col) => col.notNull())
    .addColumn('status_reason', c.text)
    .addColumn('decided_at', c.instant)
    .addColumn('decided_by', c.uuid)
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('updated_at', c.instant, (col) => col.notNull())
    .addUniqueConstraint('registrations_once', ['application_id', 'version_id'])
    .execute();
  const index = (name: string, columns: string[]) =>
    db.schema.createIndex(`registrations_${name}`).on('registrations').columns(columns).execute();
  await index('status', ['status', 'created_at', 'id']);
  await index('portal', ['portal_id', 'created_at', 'id']);
  await index('portal_status', ['portal_id', 'status', 'created_at', 'id']);
  await index('product', ['product_id', 'status', 'created_at', 'id']);
  await index('version', ['version_id', 'portal_id', 'status']);
  await index('developer', ['developer_id']);
};

const credentials = async (db: Kysely<unknown>, c: Columns): Promise<void> => {
  await db.schema
    .createTable('credentials')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('application_id', c.uuid, (col) => col.notNull().references('applications.id').onDelete('cascade'))
    .addColumn('name', c.text, (col) => col.notNull())
    .addColumn('prefix', c.text, (col) => col.notNull())
    .addColumn('hash', c.key, (col) => col.notNull().unique())
    .addColumn('sealed', c.text)
    .addColumn('replaces_id', c.uuid, (col) => col.references('credentials.id').onDelete('set null'))
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('updated_at', c.instant, (col) => col.notNull())
    .addColumn('last_used_at', c.instant)
    .addColumn('expires_at', c.instant)
    .addColumn('warned_at', c.instant)
    .execute();
  await db.schema
    .createIndex('credentials_application')
    .on('credentials')
    .columns(['application_id', 'created_at', 'id'])
    .execute();
  await db.schema.createIndex('credentials_replaces').on('credentials').column('replaces_id').execute();
  await db.schema.createIndex('credentials_expires').on('credentials').column('expires_at').execute();
};

const teams = async (db: Kysely<unknown>, c: Columns): Promise<void> => {
  await db.schema
    .createTable('developer_teams')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('portal_id', c.uuid, (col) => col.notNull().references('portals.id').onDelete('cascade'))
    .addColumn('name', c.text, (col) => col.notNull())
    .addColumn('name_key', c.key, (col) => col.notNull())
    .addColumn('description', c.text, (col) => col.notNull())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('updated_at', c.instant, (col) => col.notNull())
    .addUniqueConstraint('developer_teams_name', ['portal_id', 'name_key'])
    .execute();
  await db.schema
    .createTable('developer_team_members')
    .addColumn('developer_id', c.uuid, (col) => col.notNull().references('developers.id').onDelete('cascade'))
    .addColumn('team_id', c.uuid, (col) => col.notNull().references('developer_teams.id').onDelete('cascade'))
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addPrimaryKeyConstraint('developer_team_members_pk', ['developer_id', 'team_id'])
    .execute();
  await db.schema
    .createIndex('developer_team_members_team')
    .on('developer_team_members')
    .columns(['team_id', 'created_at', 'developer_id'])
    .execute();
  await db.schema
    .createTable('developer_team_roles')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('team_id', c.uuid, (col) => col.notNull().references('developer_teams.id').onDelete('cascade'))
    .addColumn('product_id', c.uuid, (col) => col.notNull().references('products.id').onDelete('cascade'))
    .addColumn('role', c.key, (col) => col.notNull())
    .addColumn('entity_region', c.text, (col) => col.notNull())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addUniqueConstraint('developer_team_roles_once', ['team_id', 'product_id', 'role'])
    .execute();
  await db.schema
    .createIndex('developer_team_roles_product')
    .on('developer_team_roles')
    .columns(['product_id', 'team_id'])
    .execute();
};

const traces = async (db: Kysely<unknown>, c: Columns): Promise<void> => {
  await db.schema.alterTable('audit_events').addColumn('portal_id', c.uuid).execute();
  await db.schema.alterTable('audit_events').addColumn('address', c.text).execute();
  await db.schema.createIndex('audit_events_portal').on('audit_events').columns(['portal_id', 'at', 'id']).execute();
  await db.schema
    .createTable('outbox')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('kind', c.key, (col) => col.notNull())
    .addColumn('subject_id', c.uuid, (col) => col.notNull())
    .addColumn('payload', c.json, (col) => col.notNull())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('not_before', c.instant, (col) => col.notNull())
    .addColumn('attempts', c.integer, (col) => col.notNull())
    .addColumn('error', c.text)
    .execute();
  await db.schema.createIndex('outbox_due').on('outbox').columns(['not_before', 'id']).execute();
  await db.schema.createIndex('outbox_subject').on('outbox').columns(['subject_id', 'id']).execute();
  await db.schema
    .createTable('mails')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('dedupe_key', c.key, (col) => col.notNull().unique())
    .addColumn('portal_id', c.uuid, (col) => col.references('portals.id').onDelete('cascade'))
    .addColumn('developer_id', c.uuid, (col) => col.references('developers.id').onDelete('cascade'))
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
  await db.schema.createIndex('mails_due').on('mails').columns(['status', 'not_before', 'id']).execute();
  await db.schema.createIndex('mails_created').on('mails').columns(['created_at', 'id']).execute();
  await db.schema.createIndex('mails_developer').on('mails').column('developer_id').execute();
  await db.schema.createIndex('mails_portal').on('mails').columns(['portal_id', 'created_at', 'id']).execute();
};
