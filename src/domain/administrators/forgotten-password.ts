import { networkOf } from '../../lib/network.ts';
import { fold } from '../../lib/text.ts';
import { inTransaction, type OrganisationContextWithPorts } from '../context.ts';
import { recordForOrganisation } from '../events/index.ts';
import { NOBODY } from '../ids.ts';
import { hashSecret } from '../secrets/index.ts';

/**
 * Has a link sent to whoever has this address, if that is somebody who can log in. The answer, the writes and the time are the same for
 * any address.
 * @throws rate-limited
 */
export const forgetPassword = async (ctx: OrganisationContextWithPorts, email: string): Promise<void> => {
  const emailKey = fold(email.trim());
  await ctx.ports.rateLimits.count('mail from an address', networkOf(ctx.origin?.address ?? ''));
  await ctx.ports.rateLimits.count('mail to an account', hashSecret(ctx, 'mail limit', emailKey).slice(0, 32));
  await inTransaction(ctx, async (ctx) => {
    const row = await ctx.db
      .selectFrom('administrators')
      .select('id')
      .where('email_key', '=', emailKey)
      .where('status', '=', 'active')
      .executeTakeFirst();
    await recordForOrganisation(ctx, { action: 'administrator.password-forgotten', subjectId: row?.id ?? NOBODY });
  });
};
