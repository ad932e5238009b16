import { toInstant } from '../../database/codec.ts';
import { type Context, inTransaction } from '../context.ts';
import { gone, notFound } from '../errors.ts';
import { type DeveloperId, newId, type PortalId } from '../ids.ts';
import { hashSecret, newUuidSecret } from '../secrets/index.ts';

const HOUR = 3_600_000;

/** What links in mails are for, and how long they work. */
const LIFETIMES = { 'confirm-address': 72 * HOUR, 'set-password': 2 * HOUR, 'reset-password': 2 * HOUR } as const;

/** `set-password` comes from confirming an address, the others by mail. */
export type LinkPurpose = keyof typeof LIFETIMES;

/** Links are forgotten this long after they have expired; until then they are told from those that never were. */
const REMEMBERED_MS = 30 * 24 * HOUR;

const hashOf = (ctx: Context, token: string): string => hashSecret(ctx, 'developer link', token.toLowerCase());

/** The token of a new link, in the clear: only its hash is kept. It works once. */
export const createDeveloperLink = async (
  ctx: Context,
  { developerId, purpose }: { readonly developerId: DeveloperId; readonly purpose: LinkPurpose },
): Promise<string> => {
  const now = ctx.now();
  const token = newUuidSecret();
  await ctx.db
    .insertInto('developer_links')
    .values({
      id: newId(now),
      developer_id: developerId,
      purpose,
      hash: hashOf(ctx, token),
      created_at: toInstant(now),
      expires_at: toInstant(new Date(now.getTime() + LIFETIMES[purpose])),
    })
    .execute();
  return token;
};

/** Whose link a token is. @throws not-found for one that never was or is used up; gone for one that has expired */
export const getLink = async (
  ctx: Context,
  portalId: PortalId,
  token: string,
  purposes: readonly LinkPurpose[],
): Promise<DeveloperId> => {
  const row = await ctx.db
    .selectFrom('developer_links')
    .innerJoin('developers', 'developers.id', 'developer_links.developer_id')
    .select(['developer_links.developer_id', 'developer_links.expires_at'])
    .where('developer_links.hash', '=', hashOf(ctx, token))
    .where('developer_links.purpose', 'in', purposes)
    .where('developers.portal_id', '=', portalId)
    .executeTakeFirst();
  if (!row) throw notFound('Token');
  if (row.expires_at <= toInstant(ctx.now())) throw gone('The token has expired');
  return row.developer_id as DeveloperId;
};

/** Uses up a link, and with it all others of the developer's for the same. @throws not-found when somebody was faster */
export const consumeLink = async (ctx: Context, token: string): Promise<void> => {
  const used = await ctx.db
    .deleteFrom('developer_links')
    .where('hash', '=', hashOf(ctx, token))
    .returning(['developer_id', 'purpose'])
    .executeTakeFirst();
  if (!used) throw notFound('Token');
  await dropLinks(ctx, used.developer_id as DeveloperId, [used.purpose as LinkPurpose]);
};

/** Makes links of a developer's work no more. */
export const dropLinks = async (ctx: Context, developerId: DeveloperId, purposes: readonly LinkPurpose[]): Promise<void> => {
  await ctx.db.deleteFrom('developer_links').where('developer_id', '=', developerId).where('purpose', 'in', purposes).execute();
};

/** Forgets links that expired long ago; called from time to time. */
export const pruneDeveloperLinks = (ctx: Context): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    const until = toInstant(new Date(ctx.now().getTime() - REMEMBERED_MS));
    await ctx.db.deleteFrom('developer_links').where('expires_at', '<=', until).execute();
  });
