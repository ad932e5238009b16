import { expect, it } from 'vitest';
import { createAdministrator } from '../../../src/domain/administrators/index.ts';
import { createToken, findTokenBySecret } from '../../../src/domain/tokens/index.ts';
import { organisationContext, testClock } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

onEachDatabase('tokens', (open) => {
  it('are found by what was shown once, and by nothing else', async () => {
    const ctx = organisationContext(await open());
    const { secret, id } = await createToken(ctx, { name: 'deploy' });
    expect(secret).toMatch(/^kpat_[\w-]{43}$/);
    expect(await findTokenBySecret(ctx, secret)).toMatchObject({ id, name: 'deploy', expiresAt: undefined });
    expect(await findTokenBySecret(ctx, `${secret}x`)).toBeUndefined();
    expect(await findTokenBySecret(ctx, secret.replace('kpat_', 'spat_'))).toBeUndefined();
    expect(await findTokenBySecret(ctx, '')).toBeUndefined();
  });

  it('are worth nothing under another secret of the installation', async () => {
    const ctx = organisationContext(await open());
    const { secret } = await createToken(ctx, { name: 'deploy' });
    expect(await findTokenBySecret({ ...ctx, secretKey: 'another secret, as long as the first one' }, secret)).toBeUndefined();
  });

  it('expire at their instant', async () => {
    const clock = testClock();
    const ctx = organisationContext(await open(), { now: clock.now });
    const { secret } = await createToken(ctx, { name: 'brief', expiresAt: new Date(clock.now().getTime() + 1000) });
    clock.advance(999);
    expect(await findTokenBySecret(ctx, secret)).toBeDefined();
    clock.advance(1);
    expect(await findTokenBySecret(ctx, secret)).toBeUndefined();
  });

  it('go with their administrator', async () => {
    const ctx = organisationContext(await open());
    const ada = await createAdministrator(ctx, { email: 'ada@example.org', name: 'Ada' });
    const { secret } = await createToken(ctx, { name: 'hers', administratorId: ada.id });
    expect(await findTokenBySecret(ctx, secret)).toMatchObject({ administratorId: ada.id });
    await ctx.db.deleteFrom('administrators').where('id', '=', ada.id).execute();
    expect(await findTokenBySecret(ctx, secret)).toBeUndefined();
  });
});
