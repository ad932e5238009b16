import { type Selectable, type SqlBool, sql } from 'kysely';
import { fromJson } from '../../database/codec.ts';
import { applyFilters, applyPage, type ListColumn } from '../../database/listing.ts';
import type { RegistrationsTable } from '../../database/schema.ts';
import { fold } from '../../lib/text.ts';
import type { OwnApplication, Owner } from '../applications/index.ts';
import type { StrategyConfig } from '../auth-strategies/index.ts';
import type { Context } from '../context.ts';
import { type ApplicationId, type AuthStrategyId, asId, type ProductId, type RegistrationId, type VersionId } from '../ids.ts';
import type { Filter, Listed, Page } from '../listing.ts';
import { findVisibleVersions, isVisibleVersion, type Visitor } from '../visibility/index.ts';
import type {
  ApplicationOfVersion,
  ApplicationOfVersionFilterField,
  OwnRegistration,
  OwnRegistrationFilterField,
} from './registration.ts';
import { fromRow } from './registrations-store.ts';

/** Who looks, as the portal's visitor. */
export const visitorOf = ({ developerId }: Pick<Owner, 'developerId'>): Visitor => ({ kind: 'developer', id: developerId });

type Row = Selectable<RegistrationsTable> & {
  strategy_id: string | null;
  product_name: string;
  product_slug: string;
};

/** Registrations of a developer for versions that they (still) see. */
const ownRegistrations = (ctx: Context, owner: Owner) =>
  ctx.db
    .selectFrom('registrations')
    .innerJoin('applications', 'applications.id', 'registrations.application_id')
    .innerJoin('products', 'products.id', 'registrations.product_id')
    .innerJoin('product_versions', 'product_versions.id', 'registrations.version_id')
    .where('registrations.developer_id', '=', owner.developerId)
    .where(isVisibleVersion(owner.portal, visitorOf(owner)));

const NAMES = [
  'applications.auth_strategy_id as strategy_id',
  'products.name as product_name',
  'products.slug as product_slug',
] as const;

const withVersions = async (ctx: Context, owner: Owner, rows: readonly Row[]): Promise<OwnRegistration[]> => {
  const ids = rows.map(({ version_id }) => version_id as VersionId);
  const versions = await findVisibleVersions(ctx, owner.portal, visitorOf(owner), ids);
  return rows.flatMap((row) => {
    const version = versions.get(row.version_id as VersionId);
    if (!version) return [];
    return {
      ...fromRow(row),
      productName: row.product_name,
      productSlug: row.product_slug,
      versionName: version.name,
      versionSlug: version.slug,
      deprecated: version.deprecated,
      fits: version.authStrategies.some(({ id }) => id === row.strategy_id),
    };
  });
};

const COLUMNS: Record<OwnRegistrationFilterField, ListColumn> = {
  id: { column: sql.ref('registrations.id'), type: 'uuid' },
  status: { column: sql.ref('registrations.status'), type: 'key' },
  product_name: { column: sql.ref('products.name_key'), type: 'key' },
  product_version_name: { column: sql.ref('product_versions.name_key'), type: 'key' },
};

/** How an own list is asked for: it has an order of its own. */
export interface OwnQuery<Field extends string> {
  readonly filters: readonly Filter<Field>[];
  readonly page: Page;
}

/** One page of an application's registrations, the newest first. */
export const selectOwn = async (
  ctx: Context,
  own: OwnApplication,
  query: OwnQuery<OwnRegistrationFilterField>,
): Promise<Listed<OwnRegistration>> => {
  const filtered = applyFilters(
    ownRegistrations(ctx, own).where('registrations.application_id', '=', own.applicationId),
    query.filters,
    COLUMNS,
  );
  const { total } = await filtered.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const sorted = filtered
    .selectAll('registrations')
    .select(NAMES)
    .orderBy('registrations.created_at', 'desc')
    .orderBy('registrations.id', 'desc');
  const rows = await applyPage(sorted, query.page).execute();
  return { items: await withVersions(ctx, own, rows), total, page: query.page };
};

export const findOwn = async (
  ctx: Context,
  own: OwnApplication,
  registrationId: RegistrationId,
): Promise<OwnRegistration | undefined> => {
  const rows = await ownRegistrations(ctx, own)
    .selectAll('registrations')
    .select(NAMES)
    .where('registrations.id', '=', registrationId)
    .where('registrations.application_id', '=', own.applicationId)
    .execute();
  return (await withVersions(ctx, own, rows))[0];
};

