import { type Selectable, sql } from 'kysely';
import { fromBit, toBit, toInstant } from '../../database/codec.ts';
import { applyFilters, applyPage, applySort, type ListColumn } from '../../database/listing.ts';
import type { PublicationsTable } from '../../database/schema.ts';
import { findAuthStrategies, type StrategySummary } from '../auth-strategies/index.ts';
import type { Context } from '../context.ts';
import type { AuthStrategyId, PortalId, PublicationId, VersionId } from '../ids.ts';
import type { Listed, ListQuery } from '../listing.ts';
import type {
  Publication,
  PublicationFilterField,
  PublicationRef,
  PublicationSettings,
  PublicationSortField,
} from './publication.ts';

type Row = Selectable<PublicationsTable>;

const fromRow = (row: Row, authStrategies: readonly StrategySummary[]): Publication => ({
  id: row.id as PublicationId,
  portalId: row.portal_id as PortalId,
  versionId: row.version_id as VersionId,
  publishStatus: row.publish_status,
  deprecated: fromBit(row.deprecated),
  applicationRegistrationEnabled: fromBit(row.application_registration_enabled),
  autoApproveRegistration: fromBit(row.auto_approve_registration),
  consoleProxy: fromBit(row.console_proxy),
  authStrategies,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const withStrategies = async (ctx: Context, rows: readonly Row[]): Promise<Publication[]> => {
  if (rows.length === 0) return [];
  const used = await ctx.db
    .selectFrom('publication_auth_strategies')
    .selectAll()
    .where(
      'publication_id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute();
  const ids = [...new Set(used.map((use) => use.auth_strategy_id as AuthStrategyId))];
  const strategies = new Map((await findAuthStrategies(ctx, ids)).map((strategy) => [strategy.id as string, strategy]));
  return rows.map((row) =>
    fromRow(
      row,
      used
        .filter((use) => use.publication_id === row.id)
        .map((use) => strategies.get(use.auth_strategy_id))
        .filter((strategy) => strategy !== undefined),
    ),
  );
};

export const findPublication = async (
  ctx: Context,
  { portalId, versionId }: PublicationRef,
): Promise<Publication | undefined> => {
  const rows = await ctx.db
    .selectFrom('publications')
    .selectAll()
    .where('portal_id', '=', portalId)
    .where('version_id', '=', versionId)
    .execute();
  return (await withStrategies(ctx, rows))[0];
};

/** Everything that is decided about a version, in all portals. */
export const selectOfVersion = async (ctx: Context, versionId: VersionId): Promise<Publication[]> => {
  const rows = await ctx.db.selectFrom('publications').selectAll().where('version_id', '=', versionId).orderBy('id').execute();
  return withStrategies(ctx, rows);
};

const mutable = (settings: PublicationSettings) => ({
  publish_status: settings.publishStatus,
  deprecated: toBit(settings.deprecated),
  application_registration_enabled: toBit(settings.applicationRegistrationEnabled),
  auto_approve_registration: toBit(settings.autoApproveRegistration),
  console_proxy: toBit(settings.consoleProxy ?? false),
});

export const insertPublication = async (
  ctx: Context,
  id: PublicationId,
  { portalId, versionId }: PublicationRef,
  settings: PublicationSettings,
  now: Date,
): Promise<void> => {
  const at = toInstant(now);
  await ctx.db
    .insertInto('publications')
    .values({
      ...mutable(settings),
      ...{ id, portal_id: portalId, version_id: versionId, published_at: at, created_at: at, updated_at: at },
    })
    .execute();
  await storeStrategies(ctx, id, settings.authStrategyIds);
};

export const storePublication = async (
  ctx: Context,
  id: PublicationId,
  settings: PublicationSettings,
  now: Date,
): Promise<void> => {
  await ctx.db
    .updateTable('publications')
    .set({
      ...mutable(settings),
      // What stands here is as it was before.
      published_at: sql`case when publish_status = 'published' then published_at else ${toInstant(now)} end`,
      updated_at: toInstant(now),
    })
    .where('id', '=', id)
    .execute();
  await ctx.db.deleteFrom('publication_auth_strategies').where('publication_id', '=', id).execute();
  await storeStrategies(ctx, id, settings.authStrategyIds);
};

const storeStrategies = async (ctx: Context, id: PublicationId, strategyIds: readonly AuthStrategyId[]): Promise<void> => {
  if (strategyIds.length === 0) return;
  await ctx.db
    .insertInto('publication_auth_strategies')
    .values(strategyIds.map((strategyId) => ({ publication_id: id, auth_strategy_id: strategyId })))
    .execute();
};

export const removePublication = async (ctx: Context, id: PublicationId): Promise<void> => {
  await ctx.db.deleteFrom('publications').where('id', '=', id).execute();
};

const STRATEGY = sql`(select auth_strategy_id from publication_auth_strategies where publication_id = publications.id limit 1)`;

const COLUMNS: Record<PublicationFilterField | PublicationSortField, ListColumn> = {
  id: { column: sql.ref('publications.id'), type: 'uuid' },
  publish_status: { column: sql.ref('publications.publish_status'), type: 'enum' },
  product_version_id: { column: sql.ref('publications.version_id'), type: 'uuid' },
  auth_strategy_ids: { column: STRATEGY, type: 'uuid', nullable: true },
  application_registration_enabled: { column: sql.ref('publications.application_registration_enabled'), type: 'boolean' },
  auto_approve_registration: { column: sql.ref('publications.auto_approve_registration'), type: 'boolean' },
  deprecated: { column: sql.ref('publications.deprecated'), type: 'boolean' },
  created_at: { column: sql.ref('publications.created_at'), type: 'instant' },
  updated_at: { column: sql.ref('publications.updated_at'), type: 'instant' },
};

/** One page of what is decided about versions in a portal. */
export const selectPublications = async (
  ctx: Context,
  portalId: PortalId,
  query: ListQuery<PublicationFilterField, PublicationSortField>,
): Promise<Listed<Publication>> => {
  const filtered = applyFilters(
    ctx.db.selectFrom('publications').where('publications.portal_id', '=', portalId),
    query.filters,
    COLUMNS,
  );
  const { total } = await filtered.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await applyPage(
    applySort(filtered.selectAll('publications'), query.sort, COLUMNS, sql.ref('publications.id')),
    query.page,
  ).execute();
  return { items: await withStrategies(ctx, rows), total, page: query.page };
};
