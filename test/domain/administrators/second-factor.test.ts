import { Secret, TOTP } from 'otpauth';
import { expect, it } from 'vitest';
import {
  beginSecondFactor,
  confirmSecondFactor,
  countRecoveryCodes,
  createOrganisationAdmin,
  disableSecondFactor,
  findAdministratorSession,
  findNewSecondFactor,
  getAdministrator,
  logInAdministrator,
  replaceRecoveryCodes,
  showSecondFactor,
} from '../../../src/domain/administrators/index.ts';
import { organisationContext, testClock } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

const ADA = { email: 'ada@example.org', name: 'Ada', password: 'four harbours in the fog' };
const BROWSER = { userAgent: 'Firefox', device: undefined };
const STEP_MS = 30_000;

onEachDatabase('a second factor', (open) => {
  const clock = testClock();
  const codeOf = (secret: string, offset = 0): string =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock.now().getTime() + offset * STEP_MS });

  const start = async () => {
    const connection = await open();
    const ctx = organisationContext(connection, { now: clock.now });
    const { id } = await createOrganisationAdmin(ctx, ADA);
    await beginSecondFactor(ctx, id);
    const { secret = '', uri = '' } = (await findNewSecondFactor(ctx, id)) ?? {};
    const codes = await confirmSecondFactor(ctx, id, codeOf(secret));
    clock.advance(STEP_MS);
    const waiting = async () => {
      const { secret: session, needsSecondFactor } = await logInAdministrator(ctx, ADA, BROWSER);
      expect(needsSecondFactor).toBe(true);
      const found = await findAdministratorSession(ctx, session);
      if (!found || found.isOpen) throw new Error('the session does not wait');
      return found;
    };
    return { connection, ctx, id, secret, uri, codes, waiting };
  };

  it('counts once a code of it was shown; its secret is sealed', async () => {
    const connection = await open();
    const ctx = organisationContext(connection, { now: clock.now });
    const { id } = await createOrganisationAdmin(ctx, ADA);
    await beginSecondFactor(ctx, id);
    const first = await findNewSecondFactor(ctx, id);
    await beginSecondFactor(ctx, id);
    const { secret = '', uri } = (await findNewSecondFactor(ctx, id)) ?? {};
    expect(secret).not.toBe(first?.secret);
    expect(uri).toMatch(/^otpauth:\/\/totp\/Portico:ada%40example.org\?issuer=Portico&secret=[A-Z2-7]{32}&/);
    const stored = await connection.db.selectFrom('administrators').select('totp_secret').executeTakeFirstOrThrow();
    expect(stored.totp_secret).not.toContain(secret);
    expect((await logInAdministrator(ctx, ADA, BROWSER)).needsSecondFactor).toBe(false);
    await expect(confirmSecondFactor(ctx, id, '000000')).rejects.toMatchObject({ issues: [{ field: 'code' }] });
    await confirmSecondFactor(ctx, id, ` ${codeOf(secret).replace(/^.../, '$& ')}`);
    expect(await getAdministrator(ctx, id)).toMatchObject({ hasSecondFactor: true });
    await expect(beginSecondFactor(ctx, id)).rejects.toMatchObject({ kind: 'conflict' });
    expect(await findNewSecondFactor(ctx, id)).toBeUndefined();
  });

  it('opens a session by a code, each of them once, and gives it a new secret', async () => {
    const { ctx, secret, waiting } = await start();
    const session = await waiting();
    const opened = await showSecondFactor(ctx, session, codeOf(secret), BROWSER);
    const found = await findAdministratorSession(ctx, opened.secret);
    expect(found?.isOpen).toBe(true);
    expect(found?.id).not.toBe(session.id);
    const other = await waiting();
    for (const code of [codeOf(secret), codeOf(secret, -1), codeOf(secret, 3), '000000'])
      await expect(showSecondFactor(ctx, other, code, BROWSER), code).rejects.toMatchObject({ kind: 'unauthenticated' });
    await showSecondFactor(ctx, other, codeOf(secret, 1), BROWSER);
  });

  it('can be replaced by a recovery code, each of them once', async () => {
    const { ctx, id, codes, waiting } = await start();
    expect(new Set(codes).size).toBe(10);
    const [code = '', other = ''] = codes;
    await showSecondFactor(ctx, await waiting(), ` ${code.toUpperCase().replace('-', ' ')}`, BROWSER);
    expect(await countRecoveryCodes(ctx, id)).toBe(9);
    await expect(showSecondFactor(ctx, await waiting(), code, BROWSER)).rejects.toMatchObject({ kind: 'unauthenticated' });
    await expect(replaceRecoveryCodes(ctx, id, 'wrong')).rejects.toMatchObject({ kind: 'invalid' });
    const renewed = await replaceRecoveryCodes(ctx, id, ADA.password);
    await expect(showSecondFactor(ctx, await waiting(), other, BROWSER)).rejects.toMatchObject({ kind: 'unauthenticated' });
    await showSecondFactor(ctx, await waiting(), renewed[0] ?? '', BROWSER);
  });

  it('cannot be guessed', async () => {
    const { ctx, secret, waiting } = await start();
    const session = await waiting();
    for (let i = 0; i < 10; i++)
      await expect(showSecondFactor(ctx, session, `guess ${i}`, BROWSER)).rejects.toMatchObject({ kind: 'unauthenticated' });
    await expect(showSecondFactor(ctx, session, codeOf(secret), BROWSER)).rejects.toMatchObject({ kind: 'rate-limited' });
  });

  it('waits ten minutes at most', async () => {
    const { ctx } = await start();
    const { secret } = await logInAdministrator(ctx, ADA, BROWSER);
    clock.advance(10 * 60_000);
    expect(await findAdministratorSession(ctx, secret)).toBeUndefined();
  });

  it('is turned off by whoever knows the password', async () => {
    const { ctx, id } = await start();
    await expect(disableSecondFactor(ctx, id, 'wrong')).rejects.toMatchObject({ issues: [{ field: 'password' }] });
    await disableSecondFactor(ctx, id, ADA.password);
    expect((await logInAdministrator(ctx, ADA, BROWSER)).needsSecondFactor).toBe(false);
    expect(await countRecoveryCodes(ctx, id)).toBe(0);
  });
});
