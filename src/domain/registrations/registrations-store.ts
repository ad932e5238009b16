import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import { fromBit, toJson } from '../../database/codec.ts';
import { applyPage, applySort, condition, type ListColumn } from '../../database/listing.ts';
import type { RegistrationsTable } from '../../database/schema.ts';
import { type Actor, allowed } from '../access/index.ts';
import type { Context } from '../context.ts';
import type { ApplicationId, AuthStrategyId, DeveloperId, PortalId, ProductId, RegistrationId, VersionId } from '../ids.ts';
import type { Filter, Listed, ListQuery, Page } from '../listing.ts';
import type { Registration, RegistrationDetails, RegistrationFilterField, RegistrationSortField } from './registration.ts';

export const fromRow = (row: Selectable<RegistrationsTable>): Registration => ({
  id: row.id as RegistrationId,
  portalId: row.portal_id as PortalId,
  developerId: row.developer_id as DeveloperId,
  applicationId: row.application_id as ApplicationId,
  productId: row.product_id as ProductId,
  versionId: row.version_id as VersionId,
  status: row.status,
  statusReason: row.status_reason,
  decidedAt: row.decided_at,
  decidedBy: row.decided_by,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const mutable = (registration: Registration) => ({
  status: registration.status,
  status_reason: registration.statusReason,
  decided_at: registration.decidedAt,
  decided_by: registration.decidedBy,
  updated_at: registration.updatedAt,
});

export const insertRegistration = async (ctx: Context, registration: Registration): Promise<void> => {
  await ctx.db
    .insertInto('registrations')
    .values({
      ...mutable(registration),
      id: registration.id,
      portal_id: registration.portalId,
      developer_id: registration.developerId,
      application_id: registration.applicationId,
      product_id: registration.productId,
      version_id: registration.versionId,
      scopes: toJson([]),
      created_at: registration.createdAt,
    })
    .execute();
};

export const storeRegistration = async (ctx: Context, registration: Registration): Promise<void> => {
  await ctx.db.updateTable('registrations').set(mutable(registration)).where('id', '=', registration.id).execute();
};

export const removeRegistration = async (ctx: Context, id: RegistrationId): Promise<void> => {
  await ctx.db.deleteFrom('registrations').where('id', '=', id).execute();
};

/** A name of what a registration is about: looked up for the rows of one page, so that a list is found and counted by its own index. */
const name = <T extends string>(table: string, column: string, key: string, as: T) =>
  sql<string>`(select ${sql.ref(column)} from ${sql.table(table)} as named where named.id = ${sql.ref(`registrations.${key}`)})`.as(
    as,
  );

const NAMES = [
  name('products', 'named.name', 'product_id', 'product_name'),
  name('product_versions', 'named.name', 'version_id', 'version_name'),
  name('applications', 'named.name', 'application_id', 'application_name'),
  name('developers', 'named.full_name', 'developer_id', 'developer_name'),
  name('developers', 'named.email', 'developer_id', 'developer_email'),
  name('portals', 'named.name', 'portal_id', 'portal_name'),
] as const;

/** Whether the application of a registration has the strategy that its version demands in its portal. */
export const isFitting = sql<SqlBool>`exists (select 1 from publications as published
  join publication_auth_strategies as demanded on demanded.publication_id = published.id
  join applications as asking on asking.auth_strategy_id = demanded.auth_strategy_id
  where published.portal_id = registrations.portal_id and published.version_id = registrations.version_id
    and asking.id = registrations.application_id)`;

const DETAILS = [...NAMES, isFitting.as('fits')] as const;

type DetailsRow = Selectable<RegistrationsTable> & {
  fits: SqlBool;
  product_name: string;
  version_name: string;
  application_name: string;
  developer_name: string;
  developer_email: string;
  portal_name: string;
};

const detailsFromRow = (row: DetailsRow): RegistrationDetails => ({
  ...fromRow(row),
  productName: row.product_name,
  versionName: row.version_name,
  applicationName: row.application_name,
  developerName: row.developer_name,
  developerEmail: row.developer_email,
  portalName: row.portal_name,
  fits: fromBit(row.fits),
});

export const findDetails = async (ctx: Context, id: RegistrationId): Promise<RegistrationDetails | undefined> => {
  const row = await ctx.db.selectFrom('registrations').selectAll().select(DETAILS).where('id', '=', id).executeTakeFirst();
  return row && detailsFromRow(row);
};

type NameField = 'application_name' | 'developer_name';

const COLUMNS: Record<Exclude<RegistrationFilterField, NameField> | RegistrationSortField, ListColumn> = {
  status: { column: sql.ref('registrations.status'), type: 'key' },
  portal_id: { column: sql.ref('registrations.portal_id'), type: 'uuid' },
  product_id: { column: sql.ref('registrations.product_id'), type: 'uuid' },
  product_version_id: { column: sql.ref('registrations.version_id'), type: 'uuid' },
  application_id: { column: sql.ref('registrations.application_id'), type: 'uuid' },
  developer_id: { column: sql.ref('registrations.developer_id'), type: 'uuid' },
  created_at: { column: sql.ref('registrations.created_at'), type: 'instant' },
  updated_at: { column: sql.ref('registrations.updated_at'), type: 'instant' },
};

/** The names by which registrations are found, and what has them. */
const NAMED: Record<NameField, { readonly table: string; readonly column: string }> = {
  application_name: { table: 'applications', column: 'application_id' },
  developer_name: { table: 'developers', column: 'developer_id' },
};

/** The condition of a filter. Of names, those that fit are found first: there are more registrations than names. */
const conditionOf = ({ field, ...value }: Filter<RegistrationFilterField>): RawBuilder<SqlBool> => {
  if (field !== 'application_name' && field !== 'developer_name') return condition(COLUMNS[field], value);
  const { table, column } = NAMED[field];
  const name = condition({ column: sql.ref('named.name_key'), type: 'key' }, value);
  return sql`${sql.ref(`registrations.${column}`)} in (select named.id from ${sql.table(table)} as named where ${name})`;
};

/** Where a list of registrations is looked at; undefined: everywhere. */
export interface RegistrationScope {
  readonly portalId?: PortalId | undefined;
  readonly applicationId?: ApplicationId | undefined;
}

/** The registrations that an actor sees: those of portals that they read, and those that they decide for a product. */
const seenBy = (ctx: Context, actor: Actor, { portalId, applicationId }: RegistrationScope) => {
  const portals = allowed(actor, 'portal.read');
  const products = allowed(actor, 'product.decide');
  const all = portals === 'all' || products === 'all' || (portalId !== undefined && portals.includes(portalId));
  return ctx.db
    .selectFrom('registrations')
    .$if(portalId !== undefined, (query) => query.where('portal_id', '=', portalId ?? ''))
    .$if(applicationId !== undefined, (query) => query.where('application_id', '=', applicationId ?? ''))
    .$if(!all, (query) =>
      query.where(({ or, eb }) =>
        or([
          ...(portals === 'all' || portals.length === 0 ? [] : [eb('portal_id', 'in', portals)]),
          ...(products === 'all' || products.length === 0 ? [] : [eb('product_id', 'in', products)]),
        ]),
      ),
    );
};

/** One page of the registrations that an actor sees, the oldest first unless told otherwise. */
export const selectRegistrations = async (
  ctx: Context,
  scope: RegistrationScope,
  query: ListQuery<RegistrationFilterField, RegistrationSortField>,
): Promise<Listed<RegistrationDetails>> => {
  const seen = seenBy(ctx, ctx.actor, scope);
  const filtered = query.filters.reduce((found, filter) => found.where(conditionOf(filter)), seen);
  const { total } = await filtered.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const sort = query.sort.length > 0 ? query.sort : ([{ field: 'created_at', direction: 'asc' }] as const);
  // which ones first, then what they are called: else names are looked up for all that are sorted
  const tieBreak = sql.ref('registrations.id');
  const page = applyPage(applySort(filtered.select('registrations.id'), sort, COLUMNS, tieBreak), query.page);
  const named = ctx.db.selectFrom('registrations').selectAll().select(DETAILS).where('registrations.id', 'in', page);
  const rows = await applySort(named, sort, COLUMNS, tieBreak).execute();
  return { items: rows.map(detailsFromRow), total, page: query.page };
};

/** Registrations for a version in a portal that are in force or wait, of applications with another strategy than this one. */
export const selectUnfitting = async (
  ctx: Context,
  { portalId, versionId }: { readonly portalId: PortalId; readonly versionId: VersionId },
  strategyId: AuthStrategyId | undefined,
  page: Page,
): Promise<Listed<RegistrationDetails>> => {
  const unfitting = ctx.db
    .selectFrom('registrations')
    .innerJoin('applications', 'applications.id', 'registrations.application_id')
    .where('registrations.portal_id', '=', portalId)
    .where('registrations.version_id', '=', versionId)
    .where('registrations.status', 'in', ['approved', 'pending'])
    .$if(strategyId !== undefined, (query) => query.where('applications.auth_strategy_id', '<>', strategyId ?? ''));
  const { total } = await unfitting.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await applyPage(
    unfitting.selectAll('registrations').select(DETAILS).orderBy('registrations.created_at').orderBy('registrations.id'),
    page,
  ).execute();
  return { items: rows.map(detailsFromRow), total, page };
};

/** How many registrations for these versions no longer fit, in each portal. */
export const countUnfitting = async (
  ctx: Context,
  versionIds: readonly VersionId[],
): Promise<{ portalId: PortalId; versionId: VersionId; count: number }[]> => {
  if (versionIds.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('registrations')
    .select(['portal_id', 'version_id', ({ fn }) => fn.countAll<number>().as('count')])
    .where('version_id', 'in', versionIds)
    .where('status', 'in', ['approved', 'pending'])
    .where(sql<SqlBool>`not ${isFitting}`)
    .groupBy(['portal_id', 'version_id'])
    .execute();
  return rows.map((row) => ({
    portalId: row.portal_id as PortalId,
    versionId: row.version_id as VersionId,
    count: Number(row.count),
  }));
};
