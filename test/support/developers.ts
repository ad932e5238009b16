import type { Context } from '../../src/domain/context.ts';
import { type DeveloperId, newId, type PortalId } from '../../src/domain/ids.ts';
import { fold } from '../../src/lib/text.ts';

export interface GivenDeveloper {
  readonly email?: string;
  readonly fullName?: string;
  readonly status?: 'approved' | 'pending' | 'rejected' | 'revoked';
}

/** A developer of a portal who is just there, without having signed up; approved unless told otherwise. */
export const givenDeveloper = async (
  ctx: Pick<Context, 'db' | 'now'>,
  portalId: PortalId,
  { email, fullName = 'Ada Harbour', status = 'approved' }: GivenDeveloper = {},
): Promise<DeveloperId> => {
  const now = ctx.now();
  const id = newId<DeveloperId>(now);
  const address = email ?? `${id}@example.com`;
  await ctx.db
    .insertInto('developers')
    .values({
      id,
      portal_id: portalId,
      email: address,
      email_key: fold(address),
      full_name: fullName,
      name_key: fold(fullName),
      status,
      status_reason: null,
      password_hash: null,
      email_verified_at: now.toISOString(),
      created_at: now.toISOString(),
      updated_at: now.toISOString(),
    })
    .execute();
  return id;
};
