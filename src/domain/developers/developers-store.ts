import { type Selectable, sql } from 'kysely';
import { toInstant } from '../../database/codec.ts';
import { applyFilters, applyPage, applySort, type ListColumn } from '../../database/listing.ts';
import type { DevelopersTable } from '../../database/schema.ts';
import { fold } from '../../lib/text.ts';
import type { Context } from '../context.ts';
import type { DeveloperId, PortalId } from '../ids.ts';
import type { Listed, ListQuery } from '../listing.ts';
import type {
  Developer,
  DeveloperAddress,
  DeveloperDetails,
  DeveloperFilterField,
  DeveloperSortField,
  DeveloperStatus,
} from './developer.ts';

type Row = Selectable<DevelopersTable>;

const fromRow = (row: Row): Developer => ({
  id: row.id as DeveloperId,
  portalId: row.portal_id as PortalId,
  email: row.email,
  fullName: row.full_name,
  status: row.status,
  statusReason: row.status_reason,
  emailVerifiedAt: row.email_verified_at,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** With what a developer proves who they are; never leaves the module. */
export interface DeveloperSecret {
  readonly passwordHash: string | null;
}

const APPLICATION_COUNT = sql<number>`(select count(*) from applications where applications.developer_id = developers.id)`;

export const findDeveloper = async (
  ctx: Context,
  { portalId, developerId }: DeveloperAddress,
): Promise<DeveloperDetails | undefined> => {
  const row = await ctx.db
    .selectFrom('developers')
    .selectAll()
    .select(APPLICATION_COUNT.as('application_count'))
    .where('id', '=', developerId)
    .where('portal_id', '=', portalId)
    .executeTakeFirst();
  return row && { ...fromRow(row), applicationCount: row.application_count };
};

export const findById = async (ctx: Context, id: DeveloperId): Promise<(Developer & DeveloperSecret) | undefined> => {
  const row = await ctx.db.selectFrom('developers').selectAll().where('id', '=', id).executeTakeFirst();
  return row && { ...fromRow(row), passwordHash: row.password_hash };
};

/** The developer of a portal with this address, in whatever case. */
export const findByEmail = async (
  ctx: Context,
  portalId: PortalId,
  email: string,
): Promise<(Developer & DeveloperSecret) | undefined> => {
  const row = await ctx.db
    .selectFrom('developers')
    .selectAll()
    .where('portal_id', '=', portalId)
    .where('email_key', '=', fold(email))
    .executeTakeFirst();
  return row && { ...fromRow(row), passwordHash: row.password_hash };
};

export const insertDeveloper = async (ctx: Context, developer: Developer): Promise<void> => {
  await ctx.db
    .insertInto('developers')
    .values({
      id: developer.id,
      portal_id: developer.portalId,
      email: developer.email,
      email_key: fold(developer.email),
      full_name: developer.fullName,
      name_key: fold(developer.fullName),
      status: developer.status,
      status_reason: developer.statusReason,
      password_hash: null,
      email_verified_at: developer.emailVerifiedAt,
      created_at: developer.createdAt,
      updated_at: developer.updatedAt,
    })
    .execute();
};

export interface StoredChanges {
  readonly fullName?: string;
  readonly status?: DeveloperStatus;
  readonly statusReason?: string | null;
  readonly passwordHash?: string;
  readonly emailVerifiedAt?: string;
}

/** Absent leaves as it is. */
export const updateDeveloper = async (ctx: Context, id: DeveloperId, changes: StoredChanges): Promise<void> => {
  const { fullName, status, statusReason, passwordHash, emailVerifiedAt } = changes;
  await ctx.db
    .updateTable('developers')
    .set({
      ...(fullName === undefined ? {} : { full_name: fullName, name_key: fold(fullName) }),
      ...(status === undefined ? {} : { status }),
      ...(statusReason === undefined ? {} : { status_reason: statusReason }),
      ...(passwordHash === undefined ? {} : { password_hash: passwordHash }),
      ...(emailVerifiedAt === undefined ? {} : { email_verified_at: emailVerifiedAt }),
      updated_at: toInstant(ctx.now()),
    })
    .where('id', '=', id)
    .execute();
};

/** Writes a developer as they are. */
export const keepDeveloper = async (ctx: Context, id: DeveloperId): Promise<void> => {
  await ctx.db.updateTable('developers').set({ id: sql`id` }).where('id', '=', id).execute();
};

/** Deletes a developer with all that is theirs. */
export const removeDeveloper = async (ctx: Context, id: DeveloperId): Promise<void> => {
  await ctx.db.deleteFrom('developers').where('id', '=', id).execute();
};

export const countDevelopers = async (ctx: Context, portalId: PortalId): Promise<number> => {
  const { count } = await ctx.db
    .selectFrom('developers')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('portal_id', '=', portalId)
    .executeTakeFirstOrThrow();
  return count;
};

const COLUMNS: Record<DeveloperFilterField | DeveloperSortField, ListColumn> = {
  name: { column: sql.ref('developers.name_key'), type: 'key' },
  email: { column: sql.ref('developers.email_key'), type: 'key' },
  status: { column: sql.ref('developers.status'), type: 'key' },
  created_at: { column: sql.ref('developers.created_at'), type: 'instant' },
  updated_at: { column: sql.ref('developers.updated_at'), type: 'instant' },
};

export const selectDevelopers = async (
  ctx: Context,
  portalId: PortalId,
  query: ListQuery<DeveloperFilterField, DeveloperSortField>,
): Promise<Listed<DeveloperDetails>> => {
  const filtered = applyFilters(ctx.db.selectFrom('developers').where('portal_id', '=', portalId), query.filters, COLUMNS);
  const { total } = await filtered.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const sort = query.sort.length > 0 ? query.sort : ([{ field: 'created_at', direction: 'asc' }] as const);
  const rows = await applyPage(
    applySort(
      filtered.selectAll('developers').select(APPLICATION_COUNT.as('application_count')),
      sort,
      COLUMNS,
      sql.ref('developers.id'),
    ),
    query.page,
  ).execute();
  return {
    items: rows.map((row) => ({ ...fromRow(row), applicationCount: row.application_count })),
    total,
    page: query.page,
  };
};
