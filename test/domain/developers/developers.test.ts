import { expect, it } from 'vitest';
import type { AdministratorActor } from '../../../src/domain/access/index.ts';
import type { ContextWithPorts } from '../../../src/domain/context.ts';
import {
  deleteDeveloper,
  getDeveloper,
  guardDevelopers,
  listDevelopers,
  setDeveloperStatus,
  setDeveloperStatuses,
  signUp,
  undoDeveloperStatus,
} from '../../../src/domain/developers/index.ts';
import { type AdministratorId, newId } from '../../../src/domain/ids.ts';
import { createPortal, deletePortal } from '../../../src/domain/portals/index.ts';
import { START, testClock, testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';
import { addDeveloper } from '../../support/developers.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };
const PAGE = { number: 1, size: 10 };

onEachDatabase('developers, for administrators', (open) => {
  const prepare = async () => {
    const connection = await open();
    const clock = testClock();
    const ctx = testContext(connection, { now: clock.now });
    const portal = await createPortal(ctx, { name: 'Private' }, HOSTS);
    const administrator = (role: string, id = newId<AdministratorId>(START)): ContextWithPorts => ({
      ...ctx,
      actor: {
        kind: 'administrator',
        id,
        tokenId: undefined,
        grants: [{ entityType: 'portal', role, entityId: portal.id }],
      } satisfies AdministratorActor,
    });
    const jobs = () => connection.db.selectFrom('outbox').selectAll().execute();
    return { connection, clock, ctx, portal, administrator, jobs };
  };

  it('are listed with filters and in order', async () => {
    const { clock, ctx, portal } = await prepare();
    for (const [email, fullName] of [
      ['cy@example.com', 'Cy Berg'],
      ['ada@example.com', 'Ada Lund'],
      ['bo@example.org', 'Bo Lund'],
    ] as const) {
      await signUp(ctx, portal, { email, fullName });
      clock.advance(1000);
    }
    const emails = async (filters: Parameters<typeof listDevelopers>[2]['filters'], sort = [] as const) =>
      (await listDevelopers(ctx, portal.id, { filters, sort, page: PAGE })).items.map(({ email }) => email);
    expect(await emails([])).toEqual(['cy@example.com', 'ada@example.com', 'bo@example.org']);
    expect(await emails([{ field: 'name', op: 'contains', value: 'LUND' }])).toEqual(['ada@example.com', 'bo@example.org']);
    expect(await emails([{ field: 'email', op: 'eq', value: 'Bo@Example.org' }])).toEqual(['bo@example.org']);
    expect(await emails([{ field: 'status', op: 'oeq', values: ['approved', 'revoked'] }])).toEqual([]);
    const { total, items } = await listDevelopers(ctx, portal.id, {
      filters: [],
      sort: [{ field: 'name', direction: 'desc' }],
      page: { number: 2, size: 1 },
    });
    expect([total, items.map(({ fullName }) => fullName)]).toEqual([3, ['Bo Lund']]);
  });

  it('are decided of by who administers the portal, seen by who reads it, and unknown to others', async () => {
    const { ctx, portal, administrator } = await prepare();
    const { id } = await addDeveloper(ctx, portal, { status: 'pending' });
    const address = { portalId: portal.id, developerId: id };
    const decision = { status: 'approved' } as const;
    expect((await setDeveloperStatus(administrator('Admin'), address, decision)).status).toBe('approved');
    expect((await getDeveloper(administrator('Viewer'), address)).status).toBe('approved');
    for (const act of [
      () => setDeveloperStatus(administrator('Maintainer'), address, decision),
      () => deleteDeveloper(administrator('Viewer'), address),
      () => listDevelopers(administrator('Appearance Maintainer'), portal.id, { filters: [], sort: [], page: PAGE }),
    ])
      await expect(act()).rejects.toMatchObject({ kind: 'forbidden' });
    const elsewhere = await createPortal(ctx, { name: 'Other' }, HOSTS);
    for (const act of [
      () => getDeveloper(administrator('Creator'), address),
      () => getDeveloper(administrator('Admin'), { ...address, portalId: elsewhere.id }),
      () => getDeveloper(ctx, { ...address, portalId: elsewhere.id }),
    ])
      await expect(act()).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('get from any status to any other, and hear of it with the reason', async () => {
    const { ctx, portal, connection } = await prepare();
    const { id } = await addDeveloper(ctx, portal);
    const address = { portalId: portal.id, developerId: id };
    for (const status of ['rejected', 'pending', 'revoked', 'approved', 'revoked', 'rejected', 'approved', 'pending'] as const)
      expect((await setDeveloperStatus(ctx, address, { status, reason: `why ${status}` })).status).toBe(status);
    const told = await connection.db
      .selectFrom('outbox')
      .select('payload')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    expect(JSON.parse(told.payload)).toMatchObject({ told: { reason: 'why pending' } });
    const trail = await connection.db.selectFrom('audit_events').select('details').execute();
    expect(JSON.stringify(trail)).not.toContain('why');
  });

  it('are decided of by one of two who decide at once', async () => {
    const { ctx, portal } = await prepare();
    const { id } = await addDeveloper(ctx, portal, { status: 'pending' });
    const address = { portalId: portal.id, developerId: id };
    const decide = (status: 'approved' | 'rejected') => setDeveloperStatus(ctx, address, { status, expected: 'pending' });
    const outcomes = await Promise.allSettled([decide('approved'), decide('rejected')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(lost?.reason).toMatchObject({ kind: 'conflict', message: expect.stringMatching(/Somebody else has decided/) });
  });

  it('are decided of together, all or none', async () => {
    const { ctx, portal } = await prepare();
    const one = await addDeveloper(ctx, portal, { email: 'one@example.com', status: 'pending' });
    const two = await addDeveloper(ctx, portal, { email: 'two@example.com', status: 'pending' });
    const decided = await setDeveloperStatuses(ctx, portal.id, [one.id, two.id, one.id], { status: 'approved' });
    expect(decided.map(({ status }) => status)).toEqual(['approved', 'approved']);
    const nobody = newId<typeof one.id>(START);
    const failing = setDeveloperStatuses(ctx, portal.id, [one.id, nobody], { status: 'rejected' });
    await expect(failing).rejects.toMatchObject({ kind: 'not-found' });
    expect((await getDeveloper(ctx, { portalId: portal.id, developerId: one.id })).status).toBe('approved');
  });

  it('hear nothing of a decision that is undone in time, by who made it', async () => {
    const { clock, ctx, portal, administrator, jobs } = await prepare();
    const { id } = await addDeveloper(ctx, portal, { status: 'pending' });
    const address = { portalId: portal.id, developerId: id };
    const [admin, other] = [administrator('Admin'), administrator('Admin')];
    const before = (await jobs()).length;
    await setDeveloperStatus(admin, address, { status: 'rejected', reason: 'no' });
    expect(await jobs()).toHaveLength(before + 1);
    await expect(undoDeveloperStatus(other, address)).rejects.toMatchObject({ kind: 'conflict' });
    clock.advance(9000);
    expect(await undoDeveloperStatus(admin, address)).toMatchObject({ status: 'pending', statusReason: null });
    expect(await jobs()).toHaveLength(before);
    await setDeveloperStatus(admin, address, { status: 'approved' });
    clock.advance(10_000);
    await expect(undoDeveloperStatus(admin, address)).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('are deleted with all that is theirs, but for their id in the audit trail', async () => {
    const { connection, ctx, portal } = await prepare();
    const { id, email } = await addDeveloper(ctx, portal);
    await deleteDeveloper(ctx, { portalId: portal.id, developerId: id });
    for (const table of ['developers', 'developer_links', 'developer_sessions', 'developer_devices'] as const)
      expect(await connection.db.selectFrom(table).selectAll().execute()).toEqual([]);
    const trail = JSON.stringify(await connection.db.selectFrom('audit_events').selectAll().execute());
    expect(trail).toContain(id);
    expect(trail).not.toContain(email);
    await signUp(ctx, portal, { email, fullName: 'Ada again' });
    const { items } = await listDevelopers(ctx, portal.id, { filters: [], sort: [], page: PAGE });
    expect(items).toMatchObject([{ status: 'pending', fullName: 'Ada again' }]);
  });

  it('keep their portal from being deleted, unless forced', async () => {
    const { ctx, portal } = await prepare();
    const guarded = { ...ctx, ports: { ...ctx.ports, portalGuards: [guardDevelopers] } };
    await addDeveloper(ctx, portal);
    await expect(deletePortal(guarded, portal.id, { force: false })).rejects.toMatchObject({
      kind: 'invalid',
      issues: [{ field: 'force', reason: expect.stringMatching(/1 developer/) }],
    });
    await deletePortal(guarded, portal.id, { force: true });
  });
});
