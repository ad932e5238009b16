import { type Selectable, sql } from 'kysely';
import { fromBit, fromJson, toBit, toJson } from '../../database/codec.ts';
import { applyAllowed, applyFilters, applyPage, applySort, type ListColumn } from '../../database/listing.ts';
import type { PortalsTable } from '../../database/schema.ts';
import { fold } from '../../lib/text.ts';
import type { Context } from '../context.ts';
import type { AuthStrategyId, PortalId } from '../ids.ts';
import type { Listed, ListQuery } from '../listing.ts';
import { authenticationOf } from './authentication.ts';
import type { Portal, PortalDetails, PortalFilterField, PortalSortField } from './portal.ts';

type Row = Selectable<PortalsTable>;

const fromRow = (row: Row): Portal => ({
  id: row.id as PortalId,
  name: row.name,
  displayName: row.display_name,
  description: row.description,
  defaultDomain: row.default_domain,
  customDomain: row.custom_domain,
  customClientDomain: row.custom_client_domain,
  isPublic: fromBit(row.is_public),
  rbacEnabled: fromBit(row.rbac_enabled),
  autoApproveApplications: fromBit(row.auto_approve_applications),
  autoApproveDevelopers: fromBit(row.auto_approve_developers),
  basicAuthEnabled: authenticationOf(row.authentication).basicAuthEnabled,
  defaultAuthStrategyId: row.default_auth_strategy_id as AuthStrategyId | null,
  labels: fromJson(row.labels),
  appearance: fromJson(row.appearance),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

type Counts = { product_count: number; developer_count: number; application_count: number };

const detailsFromRow = (row: Row & Counts): PortalDetails => ({
  ...fromRow(row),
  productCount: row.product_count,
  developerCount: row.developer_count,
  applicationCount: row.application_count,
});

const mutable = (portal: Portal) => ({
  name: portal.name,
  name_key: fold(portal.name),
  display_name: portal.displayName,
  description: portal.description,
  custom_domain: portal.customDomain,
  custom_client_domain: portal.customClientDomain,
  is_public: toBit(portal.isPublic),
  rbac_enabled: toBit(portal.rbacEnabled),
  auto_approve_applications: toBit(portal.autoApproveApplications),
  auto_approve_developers: toBit(portal.autoApproveDevelopers),
  default_auth_strategy_id: portal.defaultAuthStrategyId,
  labels: toJson(portal.labels),
  appearance: toJson(portal.appearance),
  updated_at: portal.updatedAt,
});

const countOf = (table: 'product_assignments' | 'developers' | 'applications') =>
  sql<number>`(select count(*) from ${sql.table(table)} where ${sql.ref(`${table}.portal_id`)} = portals.id)`;

const COUNTS = [
  countOf('product_assignments').as('product_count'),
  countOf('developers').as('developer_count'),
  countOf('applications').as('application_count'),
] as const;

export const findPortalDetails = async (ctx: Context, id: PortalId): Promise<PortalDetails | undefined> => {
  const row = await ctx.db.selectFrom('portals').selectAll().select(COUNTS).where('id', '=', id).executeTakeFirst();
  return row && detailsFromRow(row);
};

export const findPortal = async (ctx: Context, id: PortalId): Promise<Portal | undefined> => {
  const row = await ctx.db.selectFrom('portals').selectAll().where('id', '=', id).executeTakeFirst();
  return row && fromRow(row);
};

export const findByName = async (ctx: Context, name: string): Promise<Portal | undefined> => {
  const row = await ctx.db.selectFrom('portals').selectAll().where('name_key', '=', fold(name)).executeTakeFirst();
  return row && fromRow(row);
};

/** The portal that is served at a host: by its default or custom domain. */
export const findByDomain = async (ctx: Context, host: string): Promise<Portal | undefined> => {
  const row = await ctx.db
    .selectFrom('portals')
    .selectAll()
    .where(({ eb, or }) => or([eb('default_domain', '=', host), eb('custom_domain', '=', host)]))
    .executeTakeFirst();
  return row && fromRow(row);
};

export const findFirst = async (ctx: Context): Promise<Portal | undefined> => {
  const row = await ctx.db.selectFrom('portals').selectAll().orderBy('created_at').orderBy('id').limit(1).executeTakeFirst();
  return row && fromRow(row);
};

/** Ids and names of all portals, the oldest first. */
export const selectNames = async (ctx: Context): Promise<{ id: PortalId; name: string }[]> => {
  const rows = await ctx.db.selectFrom('portals').select(['id', 'name']).orderBy('created_at').orderBy('id').execute();
  return rows.map(({ id, name }) => ({ id: id as PortalId, name }));
};

/** Those of the given ids that are portals. */
export const selectExisting = async (ctx: Context, ids: readonly PortalId[]): Promise<PortalId[]> => {
  if (ids.length === 0) return [];
  const rows = await ctx.db.selectFrom('portals').select('id').where('id', 'in', ids).execute();
  return rows.map(({ id }) => id as PortalId);
};

/** Whether another portal has one of these domains, for whatever purpose. */
export const isDomainTaken = async (ctx: Context, domains: readonly string[], except: PortalId): Promise<boolean> => {
  if (domains.length === 0) return false;
  const row = await ctx.db
    .selectFrom('portals')
    .select('id')
    .where('id', '<>', except)
    .where(({ eb, or }) =>
      or([eb('default_domain', 'in', domains), eb('custom_domain', 'in', domains), eb('custom_client_domain', 'in', domains)]),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
};

/** How many versions take registrations in a portal. */
export const countRegistrable = async (ctx: Context, id: PortalId): Promise<number> => {
  const { count } = await ctx.db
    .selectFrom('publications')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('portal_id', '=', id)
    .where('application_registration_enabled', '=', toBit(true))
    .executeTakeFirstOrThrow();
  return count;
};

export const insertPortal = async (ctx: Context, portal: Portal): Promise<void> => {
  await ctx.db
    .insertInto('portals')
    .values({ ...mutable(portal), id: portal.id, default_domain: portal.defaultDomain, created_at: portal.createdAt })
    .execute();
};

export const storePortal = async (ctx: Context, portal: Portal): Promise<void> => {
  await ctx.db.updateTable('portals').set(mutable(portal)).where('id', '=', portal.id).execute();
};

export const removePortal = async (ctx: Context, id: PortalId): Promise<void> => {
  await ctx.db.deleteFrom('portals').where('id', '=', id).execute();
};

const COLUMNS: Record<PortalFilterField | PortalSortField, ListColumn> = {
  id: { column: sql.ref('portals.id'), type: 'uuid' },
  name: { column: sql.ref('portals.name_key'), type: 'key' },
  description: { column: sql.ref('portals.description'), type: 'text', nullable: true },
  is_public: { column: sql.ref('portals.is_public'), type: 'boolean' },
  rbac_enabled: { column: sql.ref('portals.rbac_enabled'), type: 'boolean' },
  auto_approve_developers: { column: sql.ref('portals.auto_approve_developers'), type: 'boolean' },
  auto_approve_applications: { column: sql.ref('portals.auto_approve_applications'), type: 'boolean' },
  default_domain: { column: sql.ref('portals.default_domain'), type: 'key' },
  custom_domain: { column: sql.ref('portals.custom_domain'), type: 'key', nullable: true },
  custom_client_domain: { column: sql.ref('portals.custom_client_domain'), type: 'key', nullable: true },
  created_at: { column: sql.ref('portals.created_at'), type: 'instant' },
  updated_at: { column: sql.ref('portals.updated_at'), type: 'instant' },
};

export const selectPortals = async (
  ctx: Context,
  query: ListQuery<PortalFilterField, PortalSortField>,
  ids: 'all' | readonly string[],
): Promise<Listed<PortalDetails>> => {
  const seen = applyAllowed(ctx.db.selectFrom('portals'), ctx.engine, 'portals.id', ids);
  const filtered = applyFilters(seen, query.filters, COLUMNS);
  const { total } = await filtered.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await applyPage(
    applySort(filtered.selectAll('portals').select(COUNTS), query.sort, COLUMNS, sql.ref('portals.id')),
    query.page,
  ).execute();
  return { items: rows.map(detailsFromRow), total, page: query.page };
};