/** What each of these applications is registered for, counted by status. */
export const countByStatus = async (
  ctx: Context,
  owner: Owner,
  ids: readonly ApplicationId[],
): Promise<{ applicationId: ApplicationId; status: OwnRegistration['status']; count: number }[]> => {
  if (ids.length === 0) return [];
  const rows = await ownRegistrations(ctx, owner)
    .select(['registrations.application_id', 'registrations.status', ({ fn }) => fn.countAll<number>().as('count')])
    .where('registrations.application_id', 'in', ids)
    .groupBy(['registrations.application_id', 'registrations.status'])
    .execute();
  return rows.map(({ application_id, status, count }) => ({ applicationId: application_id as ApplicationId, status, count }));
};

/** How a developer's applications are registered for a version, as its address names it. */
export const selectStates = (
  ctx: Context,
  owner: Owner,
  { product, version, limit }: { readonly product: string; readonly version: string; readonly limit: number },
): Promise<{ application: string; status: OwnRegistration['status'] }[]> => {
  const [productId, versionId, key] = [asId<ProductId>(product), asId<VersionId>(version), fold(version)];
  return ownRegistrations(ctx, owner)
    .select(['applications.name as application', 'registrations.status'])
    .where(({ or, eb }) =>
      or([eb('products.slug', '=', product), ...(productId === undefined ? [] : [eb('products.id', '=', productId)])]),
    )
    .where(({ or, eb }) =>
      or([
        eb('product_versions.slug', '=', key),
        eb('product_versions.name_key', '=', key),
        ...(versionId === undefined ? [] : [eb('product_versions.id', '=', versionId)]),
      ]),
    )
    .orderBy('registrations.created_at')
    .limit(limit)
    .execute();
};

const OF_VERSION: Record<ApplicationOfVersionFilterField, ListColumn> = {
  name: { column: sql.ref('applications.name_key'), type: 'key' },
  status: { column: sql.ref('registrations.status'), type: 'key' },
  auth_strategy_id: { column: sql.ref('applications.auth_strategy_id'), type: 'uuid' },
};

/** One page of a developer's applications that are registered for a version, or of those that are not, by name. */
export const selectApplicationsOfVersion = async (
  ctx: Context,
  { developerId }: Pick<Owner, 'developerId'>,
  versionId: VersionId,
  query: OwnQuery<ApplicationOfVersionFilterField> & { readonly registered: boolean },
): Promise<Listed<ApplicationOfVersion>> => {
  const filtered = applyFilters(
    ctx.db
      .selectFrom('applications')
      .leftJoin('registrations', (join) =>
        join.onRef('registrations.application_id', '=', 'applications.id').on('registrations.version_id', '=', versionId),
      )
      .leftJoin('auth_strategies', 'auth_strategies.id', 'applications.auth_strategy_id')
      .where('applications.developer_id', '=', developerId)
      .where(sql<SqlBool>`registrations.id is ${query.registered ? sql`not null` : sql`null`}`),
    query.filters,
    OF_VERSION,
  );
  const { total } = await filtered.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const sorted = filtered
    .select([
      'applications.id',
      'applications.name',
      'applications.created_at',
      'applications.updated_at',
      'registrations.id as registration_id',
      'registrations.status as registration_status',
      'auth_strategies.id as strategy_id',
      'auth_strategies.name as strategy_name',
      'auth_strategies.display_name as strategy_display_name',
      'auth_strategies.configs as strategy_configs',
    ])
    .orderBy('applications.name_key')
    .orderBy('applications.id');
  const rows = await applyPage(sorted, query.page).execute();
  return { items: rows.map(applicationFromRow), total, page: query.page };
};

const applicationFromRow = (row: {
  id: string;
  name: string;
  created_at: string;
  updated_at: string;
  registration_id: string | null;
  registration_status: OwnRegistration['status'] | null;
  strategy_id: string | null;
  strategy_name: string | null;
  strategy_display_name: string | null;
  strategy_configs: string | null;
}): ApplicationOfVersion => {
  const { registration_id, registration_status, strategy_id, strategy_name, strategy_display_name, strategy_configs } = row;
  const hasStrategy =
    strategy_id !== null && strategy_name !== null && strategy_display_name !== null && strategy_configs !== null;
  return {
    id: row.id as ApplicationId,
    name: row.name,
    authStrategy: hasStrategy
      ? {
          id: strategy_id as AuthStrategyId,
          name: strategy_name,
          displayName: strategy_display_name,
          config: fromJson<StrategyConfig>(strategy_configs),
        }
      : undefined,
    registration:
      registration_id === null || registration_status === null
        ? undefined
        : { id: registration_id as RegistrationId, status: registration_status },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
};
