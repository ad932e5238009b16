import type { Context } from '../context.ts';
import type { DeveloperId, PortalId } from '../ids.ts';

/** A developer to write to, or about. */
export interface Correspondent {
  readonly id: DeveloperId;
  readonly name: string;
  readonly email: string;
}

/** @returns undefined for one who has been deleted since */
export const findCorrespondent = async ({ db }: Context, id: unknown): Promise<Correspondent | undefined> => {
  if (typeof id !== 'string') return undefined;
  const row = await db.selectFrom('developers').select(['id', 'full_name', 'email']).where('id', '=', id).executeTakeFirst();
  return row && { id: row.id as DeveloperId, name: row.full_name, email: row.email };
};

/** What a version and its product are called. */
export interface VersionNames {
  readonly product: string;
  readonly productSlug: string;
  readonly version: string;
  readonly versionSlug: string;
}

/** @returns undefined for one that has been deleted since */
export const findVersionNames = async ({ db }: Context, id: unknown): Promise<VersionNames | undefined> => {
  if (typeof id !== 'string') return undefined;
  return db
    .selectFrom('product_versions as version')
    .innerJoin('products as product', 'product.id', 'version.product_id')
    .select(['product.name as product', 'product.slug as productSlug', 'version.name as version', 'version.slug as versionSlug'])
    .where('version.id', '=', id)
    .executeTakeFirst();
};

/** @returns undefined for one that has been deleted since */
export const findApplicationName = async ({ db }: Context, id: unknown): Promise<string | undefined> => {
  if (typeof id !== 'string') return undefined;
  const row = await db.selectFrom('applications').select('name').where('id', '=', id).executeTakeFirst();
  return row?.name;
};

/** The developers whose applications may use a version in a portal, or ask to. */
export const listRegistered = async ({ db }: Context, portalId: PortalId, versionId: unknown): Promise<Correspondent[]> => {
  if (typeof versionId !== 'string') return [];
  const rows = await db
    .selectFrom('developers')
    .select(['id', 'full_name', 'email'])
    .where('portal_id', '=', portalId)
    .where('status', '=', 'approved')
    .where('id', 'in', ({ selectFrom }) =>
      selectFrom('registrations')
        .select('developer_id')
        .where('portal_id', '=', portalId)
        .where('version_id', '=', versionId)
        .where('status', 'in', ['approved', 'pending']),
    )
    .execute();
  return rows.map((row) => ({ id: row.id as DeveloperId, name: row.full_name, email: row.email }));
};

/** The key that an event is about. */
export const findKey = async (
  { db }: Context,
  id: string,
): Promise<{ name: string; prefix: string; expiresAt: string } | undefined> => {
  const row = await db.selectFrom('credentials').select(['name', 'prefix', 'expires_at']).where('id', '=', id).executeTakeFirst();
  return row?.expires_at ? { name: row.name, prefix: row.prefix, expiresAt: row.expires_at } : undefined;
};

/** The browser of a developer's session. */
export const findUserAgent = async ({ db }: Context, sessionId: string): Promise<string | undefined> => {
  const row = await db.selectFrom('developer_sessions').select('user_agent').where('id', '=', sessionId).executeTakeFirst();
  return row?.user_agent ?? undefined;
};
