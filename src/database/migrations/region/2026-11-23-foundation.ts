import { type Kysely, sql } from 'kysely';
import { columns, type Engine } from '../../columns.ts';

type Columns = ReturnType<typeof columns>;

/** What belongs to one region: gateways, strategies, products with all they hold, portals, publications, and the audit trail. */
export const up = async (db: Kysely<unknown>, engine: Engine): Promise<void> => {
  const c = columns(engine);
  await gateways(db, c);
  await strategies(db, c);
  await products(db, c);
  await specifications(db, c);
  await portals(db, c);
  await publications(db, c);
  await audit(db, c);
};

const gateways = async (db: Kysely<unknown>, c: Columns): Promise<void> => {
  await db.schema
    .createTable('control_planes')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('name', c.text, (col) => col.notNull())
    .addColumn('name_key', c.key, (col) => col.notNull().unique())
    .addColumn('description', c.text)
    .addColumn('kind', c.text, (col) => col.notNull())
    .addColumn('cluster_type', c.text, (col) => col.notNull())
    .addColumn('auth_type', c.text, (col) => col.notNull())
    .addColumn('cloud_gateway', c.boolean, (col) => col.notNull())
    .addColumn('proxy_urls', c.json, (col) => col.notNull())
    .addColumn('labels', c.json, (col) => col.notNull())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('updated_at', c.instant, (col) => col.notNull())
    .execute();
  await db.schema
    .createTable('control_plane_labels')
    .addColumn('control_plane_id', c.uuid, (col) => col.notNull().references('control_planes.id').onDelete('cascade'))
    .addColumn('key', c.key, (col) => col.notNull())
    .addColumn('value_key', c.key, (col) => col.notNull())
    .addPrimaryKeyConstraint('control_plane_labels_pk', ['control_plane_id', 'key'])
    .execute();
  await db.schema
    .createTable('gateway_services')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('control_plane_id', c.uuid, (col) => col.notNull().references('control_planes.id').onDelete('cascade'))
    .addColumn('name', c.text)
    .addColumn('entity', c.json, (col) => col.notNull())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('updated_at', c.instant, (col) => col.notNull())
    .addUniqueConstraint('gateway_services_name', ['control_plane_id', 'name'])
    .execute();
  await db.schema
    .createTable('gateway_routes')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('control_plane_id', c.uuid, (col) => col.notNull().references('control_planes.id').onDelete('cascade'))
    .addColumn('service_id', c.uuid, (col) => col.references('gateway_services.id').onDelete('cascade'))
    .addColumn('name', c.text)
    .addColumn('entity', c.json, (col) => col.notNull())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('updated_at', c.instant, (col) => col.notNull())
    .addUniqueConstraint('gateway_routes_name', ['control_plane_id', 'name'])
    .execute();
  await db.schema.createIndex('gateway_routes_service_id').on('gateway_routes').column('service_id').execute();
};

const strategies = async (db: Kysely<unknown>, c: Columns): Promise<void> => {
  await db.schema
    .createTable('auth_strategies')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('name', c.text, (col) => col.notNull())
    .addColumn('name_key', c.key, (col) => col.notNull().unique())
    .addColumn('display_name', c.text, (col) => col.notNull())
    .addColumn('strategy_type', c.text, (col) => col.notNull())
    .addColumn('configs', c.json, (col) => col.notNull())
    .addColumn('labels', c.json, (col) => col.notNull())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('updated_at', c.instant, (col) => col.notNull())
    .execute();
};

