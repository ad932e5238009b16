import { randomInt } from 'node:crypto';
import { toInstant } from '../../database/codec.ts';
import type { OrganisationContext } from '../context.ts';
import type { AdministratorId } from '../ids.ts';
import { hashSecret } from '../secrets/index.ts';

const COUNT = 10;
/** Without what looks alike: 0 and o, 1 and l and i. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';
const HALF = 5;

const half = (): string => Array.from({ length: HALF }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** As it was shown, however it was typed. */
const normalise = (code: string): string => code.toLowerCase().replace(/[\s-]/g, '');

const hashOf = (ctx: OrganisationContext, id: AdministratorId, code: string): string =>
  hashSecret(ctx, 'recovery code', `${id} ${normalise(code)}`);

/** Makes recovery codes in the place of all earlier ones; they are shown once. Call it inside a transaction. */
export const renewRecoveryCodes = async (ctx: OrganisationContext, id: AdministratorId): Promise<string[]> => {
  const codes = Array.from({ length: COUNT }, () => `${half()}-${half()}`);
  await forgetRecoveryCodes(ctx, id);
  await ctx.db
    .insertInto('administrator_recovery_codes')
    .values(codes.map((code) => ({ hash: hashOf(ctx, id, code), administrator_id: id, used_at: null })))
    .execute();
  return codes;
};

/** Takes all recovery codes away. */
export const forgetRecoveryCodes = async (ctx: OrganisationContext, id: AdministratorId): Promise<void> => {
  await ctx.db.deleteFrom('administrator_recovery_codes').where('administrator_id', '=', id).execute();
};

/** Uses a recovery code up; false when there is none such, or it was used before. */
export const useRecoveryCode = async (ctx: OrganisationContext, id: AdministratorId, code: string): Promise<boolean> => {
  const used = await ctx.db
    .updateTable('administrator_recovery_codes')
    .set({ used_at: toInstant(ctx.now()) })
    .where('administrator_id', '=', id)
    .where('hash', '=', hashOf(ctx, id, code))
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return used.numUpdatedRows > 0n;
};

/** How many recovery codes are left. */
export const countRecoveryCodes = async (ctx: OrganisationContext, id: AdministratorId): Promise<number> => {
  const { count } = await ctx.db
    .selectFrom('administrator_recovery_codes')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('administrator_id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
};
