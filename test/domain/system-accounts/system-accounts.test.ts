import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { SystemAccountId } from '../../../src/domain/ids.ts';
import {
  createSystemAccount,
  deleteSystemAccount,
  findSystemAccountByName,
  getSystemAccount,
  listSystemAccounts,
  updateSystemAccount,
} from '../../../src/domain/system-accounts/index.ts';
import { acting } from '../../support/administrators.ts';
import { organisationContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

const ALL = { filters: [], sort: [], page: { number: 1, size: 10 } } as const;

onEachDatabase('system accounts', (open) => {
  it('are created, found, listed, changed and deleted', async () => {
    const ctx = organisationContext(await open());
    const account = await createSystemAccount(ctx, { name: 'Deploy', description: 'publishes what was built' });
    await expect(createSystemAccount(ctx, { name: 'deploy' })).rejects.toMatchObject({ kind: 'conflict' });
    await expect(createSystemAccount(ctx, { name: '' })).rejects.toMatchObject({ issues: [{ field: 'name' }] });
    expect(await findSystemAccountByName(ctx, ' DEPLOY')).toEqual(account);
    expect(await getSystemAccount(ctx, account.id)).toEqual(account);
    expect(await listSystemAccounts(ctx, ALL)).toMatchObject({ items: [account], total: 1 });
    expect(await updateSystemAccount(ctx, account.id, { name: 'Ship' })).toMatchObject({
      name: 'Ship',
      description: 'publishes what was built',
    });
    await deleteSystemAccount(ctx, account.id);
    await expect(getSystemAccount(ctx, account.id)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(deleteSystemAccount(ctx, randomUUID() as SystemAccountId)).rejects.toMatchObject({ kind: 'not-found' });
    const actions = await ctx.db.selectFrom('organisation_events').select('action').orderBy('action').execute();
    expect(actions.map(({ action }) => action)).toEqual([
      'system-account.created',
      'system-account.deleted',
      'system-account.updated',
    ]);
  });

  it('are managed by whoever manages people', async () => {
    const ctx = organisationContext(await open());
    const { id } = await createSystemAccount(ctx, { name: 'Deploy' });
    const nobody = { ...ctx, actor: acting(undefined, { entityType: 'product', role: 'Admin', entityId: '*' }) };
    expect((await listSystemAccounts(nobody, ALL)).total).toBe(1);
    for (const act of [
      () => createSystemAccount(nobody, { name: 'x' }),
      () => updateSystemAccount(nobody, id, { name: 'x' }),
      () => deleteSystemAccount(nobody, id),
      () => listSystemAccounts({ ...ctx, actor: acting(undefined) }, ALL),
    ])
      await expect(act()).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
