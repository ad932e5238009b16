import { fromJson, toJson } from '../../database/codec.ts';
import { lockRow } from '../../database/lock.ts';
import { differences } from '../../lib/differences.ts';
import { demand } from '../access/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { notFound } from '../errors.ts';
import { record } from '../events/index.ts';
import type { PortalId } from '../ids.ts';

/** How long API keys of a portal's applications live. */
export interface KeyPolicy {
  /** after so many days a key expires; null: never */
  readonly maxAgeDays: number | null;
  /** so long a key may go on working beside the one that replaces it */
  readonly maxOverlapHours: number;
}

/** Of a portal that says nothing else. */
const INITIAL_KEY_POLICY: KeyPolicy = { maxAgeDays: null, maxOverlapHours: 7 * 24 };

/** @throws not-found when there is no such portal */
export const getKeyPolicy = async (ctx: Context, id: PortalId): Promise<KeyPolicy> => {
  const row = await ctx.db.selectFrom('portals').select('key_policy').where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('Portal');
  return row.key_policy === null ? INITIAL_KEY_POLICY : fromJson<KeyPolicy>(row.key_policy);
};

/** {@link getKeyPolicy} for the administration. @throws not-found; forbidden */
export const readKeyPolicy = async (ctx: Context, id: PortalId): Promise<KeyPolicy> => {
  demand(ctx.actor, 'portal.read', id, 'Portal');
  return getKeyPolicy(ctx, id);
};

/** Changes how long keys live that are made from now on; absent leaves as it is. @throws not-found; forbidden */
export const updateKeyPolicy = (
  ctx: Context,
  id: PortalId,
  changes: { readonly [Key in keyof KeyPolicy]?: KeyPolicy[Key] | undefined },
): Promise<KeyPolicy> =>
  inTransaction(ctx, async (ctx) => {
    demand(ctx.actor, 'portal.administer', id, 'Portal');
    await lockRow(ctx.db, ctx.engine, 'portals', id);
    const before = await getKeyPolicy(ctx, id);
    const after: KeyPolicy = {
      maxAgeDays: changes.maxAgeDays === undefined ? before.maxAgeDays : changes.maxAgeDays,
      maxOverlapHours: changes.maxOverlapHours ?? before.maxOverlapHours,
    };
    await ctx.db
      .updateTable('portals')
      .set({ key_policy: toJson(after) })
      .where('id', '=', id)
      .execute();
    const details = differences(before, after, ['maxAgeDays', 'maxOverlapHours']);
    await record(ctx, { action: 'portal.key-policy-updated', subjectId: id, portalId: id, details });
    return after;
  });
