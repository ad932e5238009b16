import { expect, it } from 'vitest';
import { VISITOR } from '../../../src/domain/access/index.ts';
import {
  type AuthStrategy,
  createAuthStrategy,
  deleteAuthStrategy,
  ensureDefaultAuthStrategy,
  findAuthStrategies,
  findDefaultAuthStrategyId,
  getAuthStrategy,
  listAuthStrategies,
  type NewAuthStrategy,
  replaceAuthStrategy,
  updateAuthStrategy,
} from '../../../src/domain/auth-strategies/index.ts';
import type { AuthStrategyId } from '../../../src/domain/ids.ts';
import { createPortal } from '../../../src/domain/portals/index.ts';
import { testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

const ALL = { filters: [], sort: [], page: { number: 1, size: 10 } } as const;
const NOBODY = '00000000-0000-4000-8000-000000000000' as AuthStrategyId;
const KEY: NewAuthStrategy = { name: 'Keys', displayName: 'API key', config: { type: 'key_auth' } };
const OPENID: NewAuthStrategy = {
  name: 'Login',
  displayName: 'Log in',
  config: {
    type: 'openid_connect',
    issuer: 'https://id.example.com',
    credentialClaims: ['client_id'],
    scopes: ['openid'],
    authMethods: ['bearer'],
    further: { verify_claims: true },
  },
};

onEachDatabase('auth strategies', (open) => {
  it('have one from the start, made once', async () => {
    const ctx = testContext(await open());
    expect(await findDefaultAuthStrategyId(ctx)).toBeUndefined();
    await ensureDefaultAuthStrategy(ctx);
    await ensureDefaultAuthStrategy(ctx);
    const { items } = await listAuthStrategies(ctx, ALL);
    expect(items).toMatchObject([{ config: { type: 'key_auth', keyNames: ['apikey'] }, active: false }]);
    await createAuthStrategy(ctx, KEY);
    expect(await findDefaultAuthStrategyId(ctx)).toBe(items[0]?.id);
  });

  it('are no default when they are of another type', async () => {
    const ctx = testContext(await open());
    await createAuthStrategy(ctx, OPENID);
    await ensureDefaultAuthStrategy(ctx);
    expect(await findDefaultAuthStrategyId(ctx)).toBeUndefined();
  });

  it('are found by ids, those that exist', async () => {
    const ctx = testContext(await open());
    const strategy = await createAuthStrategy(ctx, KEY);
    expect(await findAuthStrategies(ctx, [])).toEqual([]);
    const { id, name, displayName, config } = strategy;
    expect(await findAuthStrategies(ctx, [NOBODY, strategy.id])).toEqual([{ id, name, displayName, config }]);
  });

  it('change part by part; lists as a whole, other settings one by one', async () => {
    const ctx = testContext(await open());
    const { id } = await createAuthStrategy(ctx, OPENID);
    const changed = await updateAuthStrategy(ctx, id, {
      config: { type: 'openid_connect', scopes: [], further: { verify_claims: false, leeway: 5 } },
    });
    expect(changed.config).toEqual({
      ...OPENID.config,
      scopes: [],
      further: { verify_claims: false, leeway: 5 },
    });
    expect(await getAuthStrategy(ctx, id)).toEqual(changed);
    await expect(updateAuthStrategy(ctx, id, { config: { type: 'key_auth' } })).rejects.toMatchObject({
      issues: [{ field: 'configs', rule: 'invalid' }],
    });
    await expect(updateAuthStrategy(ctx, id, { dcrProviderId: NOBODY })).rejects.toMatchObject({
      issues: [{ field: 'dcr_provider_id', rule: 'missing_reference' }],
    });
    await expect(updateAuthStrategy(ctx, NOBODY, {})).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('have unique names', async () => {
    const ctx = testContext(await open());
    const key = await createAuthStrategy(ctx, KEY);
    await expect(createAuthStrategy(ctx, { ...OPENID, name: 'KEYS' })).rejects.toMatchObject({ kind: 'conflict' });
    const login = await createAuthStrategy(ctx, OPENID);
    await expect(updateAuthStrategy(ctx, login.id, { name: 'keys' })).rejects.toMatchObject({ kind: 'conflict' });
    await expect(replaceAuthStrategy(ctx, login.id, { ...OPENID, name: 'keys' })).rejects.toMatchObject({ kind: 'conflict' });
    expect(await updateAuthStrategy(ctx, key.id, { name: 'KEYS' })).toMatchObject({ name: 'KEYS' });
  });

  it('are replaced as a whole, or made under the id', async () => {
    const ctx = testContext(await open());
    const before = await createAuthStrategy(ctx, { ...KEY, labels: { a: 'b' } });
    const after: AuthStrategy = await replaceAuthStrategy(ctx, before.id, OPENID);
    expect(after).toMatchObject({ id: before.id, createdAt: before.createdAt, labels: {}, config: { type: 'openid_connect' } });
    expect(await replaceAuthStrategy(ctx, NOBODY, KEY)).toMatchObject({ id: NOBODY, name: 'Keys' });
  });

  it('stay while a portal has them for its default', async () => {
    const ctx = testContext(await open());
    const { id } = await createAuthStrategy(ctx, KEY);
    for (let n = 0; n < 7; n++)
      await createPortal(ctx, { name: `P${n}`, defaultAuthStrategyId: id }, { portalDomain: 'x.example', reservedHosts: [] });
    await expect(deleteAuthStrategy(ctx, id)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringMatching(/portals "P0", "P1", "P2", "P3", "P4" and more$/),
    });
    await expect(replaceAuthStrategy(ctx, id, OPENID)).rejects.toMatchObject({ issues: [{ field: 'strategy_type' }] });
    await ctx.db.updateTable('portals').set({ default_auth_strategy_id: null }).execute();
    await deleteAuthStrategy(ctx, id);
    await expect(deleteAuthStrategy(ctx, id)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('are administered by administrators', async () => {
    const ctx = testContext(await open(), { actor: VISITOR });
    await expect(createAuthStrategy(ctx, KEY)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(deleteAuthStrategy(ctx, NOBODY)).rejects.toMatchObject({ kind: 'not-found' });
  });
});
