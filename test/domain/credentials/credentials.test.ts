import { crc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import { createApplication } from '../../../src/domain/applications/index.ts';
import { createAuthStrategy } from '../../../src/domain/auth-strategies/index.ts';
import {
  createCredential,
  deleteCredential,
  forgetExpiredCredentials,
  getCredential,
  listAllCredentials,
  listCredentials,
  MAX_CREDENTIALS,
  renameCredential,
  rotateCredential,
  warnOfExpiringCredentials,
} from '../../../src/domain/credentials/index.ts';
import { getKeyPolicy, readKeyPolicy, updateKeyPolicy } from '../../../src/domain/portals/index.ts';
import { testClock, testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';
import { givenDeveloper } from '../../support/developers.ts';
import { administrator, registrationScene } from '../../support/registrations.ts';

const PAGE = { number: 1, size: 100 };
const DAY = 86_400_000;
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The number that a checksum says. */
const numberOf = (digits: string): number => [...digits].reduce((sum, digit) => sum * 62 + DIGITS.indexOf(digit), 0);

onEachDatabase('credentials', (open) => {
  it('are keys with prefix and checksum, shown once and kept as a hash', async () => {
    const ctx = testContext(await open());
    const { addApplication } = await registrationScene(ctx);
    const shop = await addApplication();
    const made = await createCredential(ctx, shop, ' Server ');
    const [, random = '', checksum = ''] = /^portico_([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/.exec(made.key) ?? [];
    expect(numberOf(checksum)).toBe(crc32(random));
    expect(made).toMatchObject({ name: 'Server', prefix: `portico_${random.slice(0, 4)}`, lastUsedAt: null, expiresAt: null });
    const { key, ...credential } = made;
    expect((await listCredentials(ctx, shop, PAGE)).items).toEqual([credential]);
    const stored = JSON.stringify([
      await ctx.db.selectFrom('credentials').selectAll().execute(),
      await ctx.db.selectFrom('audit_events').selectAll().execute(),
      await ctx.db.selectFrom('outbox').selectAll().execute(),
    ]);
    expect(stored).not.toContain(key.slice(-12));
    expect((await createCredential(ctx, shop)).name).toBe('Key 2');
  });

  it('are renamed and deleted by their owner; to others they are not there', async () => {
    const ctx = testContext(await open());
    const { portal, addApplication } = await registrationScene(ctx);
    const [shop, till] = [await addApplication('Shop'), await addApplication('Till')];
    const { id } = await createCredential(ctx, shop);
    const foreign = { ...shop, developerId: await givenDeveloper(ctx, portal.id) };
    for (const wrong of [
      { ...foreign, credentialId: id },
      { ...till, credentialId: id },
    ]) {
      await expect(getCredential(ctx, wrong)).rejects.toMatchObject({ kind: 'not-found' });
      await expect(renameCredential(ctx, wrong, 'x')).rejects.toMatchObject({ kind: 'not-found' });
      await expect(rotateCredential(ctx, wrong, 0)).rejects.toMatchObject({ kind: 'not-found' });
      await expect(deleteCredential(ctx, wrong)).rejects.toMatchObject({ kind: 'not-found' });
    }
    await expect(createCredential(ctx, foreign)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(listCredentials(ctx, foreign, PAGE)).rejects.toMatchObject({ kind: 'not-found' });
    const own = { ...shop, credentialId: id };
    expect(await renameCredential(ctx, own, 'Server')).toMatchObject({ id, name: 'Server' });
    await deleteCredential(ctx, own);
    expect(await listAllCredentials(ctx, shop)).toEqual([]);
  });

  it('are for applications that show keys, twenty at most', async () => {
    const ctx = testContext(await open());
    const { owner, addVersion, addApplication } = await registrationScene(ctx);
    const login = await createAuthStrategy(ctx, {
      name: 'Login',
      displayName: 'Login',
      config: {
        type: 'openid_connect',
        issuer: 'https://id.example',
        credentialClaims: [],
        scopes: [],
        authMethods: [],
        further: {},
      },
    });
    await addVersion('v2', { authStrategyIds: [login.id] });
    const app = await createApplication(ctx, owner, { name: 'Till', authStrategyId: login.id, referenceId: 'x' });
    await expect(createCredential(ctx, { ...owner, applicationId: app.id })).rejects.toMatchObject({ kind: 'invalid' });
    const shop = await addApplication();
    const made = await createCredential(ctx, shop);
    for (let count = 1; count < MAX_CREDENTIALS; count++) await createCredential(ctx, shop);
    await expect(createCredential(ctx, shop)).rejects.toMatchObject({ kind: 'forbidden' });
    const own = { ...shop, credentialId: made.id };
    await expect(rotateCredential(ctx, own, 1)).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await rotateCredential(ctx, own, 0)).toMatchObject({ name: made.name });
    expect((await listCredentials(ctx, shop, PAGE)).total).toBe(MAX_CREDENTIALS);
  });

  it('are rotated: the old one lives on for a while, as long as the portal lets it', async () => {
    const clock = testClock();
    const ctx = testContext(await open(), { now: clock.now });
    const { portal, addApplication } = await registrationScene(ctx);
    const shop = await addApplication();
    const old = await createCredential(ctx, shop, 'Server');
    const own = { ...shop, credentialId: old.id };
    await expect(rotateCredential(ctx, own, 169)).rejects.toMatchObject({ issues: [{ field: 'overlap_hours', maximum: 168 }] });
    clock.advance(1000);
    const fresh = await rotateCredential(ctx, own, 24);
    expect(fresh).toMatchObject({ name: 'Server', replacesId: old.id, expiresAt: null });
    expect(fresh.key).not.toBe(old.key);
    expect(await getCredential(ctx, own)).toMatchObject({ expiresAt: new Date(clock.now().getTime() + DAY).toISOString() });
    await expect(rotateCredential(ctx, own, 1)).rejects.toMatchObject({ kind: 'conflict' });
    clock.advance(DAY);
    expect((await listCredentials(ctx, shop, PAGE)).items.map(({ id }) => id)).toEqual([fresh.id]);
    expect((await listAllCredentials(ctx, shop)).map(({ id }) => id)).toEqual([fresh.id, old.id]);
    clock.advance(31 * DAY);
    expect(await forgetExpiredCredentials(ctx)).toBe(1);
    expect((await listAllCredentials(ctx, shop)).map(({ id }) => id)).toEqual([fresh.id]);

    await updateKeyPolicy(ctx, portal.id, { maxOverlapHours: 0 });
    const next = { ...shop, credentialId: fresh.id };
    await expect(rotateCredential(ctx, next, 1)).rejects.toMatchObject({ kind: 'invalid' });
    await rotateCredential(ctx, next, 0);
    await expect(getCredential(ctx, next)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('expire where the portal says so, and their owner is told once, a week before', async () => {
    const connection = await open();
    const clock = testClock();
    const ctx = testContext(connection, { now: clock.now });
    const { portal, addApplication } = await registrationScene(ctx);
    const shop = await addApplication();
    await createCredential(ctx, shop, 'for ever');
    expect(await getKeyPolicy(ctx, portal.id)).toEqual({ maxAgeDays: null, maxOverlapHours: 168 });
    await updateKeyPolicy(ctx, portal.id, { maxAgeDays: 30 });
    const [one, two] = [await createCredential(ctx, shop, 'one'), await createCredential(ctx, shop, 'two')];
    expect(one.expiresAt).toBe(new Date(clock.now().getTime() + 30 * DAY).toISOString());
    expect(await warnOfExpiringCredentials(ctx)).toBe(0);
    clock.advance(23 * DAY);
    const replacement = await rotateCredential(ctx, { ...shop, credentialId: two.id }, 168);
    expect(await warnOfExpiringCredentials(ctx)).toBe(1);
    expect(await warnOfExpiringCredentials(ctx)).toBe(0);
    const events = await ctx.db.selectFrom('audit_events').selectAll().where('action', '=', 'credential.expiring').execute();
    expect(events.map(({ subject_id }) => subject_id)).toEqual([one.id]);
    clock.advance(7 * DAY);
    expect((await listCredentials(ctx, shop, PAGE)).items.map(({ name }) => name)).toEqual(['for ever', 'two']);
    expect(await getCredential(ctx, { ...shop, credentialId: replacement.id })).toMatchObject({ replacesId: two.id });
    await expect(rotateCredential(ctx, { ...shop, credentialId: one.id }, 0)).rejects.toMatchObject({ kind: 'conflict' });

    const viewer = testContext(connection, {
      actor: administrator([{ entityType: 'portal', role: 'Viewer', entityId: portal.id }]),
    });
    expect(await readKeyPolicy(viewer, portal.id)).toMatchObject({ maxAgeDays: 30 });
    await expect(updateKeyPolicy(viewer, portal.id, { maxAgeDays: null })).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await updateKeyPolicy(ctx, portal.id, { maxAgeDays: null })).toEqual({ maxAgeDays: null, maxOverlapHours: 168 });
  });
});
