import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { fromBit } from '../../database/codec.ts';
import { fold, likePattern } from '../../lib/text.ts';
import { type Actor, allowed } from '../access/index.ts';
import type { Context } from '../context.ts';
import type { ApplicationId, DeveloperId, PortalId, ProductId, RegistrationId, VersionId } from '../ids.ts';
import type { Listed, Page } from '../listing.ts';
import { isFitting } from '../registrations/index.ts';
import type { RequestFilter, RequestKind, RequestRef, WaitingRequest } from './request.ts';

const MAX_WORDS = 5;

/** Counting ends here: more than this is many. */
export const MANY = 1000;

type Sql = RawBuilder<SqlBool>;

const NEVER: Sql = sql`1 = 0`;
const all = (conditions: readonly Sql[]): Sql => sql`${sql.join(conditions, sql` and `)}`;
const any = (conditions: readonly Sql[]): Sql => (conditions.length === 0 ? NEVER : sql`(${sql.join(conditions, sql` or `)})`);

const isOneOf = (column: string, ids: readonly string[]): Sql[] =>
  ids.length === 0 ? [] : [sql<SqlBool>`${sql.ref(column)} in (${sql.join(ids)})`];

const wordsOf = (search: string | undefined): string[] =>
  fold(search ?? '')
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS);

const isCalled = (word: string): Sql => {
  const pattern = likePattern(word);
  return sql`(developers.name_key like ${pattern} escape '\\' or developers.email_key like ${pattern} escape '\\')`;
};

/** Developers wait once they have shown that their address is theirs; whoever administers their portal decides. */
const waitingDevelopers = (actor: Actor, { kind, portalId, productId, search }: RequestFilter): Sql => {
  const portals = allowed(actor, 'portal.administer');
  if (kind === 'registration' || productId !== undefined) return NEVER;
  return all([
    sql`developers.status = 'pending'`,
    sql`developers.email_verified_at is not null`,
    ...(portalId === undefined ? [] : [sql<SqlBool>`developers.portal_id = ${portalId}`]),
    ...(portals === 'all' ? [] : [any(isOneOf('developers.portal_id', portals))]),
    ...wordsOf(search).map(isCalled),
  ]);
};

/** Whoever decides for the portal or for the product decides about a registration. */
const waitingRegistrations = (actor: Actor, { kind, portalId, productId, search }: RequestFilter): Sql => {
  const portals = allowed(actor, 'portal.decide');
  const products = allowed(actor, 'product.decide');
  if (kind === 'developer') return NEVER;
  const asks = (word: string): Sql => sql`(${isCalled(word)} or applications.name_key like ${likePattern(word)} escape '\\')`;
  const words = wordsOf(search);
  return all([
    sql`registrations.status = 'pending'`,
    ...(portalId === undefined ? [] : [sql<SqlBool>`registrations.portal_id = ${portalId}`]),
    ...(productId === undefined ? [] : [sql<SqlBool>`registrations.product_id = ${productId}`]),
    ...(portals === 'all' || products === 'all'
      ? []
      : [any([...isOneOf('registrations.portal_id', portals), ...isOneOf('registrations.product_id', products)])]),
    // A value of each row that waits, not `exists`: for that, PostgreSQL looks through all developers and applications there are.
    ...(words.length === 0
      ? []
      : [
          sql<SqlBool>`(select ${all(words.map(asks))} from developers inner join applications
            on applications.id = registrations.application_id where developers.id = registrations.developer_id)`,
        ]),
  ]);
};

/** Both kinds, the oldest first, of each no more than wanted: so far its index leads, and nothing behind that is looked at. */
const waiting = (actor: Actor, filter: RequestFilter, most: number) => {
  const oldest = sql`order by created_at, id limit ${most}`;
  return sql`
    select * from (select 'developer' as kind, id, created_at from developers
      where ${waitingDevelopers(actor, filter)} ${oldest}) as waiting_developers
    union all
    select * from (select 'registration' as kind, id, created_at from registrations
      where ${waitingRegistrations(actor, filter)} ${oldest}) as waiting_registrations`;
};

