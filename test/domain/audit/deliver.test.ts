import { afterEach, expect, it } from 'vitest';
import {
  createAuditDestination,
  deliverNext,
  findAuditReplay,
  getAuditWebhookStatus,
  listPublicKeys,
  pruneAuditLog,
  requestAuditReplay,
  updateAuditDestination,
  updateOrganisationWebhook,
  updatePortalWebhook,
} from '../../../src/domain/audit/index.ts';
import type { ContextWithPorts } from '../../../src/domain/context.ts';
import { numberEvents, record } from '../../../src/domain/events/index.ts';
import { newId, type PortalId } from '../../../src/domain/ids.ts';
import { createPortal } from '../../../src/domain/portals/index.ts';
import { createTeam } from '../../../src/domain/teams/index.ts';
import { createToken } from '../../../src/domain/tokens/index.ts';
import { type AuditReceiver, isSigned, startAuditReceiver } from '../../support/audit-receiver.ts';
import { organisationContext, START, testClock, testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };
const MINUTE = 60_000;

const receivers: AuditReceiver[] = [];
afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
});

const startReceiver = async (options?: { tls?: boolean }): Promise<AuditReceiver> => {
  const receiver = await startAuditReceiver(options);
  receivers.push(receiver);
  return receiver;
};

onEachDatabase('the audit log', (open) => {
  /** A context whose clock moves on by a millisecond with each reading, and when told to. */
  const start = async () => {
    const connection = await open();
    const clock = testClock();
    const now = () => {
      clock.advance(1);
      return clock.now();
    };
    const ctx = testContext(connection, { now });
    const organisation = organisationContext(connection, { now });
    const deliverAll = async (): Promise<number> => {
      for (let batches = 0; ; batches++) if (!(await deliverNext(ctx, organisation))) return batches;
    };
    return { ctx, organisation, clock, deliverAll };
  };

  const act = (ctx: ContextWithPorts, action: `team.${string}`, portalId?: PortalId) =>
    record(ctx, { action, subjectId: newId(START), portalId, details: { note: 'a=b|c\\d\n"e"' } });

  const jsonOf = (receiver: AuditReceiver) => receiver.lines().map((line) => JSON.parse(line));
  const actionsOf = (receiver: AuditReceiver): string[] => jsonOf(receiver).map(({ event_class_id }) => event_class_id);

  it('goes to the webhook, a signed line an entry, from when it is enabled', async () => {
    const { ctx, organisation, deliverAll } = await start();
    const receiver = await startReceiver();
    await act(ctx, 'team.before');
    const settings = { endpoint: `${receiver.url}/log`, authorization: 'Splunk abc', logFormat: 'json' } as const;
    await updateOrganisationWebhook(ctx, { ...settings, enabled: true });
    const actor = { kind: 'developer', id: newId<never>(START), portalId: newId<never>(START) } as const;
    const origin = { requestId: 'request-1', address: '192.0.2.1' };
    await act({ ...ctx, actor, origin }, 'team.acted');
    await createToken(organisation, { name: 'laptop' });
    await deliverAll();
    expect(receiver.received).toHaveLength(1);
    expect(receiver.received[0]).toMatchObject({
      method: 'POST',
      path: '/log',
      headers: { 'content-type': 'text/plain; charset=utf-8', 'content-encoding': 'gzip', authorization: 'Splunk abc' },
    });
    expect(actionsOf(receiver)).toEqual(['audit-webhook.updated', 'team.acted', 'token.created']);
    const [configured, acted, token] = jsonOf(receiver);
    expect(JSON.stringify(configured.details)).not.toContain('Splunk');
    expect(acted).toEqual({
      ...{ cef_version: 0, event_vendor: 'Portico', event_product: 'Portico', event_version: '1.0' },
      event_class_id: 'team.acted',
      name: 'team acted',
      severity: 1,
      event_ts: expect.stringMatching(/^2026-01-31T09:30:00\.\d{3}Z$/),
      rt: expect.stringMatching(/^\d{13}$/),
      id: expect.any(String),
      region: 'us',
      portal_id: actor.portalId,
      principal_type: 'developer',
      principal_id: actor.id,
      src: '192.0.2.1',
      trace_id: 'request-1',
      subject_type: 'team',
      subject_id: expect.any(String),
      details: { note: 'a=b|c\\d\n"e"' },
      sig: expect.any(String),
    });
    expect(token).not.toHaveProperty('portal_id');
    const keys = await listPublicKeys(ctx);
    expect(keys).toHaveLength(1);
    for (const line of receiver.lines()) expect(isSigned(line, keys), line).toBe(true);
    expect(isSigned(receiver.lines()[0]?.replace('"severity":1', '"severity":9') ?? '', keys)).toBe(false);
    await deliverAll();
    expect(receiver.received).toHaveLength(1);
  });

  it('is written in the Common Event Format unless told otherwise', async () => {
    const { ctx, deliverAll } = await start();
    const receiver = await startReceiver();
    await updateOrganisationWebhook(ctx, { endpoint: receiver.url, enabled: true });
    await act(ctx, 'team.acted');
    await deliverAll();
    const line = receiver.lines()[1] ?? '';
    expect(line).toMatch(
      /^2026-01-31T09:30:00\.\d{3}Z portico CEF:0\|Portico\|Portico\|1\.0\|team\.acted\|team acted\|1\|rt=\d+ id=/,
    );
    expect(line).toContain(String.raw` details={"note":"a\=b|c\\\\d\\n\\"e\\""} sig=`);
    expect(isSigned(line, await listPublicKeys(ctx))).toBe(true);
  });

  it('of a portal goes where the portal wants it', async () => {
    const { ctx, deliverAll } = await start();
    const receiver = await startReceiver();
    const [portal, other] = [await createPortal(ctx, { name: 'One' }, HOSTS), await createPortal(ctx, { name: 'Two' }, HOSTS)];
    const destination = await createAuditDestination(ctx, {
      ...{ name: 'SIEM', endpoint: receiver.url, authorization: 'Bearer x', logFormat: 'json' },
    });
    await updatePortalWebhook(ctx, portal.id, { enabled: true, destinationId: destination.id });
    await createTeam(ctx, portal.id, { name: 'Mine' });
    await createTeam(ctx, other.id, { name: 'Theirs' });
    await deliverAll();
    expect(actionsOf(receiver)).toEqual(['audit-webhook.updated', 'team.created']);
    expect(receiver.received[0]?.headers.authorization).toBe('Bearer x');
    await createTeam(ctx, other.id, { name: 'More of theirs' });
    await deliverAll();
    expect(receiver.received).toHaveLength(1);
    const second = await startReceiver();
    await updateAuditDestination(ctx, destination.id, { endpoint: second.url });
    await createTeam(ctx, portal.id, { name: 'More' });
    await deliverAll();
    expect(actionsOf(second)).toEqual(['team.created']);
  });

  it('is sent again, later and later, until it is taken, and nothing is left out', async () => {
    const { ctx, clock, deliverAll } = await start();
    const receiver = await startReceiver();
    receiver.answerWith(503);
    await updateOrganisationWebhook(ctx, { endpoint: receiver.url, logFormat: 'json', enabled: true });
    await deliverAll();
    await deliverAll();
    expect(receiver.received).toHaveLength(1);
    expect(await getAuditWebhookStatus(ctx, 'organisation')).toMatchObject({
      ...{ enabled: true, isActive: false, lastResponseCode: 503, lastResponseMessage: 'Service Unavailable' },
    });
    await act(ctx, 'team.meanwhile');
    clock.advance(6000);
    await deliverAll();
    clock.advance(6000);
    await deliverAll();
    expect(receiver.received).toHaveLength(2);
    receiver.answerWith(202);
    clock.advance(5000);
    await deliverAll();
    expect(actionsOf(receiver)).toEqual(['audit-webhook.updated', 'team.meanwhile']);
    expect(await getAuditWebhookStatus(ctx, 'organisation')).toMatchObject({ isActive: true, lastResponseCode: 202 });
    await receiver.close();
    await act(ctx, 'team.unreachable');
    await deliverAll();
    expect(await getAuditWebhookStatus(ctx, 'organisation')).toMatchObject({
      ...{ isActive: false, lastResponseCode: null, lastResponseMessage: expect.stringContaining('cannot be reached') },
    });
    const next = await startReceiver();
    await updateOrganisationWebhook(ctx, { endpoint: next.url });
    await deliverAll();
    expect(actionsOf(next)).toEqual(['team.unreachable', 'audit-webhook.updated']);
  });

  it('is sent in batches, in order', async () => {
    const { ctx, deliverAll } = await start();
    const receiver = await startReceiver();
    await updateOrganisationWebhook(ctx, { endpoint: receiver.url, logFormat: 'json', enabled: true });
    for (let n = 0; n < 230; n++) await act(ctx, `team.n${n}`);
    await deliverAll();
    expect(receiver.batches().map((batch) => batch.length)).toEqual([100, 100, 31]);
    expect(actionsOf(receiver).slice(1)).toEqual(Array.from({ length: 230 }, (_, n) => `team.n${n}`));
  });

  it('misses nothing that is committed late', async () => {
    const { ctx, deliverAll } = await start();
    const receiver = await startReceiver();
    await updateOrganisationWebhook(ctx, { endpoint: receiver.url, logFormat: 'json', enabled: true });
    const early = { ...ctx, now: () => new Date(START.getTime() + 500) };
    const late = { ...ctx, now: () => new Date(START.getTime() + 900) };
    await act(late, 'team.later');
    await deliverAll();
    await act(early, 'team.earlier');
    await deliverAll();
    expect(actionsOf(receiver)).toEqual(['audit-webhook.updated', 'team.later', 'team.earlier']);
  });

  it('goes over TLS, verified unless told otherwise', async () => {
    const { ctx, deliverAll } = await start();
    const receiver = await startReceiver({ tls: true });
    await updateOrganisationWebhook(ctx, { endpoint: receiver.url, enabled: true });
    await deliverAll();
    expect((await getAuditWebhookStatus(ctx, 'organisation')).lastResponseMessage).toMatch(/certificate/);
    await updateOrganisationWebhook(ctx, { skipSslVerification: true });
    await deliverAll();
    expect(receiver.lines()).toHaveLength(2);
  });

  it('is sent to nobody while the webhook is off, nor later', async () => {
    const { ctx, deliverAll } = await start();
    const receiver = await startReceiver();
    await updateOrganisationWebhook(ctx, { endpoint: receiver.url, logFormat: 'json', enabled: true });
    await deliverAll();
    await updateOrganisationWebhook(ctx, { enabled: false });
    await act(ctx, 'team.meanwhile');
    expect(await deliverAll()).toBe(0);
    await updateOrganisationWebhook(ctx, { enabled: true });
    await deliverAll();
    expect(actionsOf(receiver)).toEqual(['audit-webhook.updated', 'audit-webhook.updated']);
  });

  it('is sent once more for a time of the last seven days', async () => {
    const { ctx, organisation, clock, deliverAll } = await start();
    const receiver = await startReceiver();
    await act(ctx, 'team.early');
    clock.advance(MINUTE);
    for (let n = 0; n < 150; n++) await act(ctx, `team.n${n}`);
    await createToken(organisation, { name: 'laptop' });
    const endAt = clock.now();
    clock.advance(MINUTE);
    await updateOrganisationWebhook(ctx, { endpoint: receiver.url, logFormat: 'json', enabled: true });
    await deliverAll();
    expect(actionsOf(receiver)).toEqual(['audit-webhook.updated']);
    const startAt = new Date(START.getTime() + MINUTE);
    const replay = await requestAuditReplay(ctx, 'organisation', { startAt, endAt });
    expect(replay).toMatchObject({ startAt: startAt.toISOString(), endAt: endAt.toISOString(), status: 'accepted' });
    await expect(requestAuditReplay(ctx, 'organisation', { startAt, endAt })).rejects.toMatchObject({ kind: 'conflict' });
    await deliverNext(ctx, organisation);
    await deliverNext(ctx, organisation);
    expect((await findAuditReplay(ctx, 'organisation'))?.status).toBe('running');
    await expect(requestAuditReplay(ctx, 'organisation', { startAt, endAt })).rejects.toMatchObject({ kind: 'conflict' });
    await deliverAll();
    expect((await findAuditReplay(ctx, 'organisation'))?.status).toBe('completed');
    const expected = Array.from({ length: 150 }, (_, n) => `team.n${n}`);
    expect(actionsOf(receiver).slice(1)).toEqual(['audit-replay.requested', ...expected, 'token.created']);
  });

  it('of a replay that nobody takes is given up', async () => {
    const { ctx, organisation, clock, deliverAll } = await start();
    const receiver = await startReceiver();
    await updateOrganisationWebhook(ctx, { endpoint: receiver.url, enabled: true });
    clock.advance(MINUTE);
    await requestAuditReplay(ctx, 'organisation', { startAt: START, endAt: clock.now() });
    await deliverNext(ctx, organisation);
    receiver.answerWith(500);
    for (let n = 0; n < 10; n++) {
      await deliverAll();
      clock.advance(61 * MINUTE);
    }
    expect((await findAuditReplay(ctx, 'organisation'))?.status).toBe('failed');
    await requestAuditReplay(ctx, 'organisation', { startAt: START, endAt: clock.now() });
    receiver.answerWith(200);
    await deliverAll();
    expect((await findAuditReplay(ctx, 'organisation'))?.status).toBe('completed');
  });

  it('is sent by one process at a time; one that died is replaced', async () => {
    const { ctx, organisation, clock } = await start();
    const receiver = await startReceiver();
    await updateOrganisationWebhook(ctx, { endpoint: receiver.url, enabled: true });
    const died = { ...ctx, ports: { ...ctx.ports, deliverAuditLog: () => Promise.reject(new Error('killed')) } };
    await expect(deliverNext(died, organisation)).rejects.toThrow('killed');
    expect(await deliverNext(ctx, organisation)).toBe(false);
    clock.advance(MINUTE);
    const both = await Promise.all([deliverNext(ctx, organisation), deliverNext(ctx, organisation)]);
    expect([both.filter(Boolean).length, receiver.lines().length]).toEqual([1, 1]);
  });

  it('goes to each destination by itself: one that is slow makes no other wait', async () => {
    const { ctx, organisation } = await start();
    const [slow, quick] = [await startReceiver(), await startReceiver()];
    const portals = [];
    for (const name of ['One', 'Two', 'Three']) portals.push(await createPortal(ctx, { name }, HOSTS));
    const destinations = [];
    for (const { url: endpoint } of [slow, quick])
      destinations.push(await createAuditDestination(ctx, { name: endpoint, endpoint, logFormat: 'json' }));
    for (const [index, portal] of portals.entries()) {
      const destinationId = destinations[index < 2 ? 0 : 1]?.id;
      await updatePortalWebhook(ctx, portal.id, { enabled: true, destinationId });
    }
    let answerNow = (): void => undefined;
    const answer = new Promise<void>((resolve) => {
      answerNow = resolve;
    });
    const { deliverAuditLog } = ctx.ports;
    const begun: string[] = [];
    const waiting = {
      ...ctx.ports,
      deliverAuditLog: async (delivery: Parameters<typeof deliverAuditLog>[0]) => {
        begun.push(delivery.endpoint);
        if (delivery.endpoint === slow.url) await answer;
        return deliverAuditLog(delivery);
      },
    };
    const patient = { ...ctx, ports: waiting };
    const first = deliverNext(patient, organisation);
    await expect.poll(() => begun).toEqual([slow.url]);
    expect(await deliverNext(patient, organisation)).toBe(true);
    expect([begun, quick.received.length]).toEqual([[slow.url, quick.url], 1]);
    // the other portal waits with the first: its log goes to the same destination
    expect(await deliverNext(patient, organisation)).toBe(false);
    answerNow();
    await first;
    expect(await deliverNext(patient, organisation)).toBe(true);
    expect(begun).toEqual([slow.url, quick.url, slow.url]);
  });

  it('is signed with a new key when the secret of the installation has changed', async () => {
    const { ctx, organisation, deliverAll } = await start();
    const receiver = await startReceiver();
    await updateOrganisationWebhook(ctx, { endpoint: receiver.url, enabled: true });
    await deliverAll();
    await act(ctx, 'team.acted');
    await deliverNext({ ...ctx, secretKey: 'another secret that is long enough' }, organisation);
    const keys = await listPublicKeys(ctx);
    expect(keys).toHaveLength(2);
    expect(receiver.lines().map((line) => keys.map((key) => isSigned(line, [key])))).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('is forgotten after a while', async () => {
    const { ctx, organisation, clock } = await start();
    await act(ctx, 'team.old');
    await createToken(organisation, { name: 'old' });
    await numberEvents(ctx, 'region');
    clock.advance(8 * 24 * 60 * MINUTE);
    await act(ctx, 'team.new');
    expect([await pruneAuditLog(ctx, 'region', 7), await pruneAuditLog(organisation, 'organisation', 7)]).toEqual([1, 1]);
    const left = await ctx.db.selectFrom('audit_events').select('action').execute();
    expect(left).toEqual([{ action: 'team.new' }]);
    expect(await numberEvents(ctx, 'region')).toBe(2);
  });
});
