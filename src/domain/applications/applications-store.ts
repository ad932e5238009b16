import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import { fromJson, toJson } from '../../database/codec.ts';
import { applyFilters, applyPage, applySort, condition, type ListColumn } from '../../database/listing.ts';
import type { ApplicationsTable } from '../../database/schema.ts';
import { fold } from '../../lib/text.ts';
import type { StrategySummary } from '../auth-strategies/index.ts';
import type { Context } from '../context.ts';
import type { ApplicationId, AuthStrategyId, DeveloperId, PortalId } from '../ids.ts';
import type { Filter, Listed, ListQuery } from '../listing.ts';
import type {
  Application,
  ApplicationDetails,
  ApplicationFilterField,
  ApplicationSortField,
  OwnApplicationFilterField,
} from './application.ts';

/** Applications with the strategies that they are bound to. */
const applications = (ctx: Context) =>
  ctx.db.selectFrom('applications').leftJoin('auth_strategies', 'auth_strategies.id', 'applications.auth_strategy_id');

const STRATEGY = [
  'auth_strategies.name as strategy_name',
  'auth_strategies.display_name as strategy_display_name',
  'auth_strategies.configs as strategy_configs',
] as const;

type Row = Selectable<ApplicationsTable> & {
  strategy_name: string | null;
  strategy_display_name: string | null;
  strategy_configs: string | null;
};

const strategyOf = (row: Row): StrategySummary | undefined => {
  const { auth_strategy_id: id, strategy_name: name, strategy_display_name: displayName, strategy_configs: configs } = row;
  if (id === null || name === null || displayName === null || configs === null) return undefined;
  return { id: id as AuthStrategyId, name, displayName, config: fromJson(configs) };
};