/** How many requests wait for this actor; {@link MANY} where there are more. */
export const countWaiting = async (ctx: Context, filter: RequestFilter): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (select 1 as one from (${waiting(ctx.actor, filter, MANY)}) as waiting limit ${MANY}) as counted`.execute(
    ctx.db,
  );
  return rows[0]?.count ?? 0;
};

interface Row {
  readonly kind: RequestKind;
  readonly id: string;
  readonly created_at: string;
}

/** One page of what waits for this actor, the oldest first. */
export const selectWaiting = async (ctx: Context, filter: RequestFilter, page: Page): Promise<Listed<WaitingRequest>> => {
  const offset = (page.number - 1) * page.size;
  const { rows } = await sql<Row>`
    select kind, id, created_at from (${waiting(ctx.actor, filter, offset + page.size)}) as waiting
    order by created_at, id limit ${page.size} offset ${offset}`.execute(ctx.db);
  const isLast = rows.length < page.size && (rows.length > 0 || offset === 0);
  const total = isLast ? offset + rows.length : await countWaiting(ctx, filter);
  const found = new Map([
    ...(await withDevelopers(ctx, idsOf(rows, 'developer'))),
    ...(await withRegistrations(ctx, idsOf(rows, 'registration'))),
  ]);
  return { items: rows.flatMap(({ id }) => found.get(id) ?? []), total, page };
};

/** A request whether it waits or not, if it is there. */
export const findRequest = async (ctx: Context, { kind, id }: RequestRef): Promise<WaitingRequest | undefined> =>
  (await (kind === 'developer' ? withDevelopers(ctx, [id]) : withRegistrations(ctx, [id])))[0]?.[1];

const idsOf = (rows: readonly Row[], kind: RequestKind): string[] => rows.filter((row) => row.kind === kind).map(({ id }) => id);

const withDevelopers = async (ctx: Context, ids: readonly string[]): Promise<[string, WaitingRequest][]> => {
  if (ids.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('developers')
    .innerJoin('portals', 'portals.id', 'developers.portal_id')
    .select(['developers.id', 'developers.created_at', 'full_name', 'email', 'email_verified_at', 'portal_id'])
    .select('portals.display_name as portal_name')
    .where('developers.id', 'in', ids)
    .execute();
  return rows.map((row) => [
    row.id,
    {
      ref: { kind: 'developer', id: row.id as DeveloperId },
      createdAt: row.created_at,
      portal: { id: row.portal_id as PortalId, name: row.portal_name },
      developer: {
        id: row.id as DeveloperId,
        name: row.full_name,
        email: row.email,
        verified: row.email_verified_at !== null,
      },
      registration: undefined,
    },
  ]);
};

const withRegistrations = async (ctx: Context, ids: readonly string[]): Promise<[string, WaitingRequest][]> => {
  if (ids.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('registrations')
    .innerJoin('developers', 'developers.id', 'registrations.developer_id')
    .innerJoin('portals', 'portals.id', 'registrations.portal_id')
    .innerJoin('applications', 'applications.id', 'registrations.application_id')
    .innerJoin('products', 'products.id', 'registrations.product_id')
    .innerJoin('product_versions', 'product_versions.id', 'registrations.version_id')
    .select(['registrations.id', 'registrations.created_at', 'registrations.portal_id', 'registrations.developer_id'])
    .select(['registrations.application_id', 'registrations.product_id', 'registrations.version_id'])
    .select(['full_name', 'email', 'email_verified_at', 'portals.display_name as portal_name'])
    .select(['applications.name as application_name', 'products.name as product_name', 'product_versions.name as version_name'])
    .select(isFitting.as('fits'))
    .where('registrations.id', 'in', ids)
    .execute();
  return rows.map((row) => [
    row.id,
    {
      ref: { kind: 'registration', id: row.id as RegistrationId },
      createdAt: row.created_at,
      portal: { id: row.portal_id as PortalId, name: row.portal_name },
      developer: {
        id: row.developer_id as DeveloperId,
        name: row.full_name,
        email: row.email,
        verified: row.email_verified_at !== null,
      },
      registration: {
        applicationId: row.application_id as ApplicationId,
        applicationName: row.application_name,
        productId: row.product_id as ProductId,
        productName: row.product_name,
        versionId: row.version_id as VersionId,
        versionName: row.version_name,
        fits: fromBit(row.fits),
      },
    },
  ]);
};

/** What the queue can be narrowed to. */
export interface RequestChoices {
  readonly portals: readonly { readonly id: PortalId; readonly name: string }[];
  readonly products: readonly { readonly id: ProductId; readonly name: string }[];
}

/** How many portals and products are offered to choose from. */
const MAX_CHOICES = 200;

/** The portals and products in which something waits for this actor, by name. */
export const listRequestChoices = async (ctx: Context): Promise<RequestChoices> => {
  const registrations = waitingRegistrations(ctx.actor, {});
  const developers = waitingDevelopers(ctx.actor, {});
  const portals = await sql<{ id: PortalId; name: string }>`
    select id, display_name as name from portals
    where exists (select 1 from developers where developers.portal_id = portals.id and ${developers})
      or exists (select 1 from registrations where registrations.portal_id = portals.id and ${registrations})
    order by name_key limit ${MAX_CHOICES}`.execute(ctx.db);
  const products = await sql<{ id: ProductId; name: string }>`
    select id, name from products
    where exists (select 1 from registrations where registrations.product_id = products.id and ${registrations})
    order by name_key limit ${MAX_CHOICES}`.execute(ctx.db);
  return { portals: portals.rows, products: products.rows };
};
