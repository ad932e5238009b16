import { expect, it } from 'vitest';
import { ORGANISATION_ADMIN } from '../../../src/domain/access/index.ts';
import { type Account, assignRole } from '../../../src/domain/roles/index.ts';
import { deleteSystemAccount } from '../../../src/domain/system-accounts/index.ts';
import { acceptToken, actorOfToken, createToken, listTokens, revokeToken } from '../../../src/domain/tokens/index.ts';
import { asInOrganisation, newMachine, newPerson } from '../../support/administrators.ts';
import { organisationContext, START, testClock, testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

onEachDatabase('tokens', (open) => {
  it('are found by what was shown once, and by nothing else', async () => {
    const ctx = organisationContext(await open());
    const { secret, id } = await createToken(ctx, { name: 'deploy' });
    expect(secret).toMatch(/^kpat_[\w-]{43}$/);
    expect(await acceptToken(ctx, secret)).toMatchObject({ id, name: 'deploy', expiresAt: undefined });
    expect(await acceptToken(ctx, `${secret}x`)).toBeUndefined();
    expect(await acceptToken(ctx, secret.replace('kpat_', 'spat_'))).toBeUndefined();
    expect(await acceptToken(ctx, '')).toBeUndefined();
  });

  it('are worth nothing under another secret of the installation', async () => {
    const ctx = organisationContext(await open());
    const { secret } = await createToken(ctx, { name: 'deploy' });
    expect(await acceptToken({ ...ctx, secretKey: 'another secret, as long as the first one' }, secret)).toBeUndefined();
  });

  it('expire at their instant', async () => {
    const clock = testClock();
    const ctx = organisationContext(await open(), { now: clock.now });
    const { secret } = await createToken(ctx, { name: 'brief', expiresAt: new Date(clock.now().getTime() + 1000) });
    clock.advance(999);
    expect(await acceptToken(ctx, secret)).toBeDefined();
    clock.advance(1);
    expect(await acceptToken(ctx, secret)).toBeUndefined();
  });

  it('note when they were last used, a few minutes more or less', async () => {
    const clock = testClock();
    const ctx = organisationContext(await open(), { now: clock.now });
    const owner = await newPerson(ctx, 'Ada');
    const { secret } = await createToken(ctx, { name: 'hers', owner });
    const lastUse = async () => (await listTokens(ctx, owner))[0]?.lastUsedAt;
    expect(await lastUse()).toBeUndefined();
    const first = clock.now().toISOString();
    for (const wait of [0, 60_000, 200_000]) {
      clock.advance(wait);
      await acceptToken(ctx, secret);
      expect(await lastUse()).toBe(first);
    }
    clock.advance(60_000);
    await acceptToken(ctx, secret);
    expect(await lastUse()).toBe(clock.now().toISOString());
  });

  it('of people are made, listed and revoked by themselves', async () => {
    const connection = await open();
    const [organisation, region] = [organisationContext(connection), testContext(connection)];
    const [ada, bob] = [await newPerson(organisation, 'Ada'), await newPerson(organisation, 'Bob')];
    const expiresAt = new Date(START.getTime() + 86_400_000);
    const [adas, bobs] = [await asInOrganisation(organisation, region, ada), await asInOrganisation(organisation, region, bob)];
    const token = await createToken(adas, { name: 'hers', owner: ada, expiresAt });
    expect(token.secret).toMatch(/^kpat_/);
    expect(token.secret.startsWith(token.prefix)).toBe(true);
    expect(await listTokens(adas, ada)).toEqual([expect.objectContaining({ id: token.id, name: 'hers', owner: ada })]);
    for (const act of [
      () => createToken(bobs, { name: 'x', owner: ada, expiresAt }),
      () => createToken(bobs, { name: 'x', expiresAt }),
      () => listTokens(bobs, ada),
      () => revokeToken(bobs, ada, token.id),
    ])
      await expect(act()).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(revokeToken(bobs, bob, token.id)).rejects.toMatchObject({ kind: 'not-found' });
    await revokeToken(adas, ada, token.id);
    expect(await acceptToken(organisation, token.secret)).toBeUndefined();
    for (const wrong of [undefined, START, new Date(START.getTime() + 366 * 86_400_000)])
      await expect(createToken(adas, { name: 'x', owner: ada, expiresAt: wrong })).rejects.toMatchObject({
        issues: [{ field: 'expires_at' }],
      });
    await expect(createToken(adas, { name: ' ', owner: ada, expiresAt })).rejects.toMatchObject({ issues: [{ field: 'name' }] });
  });

  it('of machines are made by whoever manages people, and never for one that may do more', async () => {
    const connection = await open();
    const [organisation, region] = [organisationContext(connection), testContext(connection)];
    const eve = await newPerson(organisation, 'Eve');
    await assignRole(organisation, { entityType: 'organisation', role: 'Identity Admin', holder: eve, region: '*' });
    const eves = await asInOrganisation(organisation, region, eve);
    const [plain, mighty] = [await newMachine(eves, 'plain'), await newMachine(eves, 'mighty')];
    await assignRole(organisation, { ...ORGANISATION_ADMIN, holder: mighty, region: '*' });
    const expiresAt = new Date(START.getTime() + 86_400_000);
    expect((await createToken(eves, { name: 'x', owner: plain, expiresAt })).secret).toMatch(/^spat_/);
    await expect(createToken(eves, { name: 'x', owner: mighty, expiresAt })).rejects.toMatchObject({ kind: 'forbidden' });
    const { id } = await createToken(organisation, { name: 'x', owner: mighty });
    await expect(revokeToken(eves, mighty, id)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(deleteSystemAccount(eves, mighty.id)).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('act as their owner, or as an organisation administrator when they have none', async () => {
    const connection = await open();
    const [organisation, region] = [organisationContext(connection), testContext(connection)];
    const robot = await newMachine(organisation, 'robot');
    const role = { entityType: 'portal', role: 'Viewer' } as const;
    await assignRole(organisation, { ...role, holder: robot, region: 'us' });
    const act = async (owner?: Account) => {
      const { secret } = await createToken(organisation, { name: 'x', owner });
      const token = await acceptToken(organisation, secret);
      return token && actorOfToken(organisation, region, token);
    };
    expect(await act(robot)).toMatchObject({ id: robot.id, grants: [{ ...role, entityId: '*' }] });
    expect(await act()).toMatchObject({ id: undefined, grants: [ORGANISATION_ADMIN] });
  });

  it('go with their owner, and rest while a person may not come in', async () => {
    const ctx = organisationContext(await open());
    const [ada, robot] = [await newPerson(ctx, 'Ada'), await newMachine(ctx, 'robot')];
    const [hers, its] = [
      await createToken(ctx, { name: 'hers', owner: ada }),
      await createToken(ctx, { name: 'its', owner: robot }),
    ];
    await ctx.db.updateTable('administrators').set({ status: 'deactivated' }).execute();
    expect(await acceptToken(ctx, hers.secret)).toBeUndefined();
    await ctx.db.updateTable('administrators').set({ status: 'active' }).execute();
    expect(await acceptToken(ctx, hers.secret)).toMatchObject({ owner: ada });
    await ctx.db.deleteFrom('administrators').execute();
    expect(await acceptToken(ctx, hers.secret)).toBeUndefined();
    expect(await acceptToken(ctx, its.secret)).toMatchObject({ owner: robot });
    await deleteSystemAccount(ctx, robot.id);
    expect(await acceptToken(ctx, its.secret)).toBeUndefined();
    const owner = { kind: 'administrator', id: ada.id } as const;
    await expect(createToken(ctx, { name: 'x', owner })).rejects.toMatchObject({ kind: 'not-found' });
  });
});