const products = async (db: Kysely<unknown>, c: Columns): Promise<void> => {
  await db.schema
    .createTable('products')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('slug', c.key, (col) => col.notNull().unique())
    .addColumn('name', c.text, (col) => col.notNull())
    .addColumn('name_key', c.key, (col) => col.notNull())
    .addColumn('description', c.text)
    .addColumn('labels', c.json, (col) => col.notNull())
    .addColumn('public_labels', c.json, (col) => col.notNull())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('updated_at', c.instant, (col) => col.notNull())
    .execute();
  await db.schema.createIndex('products_name').on('products').columns(['name_key', 'id']).execute();
  await db.schema.createIndex('products_created').on('products').columns(['created_at', 'id']).execute();
  await db.schema
    .createTable('product_labels')
    .addColumn('product_id', c.uuid, (col) => col.notNull().references('products.id').onDelete('cascade'))
    .addColumn('audience', c.text, (col) => col.notNull())
    .addColumn('key', c.key, (col) => col.notNull())
    .addColumn('value', c.text, (col) => col.notNull())
    .addColumn('value_key', c.key, (col) => col.notNull())
    .addPrimaryKeyConstraint('product_labels_pk', ['product_id', 'audience', 'key'])
    .execute();
  await db.schema
    .createIndex('product_labels_value')
    .on('product_labels')
    .columns(['audience', 'key', 'value_key', 'product_id', 'value'])
    .execute();
  await db.schema
    .createTable('product_versions')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('product_id', c.uuid, (col) => col.notNull().references('products.id').onDelete('cascade'))
    .addColumn('slug', c.key, (col) => col.notNull())
    .addColumn('name', c.text, (col) => col.notNull())
    .addColumn('name_key', c.key, (col) => col.notNull())
    .addColumn('labels', c.json, (col) => col.notNull())
    .addColumn('gateway_service_id', c.uuid, (col) => col.unique().references('gateway_services.id').onDelete('set null'))
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('updated_at', c.instant, (col) => col.notNull())
    .addUniqueConstraint('product_versions_name', ['product_id', 'name_key'])
    .addUniqueConstraint('product_versions_slug', ['product_id', 'slug'])
    .execute();
  await db.schema
    .createIndex('product_versions_latest')
    .on('product_versions')
    .columns(['product_id', 'created_at', 'id'])
    .execute();
  await db.schema
    .createTable('documents')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('product_id', c.uuid, (col) => col.notNull().references('products.id').onDelete('cascade'))
    .addColumn('parent_id', c.uuid, (col) => col.references('documents.id').onDelete('set null'))
    .addColumn('position', c.integer, (col) => col.notNull())
    .addColumn('slug', c.key, (col) => col.notNull())
    .addColumn('title', c.text, (col) => col.notNull())
    .addColumn('status', c.text, (col) => col.notNull())
    .addColumn('metadata', c.json, (col) => col.notNull())
    .addColumn('content', c.text, (col) => col.notNull())
    .addColumn('content_hash', c.key, (col) => col.notNull())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('updated_at', c.instant, (col) => col.notNull())
    .addUniqueConstraint('documents_slug', ['product_id', 'slug'])
    .execute();
  await db.schema.createIndex('documents_parent').on('documents').columns(['product_id', 'parent_id', 'position']).execute();
  await db.schema.createIndex('documents_parent_id').on('documents').column('parent_id').execute();
};

const specifications = async (db: Kysely<unknown>, c: Columns): Promise<void> => {
  await db.schema
    .createTable('specification_contents')
    .addColumn('content_hash', c.key, (col) => col.primaryKey())
    .addColumn('bytes', c.bytes, (col) => col.notNull())
    .addColumn('format', c.text, (col) => col.notNull())
    .addColumn('renderer_version', c.integer, (col) => col.notNull())
    .addColumn('title', c.text, (col) => col.notNull())
    .addColumn('api_version', c.text, (col) => col.notNull())
    .addColumn('spec_version', c.text, (col) => col.notNull())
    .addColumn('summary', c.text, (col) => col.notNull())
    .addColumn('operation_count', c.integer, (col) => col.notNull())
    .addColumn('groups', c.json, (col) => col.notNull())
    .addColumn('findings', c.json, (col) => col.notNull())
    .execute();
  await db.schema
    .createTable('specification_operations')
    .addColumn('content_hash', c.key, (col) =>
      col.notNull().references('specification_contents.content_hash').onDelete('cascade'),
    )
    .addColumn('position', c.integer, (col) => col.notNull())
    .addColumn('address', c.key, (col) => col.notNull())
    .addColumn('kind', c.text, (col) => col.notNull())
    .addColumn('method', c.text, (col) => col.notNull())
    .addColumn('path', c.text, (col) => col.notNull())
    .addColumn('operation_id', c.text)
    .addColumn('summary', c.text)
    .addColumn('description', c.text)
    .addColumn('tags', c.json, (col) => col.notNull())
    .addColumn('deprecated', c.boolean, (col) => col.notNull())
    .addPrimaryKeyConstraint('specification_operations_pk', ['content_hash', 'address'])
    .execute();
  await db.schema
    .createIndex('specification_operations_position')
    .on('specification_operations')
    .columns(['content_hash', 'position'])
    .execute();
  await db.schema
    .createTable('specification_operation_groups')
    .addColumn('content_hash', c.key, (col) =>
      col.notNull().references('specification_contents.content_hash').onDelete('cascade'),
    )
    .addColumn('group_name', c.key, (col) => col.notNull())
    .addColumn('position', c.integer, (col) => col.notNull())
    .addColumn('address', c.key, (col) => col.notNull())
    .addPrimaryKeyConstraint('specification_operation_groups_pk', ['content_hash', 'group_name', 'position'])
    .execute();
  await db.schema
    .createTable('specification_fragments')
    .addColumn('content_hash', c.key, (col) =>
      col.notNull().references('specification_contents.content_hash').onDelete('cascade'),
    )
    .addColumn('kind', c.key, (col) => col.notNull())
    .addColumn('key', c.key, (col) => col.notNull())
    .addColumn('html', c.bytes, (col) => col.notNull())
    .addPrimaryKeyConstraint('specification_fragments_pk', ['content_hash', 'kind', 'key'])
    .execute();
  await db.schema
    .createTable('specifications')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('version_id', c.uuid, (col) => col.notNull().unique().references('product_versions.id').onDelete('cascade'))
    .addColumn('name', c.text, (col) => col.notNull())
    .addColumn('content_hash', c.key, (col) => col.notNull().references('specification_contents.content_hash'))
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('updated_at', c.instant, (col) => col.notNull())
    .execute();
  await db.schema.createIndex('specifications_content_hash').on('specifications').column('content_hash').execute();
};

