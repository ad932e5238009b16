import { toInstant } from '../../database/codec.ts';
import type { OrganisationContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { type AdministratorId, newId } from '../ids.ts';
import { hashSecret, newSecret } from '../secrets/index.ts';

/** What a one-time link is for; `set-up` makes the first administrator, so it is nobody's yet. */
export type LinkPurpose = 'set-up' | 'invitation' | 'password';

const HOUR_MS = 3_600_000;

const LIFETIMES_MS: Record<LinkPurpose, number> = {
  'set-up': 24 * HOUR_MS,
  invitation: 7 * 24 * HOUR_MS,
  password: HOUR_MS,
};

/** A link that works still. */
export interface AdministratorLink {
  readonly purpose: LinkPurpose;
  /** whose it is; undefined where that is nobody yet */
  readonly administratorId: AdministratorId | undefined;
  readonly email: string | undefined;
  readonly name: string | undefined;
}

const hashOf = (ctx: OrganisationContext, secret: string): string => hashSecret(ctx, 'administrator link', secret);

/** Makes a one-time link; answers its secret, of which only a keyed hash is kept. Earlier links work on until one is used. */
export const createAdministratorLink = async (
  ctx: OrganisationContext,
  { purpose, administratorId }: { purpose: LinkPurpose; administratorId?: AdministratorId },
): Promise<string> => {
  const now = ctx.now();
  const secret = newSecret();
  await ctx.db
    .insertInto('administrator_links')
    .values({
      id: newId(now),
      administrator_id: administratorId ?? null,
      purpose,
      hash: hashOf(ctx, secret),
      created_at: toInstant(now),
      expires_at: toInstant(new Date(now.getTime() + LIFETIMES_MS[purpose])),
      used_at: null,
    })
    .execute();
  return secret;
};

/** What a link is for, if it works still; looking at it does not use it up. */
export const findAdministratorLink = async (ctx: OrganisationContext, secret: string): Promise<AdministratorLink | undefined> => {
  const row = await ctx.db
    .selectFrom('administrator_links')
    .leftJoin('administrators', 'administrators.id', 'administrator_links.administrator_id')
    .select(['purpose', 'administrators.id', 'administrators.email', 'administrators.name', 'administrators.status'])
    .where('hash', '=', hashOf(ctx, secret))
    .where('used_at', 'is', null)
    .where('expires_at', '>', toInstant(ctx.now()))
    .executeTakeFirst();
  if (!row || row.status === 'deactivated') return undefined;
  return {
    purpose: row.purpose as LinkPurpose,
    administratorId: (row.id as AdministratorId | null) ?? undefined,
    email: row.email ?? undefined,
    name: row.name ?? undefined,
  };
};

/** Uses a link up, and with it all others of its owner. Call it inside a transaction. @throws not-found when it does not work any more */
export const useLink = async (ctx: OrganisationContext, secret: string): Promise<AdministratorLink> => {
  const link = await findAdministratorLink(ctx, secret);
  const used = await ctx.db
    .updateTable('administrator_links')
    .set({ used_at: toInstant(ctx.now()) })
    .where('hash', '=', hashOf(ctx, secret))
    .where('used_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!link || !used) throw notFound('Link');
  if (link.administratorId !== undefined)
    await ctx.db
      .deleteFrom('administrator_links')
      .where('administrator_id', '=', link.administratorId)
      .where('id', '<>', used.id)
      .execute();
  return link;
};

/** Forgets links that nobody can use any more. */
export const deleteExpiredAdministratorLinks = async (ctx: OrganisationContext): Promise<void> => {
  await ctx.db.deleteFrom('administrator_links').where('expires_at', '<=', toInstant(ctx.now())).execute();
};
