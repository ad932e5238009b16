import { toInstant } from '../../database/codec.ts';
import { networkOf } from '../../lib/network.ts';
import { fold } from '../../lib/text.ts';
import { inTransaction, type OrganisationContext, type OrganisationContextWithPorts } from '../context.ts';
import { unauthenticated } from '../errors.ts';
import { recordForOrganisation } from '../events/index.ts';
import { type AdministratorId, NOBODY } from '../ids.ts';
import { hashSecret } from '../secrets/index.ts';
import { actingAs } from './administrator.ts';
import { isKnownDevice, noteDevice } from './devices.ts';
import { type Browser, beginSession } from './sessions.ts';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** A session that has begun. */
export interface LogIn {
  /** for the browser's cookie */
  readonly secret: string;
  /** for the browser's long-lived cookie */
  readonly device: string;
  /** whether a second factor has to be shown before the session opens anything */
  readonly needsSecondFactor: boolean;
}

const WRONG = 'The e-mail address or the password is wrong';

/** What attempts are counted under: no address is kept. A browser that logged in before is not locked out by what others try. */
const limitKey = (ctx: OrganisationContext, emailKey: string, device: string | undefined): string =>
  hashSecret(ctx, 'log-in limit', `${emailKey} ${device ?? ''}`).slice(0, 32);

/**
 * Logs an administrator in. An unknown address, a wrong password and somebody who may not log in are told apart neither by the answer nor
 * by the time and the writes it takes.
 * @throws unauthenticated; rate-limited
 */
export const logInAdministrator = async (
  ctx: OrganisationContextWithPorts,
  { email, password }: Credentials,
  browser: Browser,
): Promise<LogIn> => {
  const { passwords, rateLimits } = ctx.ports;
  const emailKey = fold(email.trim());
  const row = await ctx.db
    .selectFrom('administrators')
    .select(['id', 'password_hash', 'status', 'totp_confirmed_at'])
    .where('email_key', '=', emailKey)
    .executeTakeFirst();
  const id = (row?.id ?? NOBODY) as AdministratorId;
  const known = await isKnownDevice(ctx, id, browser.device);
  const key = limitKey(ctx, emailKey, known ? browser.device : undefined);
  await rateLimits.count('log-in from an address', networkOf(ctx.origin?.address ?? ''));
  await rateLimits.count('log-in of an account', key);
  const matches = await passwords.verify(row?.password_hash, password);
  if (!matches || row?.status !== 'active') {
    await recordForOrganisation(ctx, { action: 'administrator-session.failed', subjectId: id });
    throw unauthenticated(WRONG);
  }
  await rateLimits.forget('log-in of an account', key);
  const needsSecondFactor = row.totp_confirmed_at !== null;
  return inTransaction(ctx, async (ctx) => ({ ...(await openSession(ctx, id, browser, !needsSecondFactor)), needsSecondFactor }));
};

/** Begins a session; one that opens something is noted, with its browser. Call it inside a transaction. */
export const openSession = async (
  ctx: OrganisationContext,
  id: AdministratorId,
  browser: Browser,
  isOpen: boolean,
): Promise<{ readonly secret: string; readonly device: string }> => {
  const as = actingAs(ctx, id);
  const { userAgent } = browser;
  if (!isOpen) {
    const { secret } = await beginSession(as, id, { userAgent, deviceId: undefined, isOpen });
    return { secret, device: browser.device ?? '' };
  }
  const { device, deviceId, isNew } = await noteDevice(as, id, browser.device);
  const session = await beginSession(as, id, { userAgent, deviceId, isOpen });
  await as.db
    .updateTable('administrators')
    .set({ last_login_at: toInstant(as.now()) })
    .where('id', '=', id)
    .execute();
  const details = { administrator_id: id };
  await recordForOrganisation(as, { action: 'administrator-session.created', subjectId: session.id, details });
  if (isNew) await recordForOrganisation(as, { action: 'administrator-session.device-added', subjectId: session.id, details });
  return { secret: session.secret, device };
};