const portals = async (db: Kysely<unknown>, c: Columns): Promise<void> => {
  await db.schema
    .createTable('portals')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('name', c.text, (col) => col.notNull())
    .addColumn('name_key', c.key, (col) => col.notNull().unique())
    .addColumn('display_name', c.text, (col) => col.notNull())
    .addColumn('description', c.text)
    .addColumn('default_domain', c.key, (col) => col.notNull().unique())
    .addColumn('custom_domain', c.key, (col) => col.unique())
    .addColumn('custom_client_domain', c.key, (col) => col.unique())
    .addColumn('is_public', c.boolean, (col) => col.notNull())
    .addColumn('rbac_enabled', c.boolean, (col) => col.notNull())
    .addColumn('auto_approve_applications', c.boolean, (col) => col.notNull())
    .addColumn('auto_approve_developers', c.boolean, (col) => col.notNull())
    .addColumn('default_auth_strategy_id', c.uuid, (col) => col.references('auth_strategies.id'))
    .addColumn('labels', c.json, (col) => col.notNull())
    .addColumn('appearance', c.json, (col) => col.notNull())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('updated_at', c.instant, (col) => col.notNull())
    .execute();
  await db.schema.createIndex('portals_default_auth_strategy').on('portals').column('default_auth_strategy_id').execute();
  await db.schema.createIndex('portals_created').on('portals').columns(['created_at', 'id']).execute();
  await db.schema
    .createTable('portal_images')
    .addColumn('portal_id', c.uuid, (col) => col.notNull().references('portals.id').onDelete('cascade'))
    .addColumn('kind', c.key, (col) => col.notNull())
    .addColumn('data', c.text, (col) => col.notNull())
    .addColumn('filename', c.text)
    .addColumn('content_hash', c.key, (col) => col.notNull())
    .addPrimaryKeyConstraint('portal_images_pk', ['portal_id', 'kind'])
    .execute();
};

const publications = async (db: Kysely<unknown>, c: Columns): Promise<void> => {
  await db.schema
    .createTable('product_assignments')
    .addColumn('portal_id', c.uuid, (col) => col.notNull().references('portals.id').onDelete('cascade'))
    .addColumn('product_id', c.uuid, (col) => col.notNull().references('products.id').onDelete('cascade'))
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addPrimaryKeyConstraint('product_assignments_pk', ['portal_id', 'product_id'])
    .execute();
  await db.schema.createIndex('product_assignments_product').on('product_assignments').column('product_id').execute();
  await db.schema
    .createTable('publications')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('portal_id', c.uuid, (col) => col.notNull().references('portals.id').onDelete('cascade'))
    .addColumn('version_id', c.uuid, (col) => col.notNull().references('product_versions.id').onDelete('cascade'))
    .addColumn('publish_status', c.text, (col) => col.notNull())
    .addColumn('deprecated', c.boolean, (col) => col.notNull())
    .addColumn('application_registration_enabled', c.boolean, (col) => col.notNull())
    .addColumn('auto_approve_registration', c.boolean, (col) => col.notNull())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('updated_at', c.instant, (col) => col.notNull())
    .addUniqueConstraint('publications_version', ['portal_id', 'version_id'])
    .execute();
  await db.schema.createIndex('publications_version_id').on('publications').columns(['version_id', 'portal_id']).execute();
  await db.schema
    .createTable('publication_auth_strategies')
    .addColumn('publication_id', c.uuid, (col) => col.notNull().references('publications.id').onDelete('cascade'))
    .addColumn('auth_strategy_id', c.uuid, (col) => col.notNull().references('auth_strategies.id'))
    .addPrimaryKeyConstraint('publication_auth_strategies_pk', ['publication_id', 'auth_strategy_id'])
    .execute();
  await db.schema
    .createIndex('publication_auth_strategies_strategy')
    .on('publication_auth_strategies')
    .column('auth_strategy_id')
    .execute();
};

const audit = async (db: Kysely<unknown>, c: Columns): Promise<void> => {
  await db.schema
    .createTable('audit_events')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('at', c.instant, (col) => col.notNull())
    .addColumn('actor_kind', c.text, (col) => col.notNull())
    .addColumn('actor_id', c.uuid)
    .addColumn('request_id', c.text)
    .addColumn('action', c.text, (col) => col.notNull())
    .addColumn('subject_type', c.text, (col) => col.notNull())
    .addColumn('subject_id', c.uuid, (col) => col.notNull())
    .addColumn('details', c.json, (col) => col.notNull())
    .execute();
  await db.schema
    .createTable('region_revision')
    .addColumn('id', c.integer, (col) => col.primaryKey())
    .addColumn('value', c.integer, (col) => col.notNull())
    .execute();
  await sql`insert into region_revision (id, value) values (1, 0)`.execute(db);
  await db.schema.createIndex('audit_events_at').on('audit_events').columns(['at', 'id']).execute();
  await db.schema.createIndex('audit_events_subject').on('audit_events').columns(['subject_type', 'subject_id', 'at']).execute();
};
