import { expect, it } from 'vitest';
import type { Context } from '../../../src/domain/context.ts';
import { EVENT_JOB } from '../../../src/domain/events/index.ts';
import type { AdministratorId, RegistrationId } from '../../../src/domain/ids.ts';
import { createProductInPortals } from '../../../src/domain/publications/index.ts';
import {
  decideRegistration,
  decideRegistrations,
  deleteRegistration,
  getRegistration,
  listRegistrations,
  registerApplication,
  undoDecision,
} from '../../../src/domain/registrations/index.ts';
import { testClock, testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';
import { administrator, registrationScene } from '../../support/registrations.ts';

const PAGE = { number: 1, size: 10 };
const ALL = { filters: [], sort: [], page: PAGE } as const;
const NOBODY = '00000000-0000-4000-8000-000000000000';

const waiting = async (ctx: Context, id: RegistrationId) =>
  (
    await ctx.db
      .selectFrom('outbox')
      .selectAll()
      .where('subject_id', '=', id)
      .where('kind', '=', EVENT_JOB)
      .orderBy('id')
      .execute()
  ).map(({ payload, not_before }) => ({ ...JSON.parse(payload), not_before }));

onEachDatabase('decisions about registrations', (open) => {
  it('are made with a reason, which the audit trail does not keep, and told after ten seconds', async () => {
    const connection = await open();
    const clock = testClock();
    const ada = administrator();
    const ctx = testContext(connection, { now: clock.now, actor: ada });
    const { addRegistration } = await registrationScene(ctx);
    const id = await addRegistration();
    const rejected = await decideRegistration(ctx, { registrationId: id }, { status: 'rejected', reason: ' Say more, Ada. ' });
    expect(rejected).toMatchObject({
      status: 'rejected',
      statusReason: 'Say more, Ada.',
      decidedBy: ada.kind === 'administrator' && ada.id,
    });
    const [created, told] = await waiting(ctx, id);
    expect(created).toMatchObject({ not_before: clock.now().toISOString() });
    expect(told).toMatchObject({
      told: { reason: 'Say more, Ada.' },
      not_before: new Date(clock.now().getTime() + 10_000).toISOString(),
    });
    const events = await ctx.db.selectFrom('audit_events').selectAll().where('subject_id', '=', id).orderBy('id').execute();
    expect(events.map(({ action }) => action)).toEqual(['registration.created', 'registration.rejected']);
    expect(JSON.stringify(events)).not.toContain('Say more');
    expect(JSON.parse(events[1]?.details ?? '')).toMatchObject({ changed: { status: { before: 'pending', after: 'rejected' } } });
    expect(await decideRegistration(ctx, { registrationId: id }, { status: 'rejected' })).toEqual(rejected);
    expect(await decideRegistration(ctx, { registrationId: id }, { status: 'pending' })).toMatchObject({
      decidedBy: null,
      statusReason: null,
    });
  });

  it('have one outcome when two make them at once', async () => {
    const connection = await open();
    const ctx = testContext(connection, { actor: administrator() });
    const other = testContext(connection, { actor: administrator() });
    const { addRegistration } = await registrationScene(ctx);
    const id = await addRegistration();
    const results = await Promise.allSettled([
      decideRegistration(ctx, { registrationId: id }, { status: 'approved', expected: 'pending' }),
      decideRegistration(other, { registrationId: id }, { status: 'rejected', expected: 'pending' }),
    ]);
    const won = results.filter((result) => result.status === 'fulfilled').map(({ value }) => value);
    const lost = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason);
    expect(won).toHaveLength(1);
    expect(lost).toMatchObject([{ kind: 'conflict', message: expect.stringContaining(won[0]?.status ?? '') }]);
    expect(await getRegistration(ctx, { registrationId: id })).toEqual(won[0]);
  });

  it('are undone within ten seconds, as if nothing had been', async () => {
    const connection = await open();
    const clock = testClock();
    const ctx = testContext(connection, { now: clock.now, actor: administrator() });
    const other = testContext(connection, { now: clock.now, actor: administrator() });
    const { addRegistration } = await registrationScene(ctx);
    const id = await addRegistration();
    const ref = { registrationId: id };
    const before = await getRegistration(ctx, ref);
    clock.advance(1000);
    await decideRegistration(ctx, ref, { status: 'rejected', reason: 'No.' });
    await expect(undoDecision(other, ref)).rejects.toMatchObject({ kind: 'conflict' });
    clock.advance(5000);
    expect(await undoDecision(ctx, ref)).toEqual(before);
    expect(await getRegistration(ctx, ref)).toEqual(before);
    expect(await waiting(ctx, id)).toHaveLength(1);
    await expect(undoDecision(ctx, ref)).rejects.toMatchObject({ kind: 'conflict' });

    await decideRegistration(ctx, ref, { status: 'approved' });
    clock.advance(10_000);
    await expect(undoDecision(ctx, ref)).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('are not undone over what another decided since', async () => {
    const connection = await open();
    const clock = testClock();
    const ctx = testContext(connection, { now: clock.now, actor: administrator() });
    const other = testContext(connection, { now: clock.now, actor: administrator() });
    const { addRegistration } = await registrationScene(ctx);
    const ref = { registrationId: await addRegistration() };
    await decideRegistration(ctx, ref, { status: 'approved' });
    clock.advance(1000);
    await decideRegistration(other, ref, { status: 'revoked' });
    await expect(undoDecision(ctx, ref)).rejects.toMatchObject({ kind: 'conflict' });
    expect(await undoDecision(other, ref)).toMatchObject({ status: 'approved' });
    expect(await undoDecision(ctx, ref)).toMatchObject({ status: 'pending' });
  });

  it('are made by whoever has a role for it on the portal or on the product', async () => {
    const connection = await open();
    const ctx = testContext(connection);
    const { portal, product, addRegistration } = await registrationScene(ctx);
    const id = await addRegistration();
    const ref = { registrationId: id };
    const as = (entityType: 'portal' | 'product', role: string, entityId: string) =>
      testContext(connection, { actor: administrator([{ entityType, role, entityId }]) });
    const decide = (actor: Context) => decideRegistration(actor, ref, { status: 'approved' });
    for (const role of ['Viewer', 'Product Publisher'])
      await expect(decide(as('portal', role, portal.id))).rejects.toMatchObject({ kind: 'forbidden' });
    for (const role of ['Viewer', 'Publisher', 'Creator'])
      await expect(decide(as('product', role, product.id))).rejects.toMatchObject({ kind: 'not-found' });
    for (const actor of [
      as('portal', 'Admin', NOBODY),
      as('product', 'Admin', NOBODY),
      testContext(connection, { actor: administrator([]) }),
    ])
      await expect(decide(actor)).rejects.toMatchObject({ kind: 'not-found' });
    for (const actor of [
      as('portal', 'Maintainer', portal.id),
      as('portal', 'Admin', '*'),
      as('product', 'Application Registration', product.id),
      as('product', 'Maintainer', product.id),
      as('product', 'Admin', '*'),
    ]) {
      expect(await decide(actor)).toMatchObject({ status: 'approved' });
      await decideRegistration(ctx, ref, { status: 'pending' });
    }
    const developer = testContext(connection, { actor: { kind: 'visitor' } });
    await expect(decide(developer)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('show to whoever decides for a product only what is asked of it', async () => {
    const connection = await open();
    const ctx = testContext(connection);
    const { portal, product, version, owner, addVersion, addApplication } = await registrationScene(ctx);
    const other = await createProductInPortals(ctx, { name: 'Parcels', portalIds: [portal.id] });
    const v9 = await addVersion('v9', {}, other.id);
    const shop = await addApplication();
    await registerApplication(ctx, shop, version.id);
    await registerApplication(ctx, shop, v9.id);
    const names = async (actor: Context, scope: object) =>
      (await listRegistrations(actor, scope, ALL)).items.map(({ productName }) => productName);
    const delegate = testContext(connection, {
      actor: administrator([{ entityType: 'product', role: 'Maintainer', entityId: other.id }]),
    });
    const scopes = [{}, { portalId: portal.id }, { portalId: portal.id, applicationId: shop.applicationId }];
    for (const scope of scopes) {
      expect(await names(delegate, scope)).toEqual(['Parcels']);
      expect(await names(ctx, scope)).toEqual(['Orders', 'Parcels']);
    }
    const reader = testContext(connection, {
      actor: administrator([{ entityType: 'portal', role: 'Viewer', entityId: portal.id }]),
    });
    expect(await names(reader, {})).toEqual(['Orders', 'Parcels']);
    const nobody = testContext(connection, {
      actor: administrator([{ entityType: 'product', role: 'Viewer', entityId: product.id }]),
    });
    expect(await names(nobody, {})).toEqual([]);
    await expect(names(nobody, { portalId: portal.id })).rejects.toMatchObject({ kind: 'not-found' });
    const filters = [
      { field: 'application_name', op: 'contains', value: 'SHO' },
      { field: 'developer_name', op: 'eq', value: 'ada harbour' },
      { field: 'developer_id', op: 'eq', value: owner.developerId },
      { field: 'status', op: 'oeq', values: ['pending'] },
    ] as const;
    const sort = [{ field: 'created_at', direction: 'desc' } as const];
    const found = await listRegistrations(ctx, { portalId: portal.id }, { filters, sort, page: PAGE });
    expect(found).toMatchObject({ total: 2, items: [{ versionName: 'v9', applicationName: 'Shop' }, { versionName: 'v1' }] });
  });

  it('are made many at once: one that is refused does not stop the others', async () => {
    const ctx = testContext(await open(), { actor: administrator() });
    const { addRegistration } = await registrationScene(ctx);
    const [one, two] = [await addRegistration('One'), await addRegistration('Two')];
    await decideRegistration(ctx, { registrationId: one }, { status: 'rejected' });
    const ids = [one, two, NOBODY as RegistrationId, two];
    const outcomes = await decideRegistrations(ctx, ids, { status: 'approved', expected: 'pending' });
    expect(outcomes).toMatchObject([
      { registrationId: one, refusal: { kind: 'conflict' } },
      { registrationId: two, registration: { status: 'approved' } },
      { registrationId: NOBODY, refusal: { kind: 'not-found' } },
    ]);
  });

  it('may be that a registration goes, so that it can be asked for anew', async () => {
    const ctx = testContext(await open(), { actor: administrator(undefined, NOBODY as AdministratorId) });
    const { version, addApplication, portal } = await registrationScene(ctx);
    const shop = await addApplication();
    const { id } = await registerApplication(ctx, shop, version.id);
    const elsewhere = { registrationId: id, portalId: NOBODY as typeof portal.id };
    await expect(deleteRegistration(ctx, elsewhere)).rejects.toMatchObject({ kind: 'not-found' });
    await deleteRegistration(ctx, { registrationId: id, portalId: portal.id, applicationId: shop.applicationId }, 'Twice');
    expect((await waiting(ctx, id)).at(-1)).toMatchObject({ told: { reason: 'Twice' } });
    expect(await registerApplication(ctx, shop, version.id)).toMatchObject({ status: 'pending' });
  });
});
