import type { Selectable } from 'kysely';
import { toInstant } from '../../database/codec.ts';
import type { CredentialsTable } from '../../database/schema.ts';
import type { Context } from '../context.ts';
import type { ApplicationId, CredentialId } from '../ids.ts';
import type { Listed, Page } from '../listing.ts';
import type { Credential } from './credential.ts';

const fromRow = (row: Selectable<CredentialsTable>): Credential => ({
  id: row.id as CredentialId,
  applicationId: row.application_id as ApplicationId,
  name: row.name,
  prefix: row.prefix,
  replacesId: row.replaces_id as CredentialId | null,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  lastUsedAt: row.last_used_at,
  expiresAt: row.expires_at,
});

const mutable = (credential: Credential) => ({
  name: credential.name,
  expires_at: credential.expiresAt,
  updated_at: credential.updatedAt,
});

export const insertCredential = async (ctx: Context, credential: Credential, hash: string): Promise<void> => {
  await ctx.db
    .insertInto('credentials')
    .values({
      ...mutable(credential),
      id: credential.id,
      application_id: credential.applicationId,
      prefix: credential.prefix,
      hash,
      sealed: null,
      replaces_id: credential.replacesId,
      created_at: credential.createdAt,
      last_used_at: null,
      warned_at: null,
    })
    .execute();
};

export const storeCredential = async (ctx: Context, credential: Credential): Promise<void> => {
  await ctx.db.updateTable('credentials').set(mutable(credential)).where('id', '=', credential.id).execute();
};

export const removeCredential = async (ctx: Context, id: CredentialId): Promise<void> => {
  await ctx.db.deleteFrom('credentials').where('id', '=', id).execute();
};

const ofApplication = (ctx: Context, applicationId: ApplicationId) =>
  ctx.db.selectFrom('credentials').where('application_id', '=', applicationId);

/** Keys that work at an instant. */
const livingOf = (ctx: Context, applicationId: ApplicationId) =>
  ofApplication(ctx, applicationId).where(({ or, eb }) =>
    or([eb('expires_at', 'is', null), eb('expires_at', '>', toInstant(ctx.now()))]),
  );

export const findCredential = async (
  ctx: Context,
  applicationId: ApplicationId,
  id: CredentialId,
): Promise<Credential | undefined> => {
  const row = await ofApplication(ctx, applicationId).selectAll().where('id', '=', id).executeTakeFirst();
  return row && fromRow(row);
};

export const isReplaced = async (ctx: Context, id: CredentialId): Promise<boolean> =>
  (await ctx.db.selectFrom('credentials').select('id').where('replaces_id', '=', id).executeTakeFirst()) !== undefined;

export const countLiving = async (ctx: Context, applicationId: ApplicationId): Promise<number> => {
  const { count } = await livingOf(ctx, applicationId)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
};

export const selectLiving = async (ctx: Context, applicationId: ApplicationId, page: Page): Promise<Listed<Credential>> => {
  const total = await countLiving(ctx, applicationId);
  const rows = await livingOf(ctx, applicationId)
    .selectAll()
    .orderBy('created_at')
    .orderBy('id')
    .limit(page.size)
    .offset((page.number - 1) * page.size)
    .execute();
  return { items: rows.map(fromRow), total, page };
};

/** All keys of an application, also those that have expired, the newest first. */
export const selectAll = async (ctx: Context, applicationId: ApplicationId): Promise<Credential[]> => {
  const rows = await ofApplication(ctx, applicationId).selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc').execute();
  return rows.map(fromRow);
};

/** Keys whose owners have to be told that they expire before an instant, the most urgent first; not those that are replaced already. */
export const selectToWarnOf = (ctx: Context, before: Date, limit: number) =>
  ctx.db
    .selectFrom('credentials')
    .innerJoin('applications', 'applications.id', 'credentials.application_id')
    .select([
      'credentials.id',
      'credentials.expires_at',
      'credentials.application_id',
      'applications.portal_id',
      'applications.developer_id',
    ])
    .where('credentials.expires_at', '<=', toInstant(before))
    .where('credentials.expires_at', '>', toInstant(ctx.now()))
    .where('credentials.warned_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('credentials as newer').select('newer.id').whereRef('newer.replaces_id', '=', 'credentials.id'))),
    )
    .orderBy('credentials.expires_at')
    .limit(limit)
    .execute();

/** Remembers that an owner was told; false when somebody else has told them. */
export const markWarned = async (ctx: Context, id: string): Promise<boolean> => {
  const marked = await ctx.db
    .updateTable('credentials')
    .set({ warned_at: toInstant(ctx.now()) })
    .where('id', '=', id)
    .where('warned_at', 'is', null)
    .returning('id')
    .execute();
  return marked.length > 0;
};

export const removeExpiredBefore = async (ctx: Context, before: Date): Promise<number> => {
  const removed = await ctx.db.deleteFrom('credentials').where('expires_at', '<', toInstant(before)).returning('id').execute();
  return removed.length;
};
