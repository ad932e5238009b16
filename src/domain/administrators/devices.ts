import { toInstant } from '../../database/codec.ts';
import type { OrganisationContext } from '../context.ts';
import type { AdministratorId } from '../ids.ts';
import { hashSecret, newSecret } from '../secrets/index.ts';

const SECRET = /^[\w-]{43}$/;

const idOf = (ctx: OrganisationContext, device: string): string => hashSecret(ctx, 'administrator device', device);

/** Whether somebody has logged in with a browser before. */
export const isKnownDevice = async (
  ctx: OrganisationContext,
  id: AdministratorId,
  device: string | undefined,
): Promise<boolean> => {
  const row = await ctx.db
    .selectFrom('administrator_devices')
    .select('device_id')
    .where('administrator_id', '=', id)
    .where('device_id', '=', idOf(ctx, device ?? ''))
    .executeTakeFirst();
  return row !== undefined;
};

/**
 * Notes which browser somebody logs in with. A browser is told by the secret of a long-lived cookie, which is made where there is none.
 * `isNew`: they have used others before, but never this one.
 */
export const noteDevice = async (
  ctx: OrganisationContext,
  id: AdministratorId,
  given: string | undefined,
): Promise<{ readonly device: string; readonly deviceId: string; readonly isNew: boolean }> => {
  const device = given !== undefined && SECRET.test(given) ? given : newSecret();
  const deviceId = idOf(ctx, device);
  const others = await ctx.db
    .selectFrom('administrator_devices')
    .select('device_id')
    .where('administrator_id', '=', id)
    .limit(1)
    .execute();
  const added = await ctx.db
    .insertInto('administrator_devices')
    .values({ administrator_id: id, device_id: deviceId, first_used_at: toInstant(ctx.now()) })
    .onConflict((conflict) => conflict.columns(['administrator_id', 'device_id']).doNothing())
    .returning('device_id')
    .executeTakeFirst();
  return { device, deviceId, isNew: added !== undefined && others.length > 0 };
};