const fromRow = (row: Row): Application => ({
  id: row.id as ApplicationId,
  portalId: row.portal_id as PortalId,
  developerId: row.developer_id as DeveloperId,
  authStrategy: strategyOf(row),
  name: row.name,
  description: row.description,
  referenceId: row.reference_id,
  redirectUri: row.redirect_uri,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** An issuer, however many slashes its address ends with. */
export const issuerKey = (issuer: string): string => issuer.replace(/\/+$/, '');

/** Where the application is known by its reference id: below the strategy's issuer; nowhere where it shows an API key. */
const referenceOf = ({ authStrategy, referenceId }: Application) =>
  authStrategy?.config.type === 'openid_connect'
    ? { issuer: issuerKey(authStrategy.config.issuer), reference_key: referenceId }
    : { issuer: null, reference_key: null };

const mutable = (application: Application) => ({
  name: application.name,
  name_key: fold(application.name),
  description: application.description,
  reference_id: application.referenceId,
  ...referenceOf(application),
  redirect_uri: application.redirectUri,
  updated_at: application.updatedAt,
});

export const insertApplication = async (ctx: Context, application: Application): Promise<void> => {
  await ctx.db
    .insertInto('applications')
    .values({
      ...mutable(application),
      id: application.id,
      portal_id: application.portalId,
      developer_id: application.developerId,
      auth_strategy_id: application.authStrategy?.id ?? null,
      scopes: toJson([]),
      created_at: application.createdAt,
    })
    .execute();
};

export const storeApplication = async (ctx: Context, application: Application): Promise<void> => {
  await ctx.db.updateTable('applications').set(mutable(application)).where('id', '=', application.id).execute();
};

export const removeApplication = async (ctx: Context, id: ApplicationId): Promise<void> => {
  await ctx.db.deleteFrom('applications').where('id', '=', id).execute();
};

export const findOwn = async (
  ctx: Context,
  developerId: DeveloperId,
  applicationId: ApplicationId,
): Promise<Application | undefined> => {
  const row = await applications(ctx)
    .selectAll('applications')
    .select(STRATEGY)
    .where('applications.id', '=', applicationId)
    .where('applications.developer_id', '=', developerId)
    .executeTakeFirst();
  return row && fromRow(row);
};

/** Whether another application is known to the same issuer by the same reference id. */
export const isReferenceTaken = async (ctx: Context, application: Application): Promise<boolean> => {
  const { issuer, reference_key } = referenceOf(application);
  if (issuer === null || reference_key === null) return false;
  const row = await ctx.db
    .selectFrom('applications')
    .select('id')
    .where('issuer', '=', issuer)
    .where('reference_key', '=', reference_key)
    .where('id', '<>', application.id)
    .executeTakeFirst();
  return row !== undefined;
};

/** Whether an issuer knows applications of other strategies by the same reference ids as those of a strategy. */
export const isAnyReferenceTaken = async (ctx: Context, strategyId: AuthStrategyId, issuer: string): Promise<boolean> => {
  const row = await ctx.db
    .selectFrom('applications as mine')
    .innerJoin('applications as others', 'others.reference_key', 'mine.reference_key')
    .select('others.id')
    .where('mine.auth_strategy_id', '=', strategyId)
    .where('others.issuer', '=', issuer)
    .whereRef('others.id', '<>', 'mine.id')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
};

export const storeIssuer = async (ctx: Context, strategyId: AuthStrategyId, issuer: string | null): Promise<void> => {
  await ctx.db.updateTable('applications').set({ issuer }).where('auth_strategy_id', '=', strategyId).execute();
};

type OwnerField = 'developer_name' | 'developer_email';

const COLUMNS: Record<
  Exclude<ApplicationFilterField, OwnerField> | ApplicationSortField | OwnApplicationFilterField,
  ListColumn
> = {
  name: { column: sql.ref('applications.name_key'), type: 'key' },
  auth_strategy_id: { column: sql.ref('applications.auth_strategy_id'), type: 'uuid', nullable: true },
  developer_id: { column: sql.ref('applications.developer_id'), type: 'uuid' },
  created_at: { column: sql.ref('applications.created_at'), type: 'instant' },
};

const OWNERS: Record<OwnerField, ListColumn> = {
  developer_name: { column: sql.ref('owners.name_key'), type: 'key' },
  developer_email: { column: sql.ref('owners.email_key'), type: 'key' },
};

/** The condition of a filter; owners that fit are found first. */
const conditionOf = ({ field, ...value }: Filter<ApplicationFilterField>): RawBuilder<SqlBool> =>
  field === 'developer_name' || field === 'developer_email'
    ? sql`applications.developer_id in (select owners.id from developers as owners where ${condition(OWNERS[field], value)})`
    : condition(COLUMNS[field], value);

/** One page of a developer's applications, the newest first. */
export const selectOwn = async (
  ctx: Context,
  developerId: DeveloperId,
  query: Omit<ListQuery<OwnApplicationFilterField, never>, 'sort'>,
): Promise<Listed<Application>> => {
  const filtered = applyFilters(applications(ctx).where('applications.developer_id', '=', developerId), query.filters, COLUMNS);
  const { total } = await filtered.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const sorted = filtered
    .selectAll('applications')
    .select(STRATEGY)
    .orderBy('applications.created_at', 'desc')
    .orderBy('applications.id', 'desc');
  const rows = await applyPage(sorted, query.page).execute();
  return { items: rows.map(fromRow), total, page: query.page };
};

/** Applications with their owners. */
const ownedApplications = (ctx: Context) =>
  applications(ctx).innerJoin('developers', 'developers.id', 'applications.developer_id');

const REGISTRATION_COUNT = sql<number>`(select count(*) from registrations where registrations.application_id = applications.id)`;

const OWNER = [
  'developers.full_name as developer_name',
  'developers.email as developer_email',
  REGISTRATION_COUNT.as('registration_count'),
] as const;

type DetailsRow = Row & { developer_name: string; developer_email: string; registration_count: number };

const detailsFromRow = (row: DetailsRow): ApplicationDetails => ({
  ...fromRow(row),
  developerName: row.developer_name,
  developerEmail: row.developer_email,
  registrationCount: row.registration_count,
});

export const findDetails = async (ctx: Context, applicationId: ApplicationId): Promise<ApplicationDetails | undefined> => {
  const row = await ownedApplications(ctx)
    .selectAll('applications')
    .select(STRATEGY)
    .select(OWNER)
    .where('applications.id', '=', applicationId)
    .executeTakeFirst();
  return row && detailsFromRow(row);
};

/** One page of the applications in a portal. */
export const selectOfPortal = async (
  ctx: Context,
  portalId: PortalId,
  query: ListQuery<ApplicationFilterField, ApplicationSortField>,
): Promise<Listed<ApplicationDetails>> => {
  const filtered = query.filters.reduce(
    (found, filter) => found.where(conditionOf(filter)),
    ctx.db.selectFrom('applications').where('applications.portal_id', '=', portalId),
  );
  const { total } = await filtered.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const sort = query.sort.length > 0 ? query.sort : ([{ field: 'created_at', direction: 'asc' }] as const);
  const tieBreak = sql.ref('applications.id');
  const page = applyPage(applySort(filtered.select('applications.id'), sort, COLUMNS, tieBreak), query.page);
  const found = ownedApplications(ctx).selectAll('applications').select(STRATEGY).select(OWNER);
  const rows = await applySort(found.where('applications.id', 'in', page), sort, COLUMNS, tieBreak).execute();
  return { items: rows.map(detailsFromRow), total, page: query.page };
};
