import { Secret, TOTP } from 'otpauth';
import { toInstant } from '../../database/codec.ts';
import { inTransaction, type OrganisationContext, type OrganisationContextWithPorts } from '../context.ts';
import { conflict, invalid, unauthenticated } from '../errors.ts';
import { recordForOrganisation } from '../events/index.ts';
import type { AdministratorId } from '../ids.ts';
import { seal, unseal } from '../secrets/index.ts';
import { actingAs } from './administrator.ts';
import { openSession } from './log-in.ts';
import { demandPassword } from './passwords.ts';
import { forgetRecoveryCodes, renewRecoveryCodes, useRecoveryCode } from './recovery-codes.ts';
import type { Browser, PresentedSession } from './sessions.ts';

const PURPOSE = 'second factor';
const ISSUER = 'Portico';
const PERIOD_SECONDS = 30;
const SECRET_BYTES = 20; // RFC 4226, section 4: 160 bits
/** RFC 6238, section 5.2: one step before and after, for clocks that differ. */
const WINDOW = 1;

/** What an authenticator is given. */
export interface SecondFactor {
  /** in Base32, to be typed */
  readonly secret: string;
  /** `otpauth://…`, to be scanned */
  readonly uri: string;
}

const totpOf = (secret: string, label: string): TOTP =>
  new TOTP({ issuer: ISSUER, label, secret: Secret.fromBase32(secret), period: PERIOD_SECONDS });

const stateOf = (ctx: OrganisationContext, id: AdministratorId) =>
  ctx.db
    .selectFrom('administrators')
    .select(['email', 'totp_secret', 'totp_confirmed_at'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

const secretOf = (ctx: OrganisationContext, sealed: string | null): string | undefined =>
  sealed === null ? undefined : unseal(ctx, PURPOSE, sealed);

/** Makes a secret for an authenticator; it counts once a code of it was shown. @throws conflict when there is one that counts */
export const beginSecondFactor = (ctx: OrganisationContext, id: AdministratorId): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    const secret = new Secret({ size: SECRET_BYTES }).base32;
    const begun = await ctx.db
      .updateTable('administrators')
      .set({ totp_secret: seal(ctx, PURPOSE, secret), totp_last_step: null })
      .where('id', '=', id)
      .where('totp_confirmed_at', 'is', null)
      .executeTakeFirst();
    if (begun.numUpdatedRows === 0n) throw conflict('There is a second factor already: turn it off first');
    await recordForOrganisation(ctx, { action: 'administrator.second-factor-begun', subjectId: id });
  });

/** The secret that was made and does not count yet. */
export const findNewSecondFactor = async (ctx: OrganisationContext, id: AdministratorId): Promise<SecondFactor | undefined> => {
  const { email, totp_secret, totp_confirmed_at } = await stateOf(ctx, id);
  const secret = totp_confirmed_at === null ? secretOf(ctx, totp_secret) : undefined;
  return secret === undefined ? undefined : { secret, uri: totpOf(secret, email).toString() };
};

/** Takes a code, each only once. Call it inside a transaction. */
const takeCode = async (ctx: OrganisationContext, id: AdministratorId, code: string): Promise<boolean> => {
  const { email, totp_secret } = await stateOf(ctx, id);
  const secret = secretOf(ctx, totp_secret);
  const timestamp = ctx.now().getTime();
  const token = code.replace(/\s/g, '');
  const delta = secret === undefined ? null : totpOf(secret, email).validate({ token, timestamp, window: WINDOW });
  if (delta === null) return false;
  const step = TOTP.counter({ period: PERIOD_SECONDS, timestamp }) + delta;
  const taken = await ctx.db
    .updateTable('administrators')
    .set({ totp_last_step: step })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('totp_last_step', 'is', null), eb('totp_last_step', '<', step)]))
    .executeTakeFirst();
  return taken.numUpdatedRows > 0n;
};

const WRONG = 'This code is wrong, has expired or was used before';

/** Has the second factor count from now on. Answers the recovery codes, to be shown once. @throws invalid for a wrong code */
export const confirmSecondFactor = (ctx: OrganisationContext, id: AdministratorId, code: string): Promise<string[]> =>
  inTransaction(ctx, async (ctx) => {
    const { totp_confirmed_at } = await stateOf(ctx, id);
    if (totp_confirmed_at !== null) throw conflict('There is a second factor already: turn it off first');
    if (!(await takeCode(ctx, id, code))) throw invalid({ field: 'code', rule: 'invalid', reason: WRONG });
    await ctx.db
      .updateTable('administrators')
      .set({ totp_confirmed_at: toInstant(ctx.now()) })
      .where('id', '=', id)
      .execute();
    await recordForOrganisation(ctx, { action: 'administrator.second-factor-enabled', subjectId: id });
    return renewRecoveryCodes(ctx, id);
  });

/** New recovery codes in the place of the old ones. @throws invalid when the password is wrong; rate-limited */
export const replaceRecoveryCodes = async (
  ctx: OrganisationContextWithPorts,
  id: AdministratorId,
  password: string,
): Promise<string[]> => {
  await demandPassword(ctx, id, password);
  return inTransaction(ctx, async (ctx) => {
    await recordForOrganisation(ctx, { action: 'administrator.recovery-codes-renewed', subjectId: id });
    return renewRecoveryCodes(ctx, id);
  });
};

/** Takes the second factor away, with its recovery codes. Call it inside a transaction. */
export const removeSecondFactor = async (ctx: OrganisationContext, id: AdministratorId): Promise<void> => {
  await ctx.db
    .updateTable('administrators')
    .set({ totp_secret: null, totp_confirmed_at: null, totp_last_step: null })
    .where('id', '=', id)
    .execute();
  await forgetRecoveryCodes(ctx, id);
  await recordForOrganisation(ctx, { action: 'administrator.second-factor-disabled', subjectId: id });
};

/** Turns one's own second factor off. @throws invalid when the password is wrong; rate-limited */
export const disableSecondFactor = async (
  ctx: OrganisationContextWithPorts,
  id: AdministratorId,
  password: string,
): Promise<void> => {
  await demandPassword(ctx, id, password);
  await inTransaction(ctx, (ctx) => removeSecondFactor(ctx, id));
};

/**
 * Opens a session that waits for its second factor: a code of the authenticator, or a recovery code. The session gets a new secret.
 * @throws unauthenticated for a wrong code; rate-limited
 */
export const showSecondFactor = async (
  ctx: OrganisationContextWithPorts,
  { id: sessionId, administrator: { id } }: PresentedSession,
  code: string,
  browser: Browser,
): Promise<{ readonly secret: string; readonly device: string }> => {
  await ctx.ports.rateLimits.count('second factor of an account', id);
  const opened = await inTransaction(actingAs(ctx, id), async (ctx) => {
    const byCode = await takeCode(ctx, id, code);
    if (!byCode && !(await useRecoveryCode(ctx, id, code))) {
      await recordForOrganisation(ctx, {
        action: 'administrator-session.failed',
        subjectId: id,
        details: { step: 'second factor' },
      });
      return undefined;
    }
    if (!byCode) await recordForOrganisation(ctx, { action: 'administrator.recovery-code-used', subjectId: id });
    await ctx.db.deleteFrom('administrator_sessions').where('id', '=', sessionId).execute();
    return openSession(ctx, id, browser, true);
  });
  if (!opened) throw unauthenticated(WRONG);
  await ctx.ports.rateLimits.forget('second factor of an account', id);
  return opened;
};
