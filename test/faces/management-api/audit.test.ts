import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { type AuditReceiver, isSigned, startAuditReceiver } from '../../support/audit-receiver.ts';
import { onEachDatabase } from '../../support/database.ts';

const NEVER = '0001-01-01T00:00:00Z';
const DESTINATIONS = '/v2/audit-log-destinations';
const DESTINATION = {
  name: 'SIEM',
  endpoint: 'https://siem.example.com/in',
  authorization: 'Bearer secret',
  log_format: 'json',
  skip_ssl_verification: false,
};

onEachDatabase('audit logs over HTTP', (open) => {
  let app: TestApp;
  const receivers: AuditReceiver[] = [];
  afterEach(async () => {
    await app.close();
    await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
  });

  const start = async () => {
    app = await startApp(await open());
    const receiver = await startAuditReceiver();
    receivers.push(receiver);
    const portal = (await app.request('POST', '/v2/portals', { json: { name: 'Harbour' } })).json;
    return { request: app.request, receiver, portal };
  };

  it('have destinations, whose secrets are never shown', async () => {
    const { request } = await start();
    const created = await request('POST', DESTINATIONS, { json: DESTINATION });
    const { authorization: _, ...shown } = DESTINATION;
    const times = { created_at: expect.any(String), updated_at: created.json.created_at };
    expect([created.status, created.json]).toEqual([201, { ...shown, ...times, id: expect.any(String) }]);
    const at = `${DESTINATIONS}/${created.json.id}`;
    expect((await request('GET', at)).json).toEqual(created.json);
    const changed = await request('PATCH', at, { json: { name: 'Logs', skip_ssl_verification: true } });
    expect(changed.json).toMatchObject({ ...shown, name: 'Logs', skip_ssl_verification: true });
    expect((await request('DELETE', at)).status).toBe(204);
    for (const method of ['GET', 'DELETE']) expect((await request(method, at)).status).toBe(404);
    expect((await request('PATCH', at, { json: {} })).status).toBe(404);
    expect((await request('GET', `${DESTINATIONS}/x`)).status).toBe(404);
  });

  it('have destinations that are listed forth and back', async () => {
    const { request } = await start();
    for (const name of ['One', 'Two', 'Three', 'Four', 'Five'])
      await request('POST', DESTINATIONS, { json: { ...DESTINATION, name } });
    const namesOf = (json: { data: { name: string }[] }) => json.data.map(({ name }) => name);
    const first = (await request('GET', `${DESTINATIONS}?page[size]=2`)).json;
    expect(namesOf(first)).toEqual(['One', 'Two']);
    expect(first.meta).toEqual({ size: 2, previous: null, next: expect.stringMatching(/^\/v2\/audit-log-destinations\?/) });
    const second = (await request('GET', first.meta.next)).json;
    expect(namesOf(second)).toEqual(['Three', 'Four']);
    const third = (await request('GET', second.meta.next)).json;
    expect([namesOf(third), third.meta.next]).toEqual([['Five'], null]);
    expect(namesOf((await request('GET', third.meta.previous)).json)).toEqual(['Three', 'Four']);
    const back = (await request('GET', second.meta.previous)).json;
    expect([namesOf(back), back.meta.previous]).toEqual([['One', 'Two'], null]);
    expect(namesOf((await request('GET', `${DESTINATIONS}?filter[name]=TWO`)).json)).toEqual(['Two']);
    const found = (await request('GET', `${DESTINATIONS}?filter[name][contains]=o&page[size]=1`)).json;
    expect(namesOf((await request('GET', found.meta.next)).json)).toEqual(['Two']);
  });

  it('are sent by the webhook of the organisation, which tells how it fares', async () => {
    const { request, receiver } = await start();
    const unset = { endpoint: '', enabled: false, log_format: 'cef', skip_ssl_verification: false, updated_at: NEVER };
    expect((await request('GET', '/v2/audit-log-webhook')).json).toEqual(unset);
    expect((await request('GET', '/v2/audit-log-webhook/status')).json).toEqual({
      webhook_enabled: false,
      webhook_status: 'inactive',
    });
    expect((await request('GET', '/v2/audit-log-webhook/jwks.json', { token: null })).json).toEqual({ keys: [] });
    const blank = await request('PATCH', '/v2/audit-log-webhook', { json: { enabled: true } });
    expect([blank.status, blank.json.invalid_parameters[0].field]).toEqual([400, 'endpoint']);
    const json = { endpoint: receiver.url, authorization: 'Bearer x', enabled: true, log_format: 'json' };
    const set = await request('PATCH', '/v2/audit-log-webhook', { json });
    expect([set.status, set.json]).toEqual([
      200,
      { endpoint: receiver.url, enabled: true, log_format: 'json', skip_ssl_verification: false, updated_at: expect.any(String) },
    ]);
    expect((await request('GET', '/v2/audit-log-webhook')).json).toEqual(set.json);
    expect((await request('GET', '/v2/audit-log-webhook/status')).json).toEqual({
      webhook_enabled: true,
      webhook_status: 'active',
    });
    await app.installation.worker.runDue();
    expect((await request('GET', '/v2/audit-log-webhook/status')).json).toEqual({
      webhook_enabled: true,
      webhook_status: 'active',
      last_attempt_at: expect.any(String),
      last_response_code: 200,
      last_response_message: 'OK',
    });
    const { keys } = (await request('GET', '/v2/audit-log-webhook/jwks.json', { token: null })).json;
    expect(keys).toEqual([{ kty: 'OKP', alg: 'EdDSA', crv: 'Ed25519', kid: expect.any(String), x: expect.any(String) }]);
    const line = receiver.lines()[0] ?? '';
    expect(isSigned(line, keys)).toBe(true);
    expect(JSON.parse(line)).toMatchObject({ event_class_id: 'audit-webhook.updated', src: '127.0.0.1', region: 'us' });
  });

  it('are sent by the webhook of a portal to a destination', async () => {
    const { request, receiver, portal } = await start();
    const at = `/v2/portals/${portal.id}/audit-log-webhook`;
    expect((await request('GET', at)).json).toEqual({ enabled: false });
    const blank = await request('PATCH', at, { json: { enabled: true } });
    expect([blank.status, blank.json.invalid_parameters[0].field]).toEqual([400, 'audit_log_destination_id']);
    const destination = (await request('POST', DESTINATIONS, { json: { ...DESTINATION, endpoint: receiver.url } })).json;
    const set = await request('PATCH', at, { json: { enabled: true, audit_log_destination_id: destination.id } });
    expect([set.status, set.json]).toEqual([200, { enabled: true, audit_log_destination_id: destination.id }]);
    expect((await request('GET', at)).json).toEqual(set.json);
    await request('POST', `/v2/portals/${portal.id}/teams`, { json: { name: 'Partners' } });
    await app.installation.worker.runDue();
    expect(receiver.lines().map((line) => JSON.parse(line).event_class_id)).toEqual(['audit-webhook.updated', 'team.created']);
    expect((await request('GET', `${at}/status`)).json).toMatchObject({ webhook_status: 'active', last_response_code: 200 });
    expect((await request('DELETE', `${DESTINATIONS}/${destination.id}`)).status).toBe(409);
    expect((await request('PATCH', at, { json: { enabled: false } })).json).toMatchObject({ enabled: false });
  });

  it('can be sent once more', async () => {
    const { request, receiver, portal } = await start();
    const [start_at, end_at] = [new Date(Date.now() - 3_600_000).toISOString(), new Date(Date.now() - 1000).toISOString()];
    const destination = (await request('POST', DESTINATIONS, { json: { ...DESTINATION, endpoint: receiver.url } })).json;
    const webhook = { enabled: true, audit_log_destination_id: destination.id };
    for (const base of ['/v2', `/v2/portals/${portal.id}`]) {
      const at = `${base}/audit-log-replay-job`;
      expect((await request('GET', at)).json).toEqual({
        start_at: NEVER,
        end_at: NEVER,
        status: 'unconfigured',
        updated_at: NEVER,
      });
      expect((await request('PUT', at, { json: { start_at, end_at } })).status).toBe(400);
      const json = base === '/v2' ? { enabled: true, endpoint: receiver.url } : webhook;
      await request('PATCH', `${base}/audit-log-webhook`, { json });
      const accepted = await request('PUT', at, { json: { start_at, end_at } });
      expect([accepted.status, accepted.json]).toEqual([
        202,
        { start_at, end_at, status: 'accepted', updated_at: expect.any(String) },
      ]);
      expect((await request('PUT', at, { json: { start_at, end_at } })).status).toBe(409);
      await app.installation.worker.runDue();
      expect((await request('GET', at)).json).toMatchObject({ start_at, end_at, status: 'completed' });
    }
  });

  it('refuse what the contract refuses', async () => {
    const { request, portal } = await start();
    const { id } = (await request('POST', DESTINATIONS, { json: DESTINATION })).json;
    const [webhook, replay] = ['/v2/audit-log-webhook', '/v2/audit-log-replay-job'];
    const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    const cases: [string, string, unknown, string, string][] = [
      ['POST', DESTINATIONS, { ...DESTINATION, name: undefined }, 'name', 'required'],
      ['POST', DESTINATIONS, { ...DESTINATION, name: '' }, 'name', 'min_length'],
      ['POST', DESTINATIONS, { ...DESTINATION, endpoint: undefined }, 'endpoint', 'required'],
      ['POST', DESTINATIONS, { ...DESTINATION, endpoint: 'ftp://x/' }, 'endpoint', 'invalid'],
      ['POST', DESTINATIONS, { ...DESTINATION, endpoint: 'https://u:p@x/' }, 'endpoint', 'invalid'],
      ['POST', DESTINATIONS, { ...DESTINATION, authorization: 'a\r\nb: c' }, 'authorization', 'matches_regex'],
      ['POST', DESTINATIONS, { ...DESTINATION, authorization: '' }, 'authorization', 'min_length'],
      ['POST', DESTINATIONS, { ...DESTINATION, log_format: 'xml' }, 'log_format', 'enum'],
      ['POST', DESTINATIONS, { ...DESTINATION, skip_ssl_verification: 'no' }, 'skip_ssl_verification', 'is_boolean'],
      ['POST', DESTINATIONS, { ...DESTINATION, more: 1 }, 'more', 'unknown_property'],
      ['PATCH', `${DESTINATIONS}/${id}`, { endpoint: 'nonsense' }, 'endpoint', 'invalid'],
      ['PATCH', webhook, { endpoint: 'nonsense' }, 'endpoint', 'invalid'],
      ['PATCH', webhook, { name: 'x' }, 'name', 'unknown_property'],
      [
        'PATCH',
        `/v2/portals/${portal.id}/audit-log-webhook`,
        { audit_log_destination_id: 'x' },
        'audit_log_destination_id',
        'is_uuid',
      ],
      [
        ...(['PATCH', `/v2/portals/${portal.id}/audit-log-webhook`, { audit_log_destination_id: randomUUID() }] as const),
        ...(['audit_log_destination_id', 'missing_reference'] as const),
      ],
      ['PUT', replay, {}, 'start_at', 'required'],
      ['PUT', replay, { start_at: 'yesterday', end_at: ago(0) }, 'start_at', 'is_date_time'],
      ['PUT', replay, { start_at: ago(8), end_at: ago(1) }, 'start_at', 'invalid'],
      ['PUT', replay, { start_at: ago(1), end_at: ago(-1) }, 'end_at', 'invalid'],
      ['PUT', replay, { start_at: ago(1), end_at: ago(2) }, 'end_at', 'invalid'],
    ];
    for (const [method, path, json, field, rule] of cases) {
      const answer = await request(method, path, { json });
      const sent = `${method} ${path} ${JSON.stringify(json)}`;
      expect([answer.status, answer.json.invalid_parameters?.[0]], sent).toMatchObject([400, { field, rule }]);
    }
  });

  it('ask for a token, and for what there is', async () => {
    const { request, portal } = await start();
    const range = { start_at: new Date(Date.now() - 60_000).toISOString(), end_at: new Date(Date.now() - 1000).toISOString() };
    const { id } = (await request('POST', DESTINATIONS, { json: DESTINATION })).json;
    const operations: [string, string, unknown?][] = [
      ['GET', 'audit-log-destinations'],
      ['POST', 'audit-log-destinations', DESTINATION],
      ['GET', `audit-log-destinations/${id}`],
      ['PATCH', `audit-log-destinations/${id}`, { name: 'x' }],
      ['DELETE', `audit-log-destinations/${id}`],
      ['GET', 'audit-log-webhook'],
      ['PATCH', 'audit-log-webhook', { log_format: 'json' }],
      ['GET', 'audit-log-webhook/status'],
      ['GET', 'audit-log-replay-job'],
      ['PUT', 'audit-log-replay-job', range],
    ];
    for (const [method, path, json] of operations) {
      expect((await request(method, `/v2/${path}`, { json, token: null })).status, `${method} ${path}`).toBe(401);
      if (path.startsWith('audit-log-destinations')) continue;
      const body = method === 'PATCH' ? { enabled: false } : json;
      const of = (portalId: string, token?: null) =>
        request(method, `/v2/portals/${portalId}/${path}`, { json: body, ...(token === null ? { token } : {}) });
      expect((await of(portal.id, null)).status, `${method} ${path} of a portal`).toBe(401);
      for (const nowhere of [randomUUID(), 'nonsense']) expect((await of(nowhere)).status, `${method} ${path} of none`).toBe(404);
    }
  });
});
