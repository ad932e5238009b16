import { describe, expect, it } from 'vitest';
import { createTrialSender } from '../../src/connectors/console.ts';
import { httpServers } from '../support/http-servers.ts';

const start = httpServers();

const LIMITS = { networks: ['127.0.0.1', '::1'], timeoutMs: 30_000, maxBytes: 1000 };

const trial = (url: string, more = {}) => ({ method: 'GET', url, headers: [], body: undefined, ...more });

describe('a request of the console', () => {
  it('is sent as it is, but for what belongs to the connection, and its answer told without cookies', async () => {
    const server = await start((_req, res) =>
      res
        .writeHead(418, { 'set-cookie': 'a=b', 'x-answer': 'yes', connection: 'close', 'content-type': 'text/plain' })
        .end('tea'),
    );
    const headers = [
      ['X-Key', 'secret'],
      ['Host', 'evil.example'],
      ['Connection', 'upgrade'],
      ['Transfer-Encoding', 'chunked'],
      ['Cookie', 'declared=1'],
      ['Accept-Encoding', 'gzip'],
    ] as const;
    const outcome = await createTrialSender(LIMITS)(
      trial(`${server.url}/a?b=c`, { method: 'PATCH', headers, body: Buffer.from('{}') }),
    );
    expect(outcome).toMatchObject({ answered: true, status: 418 });
    expect(outcome.answered && outcome.body.toString()).toBe('tea');
    expect(Object.fromEntries(outcome.answered ? outcome.headers : [])).toMatchObject({ 'x-answer': 'yes' });
    expect(outcome.answered && outcome.headers.map(([name]) => name)).not.toContain('set-cookie');
    const [received] = server.received;
    expect([received?.method, received?.path, received?.body.toString()]).toEqual(['PATCH', '/a?b=c', '{}']);
    expect(received?.headers).toMatchObject({
      ...{ 'x-key': 'secret', host: `localhost:${server.port}`, cookie: 'declared=1', 'accept-encoding': 'identity' },
    });
    expect(received?.headers['transfer-encoding']).toBeUndefined();
  });

  it('follows no redirect', async () => {
    const server = await start((_req, res) => res.writeHead(302, { location: '/there' }).end());
    expect(await createTrialSender(LIMITS)(trial(server.url))).toMatchObject({ answered: true, status: 302 });
    expect(server.received).toHaveLength(1);
  });

  it.each([
    ['an answer that is too large', () => start((_req, res) => res.end('x'.repeat(2000))), {}, 'answer too large'],
    ['a private address', () => start((_req, res) => res.end()), { networks: [] }, 'address not allowed'],
    ['a server that is too slow', () => start(() => undefined), { timeoutMs: 50 }, 'no answer in time'],
  ] as const)('tells of %s', async (_name, begin, limits, reason) => {
    const server = await begin();
    expect(await createTrialSender({ ...LIMITS, ...limits })(trial(server.url))).toMatchObject({ answered: false, reason });
  });

  it.each(['http://169.254.169.254/', 'file:///etc/passwd', 'http://user:pass@localhost/'])('never goes to %s', async (url) => {
    const networks = ['0.0.0.0/0', '::/0'];
    expect(await createTrialSender({ ...LIMITS, networks })(trial(url))).toMatchObject({ reason: 'address not allowed' });
  });

  it('is none that opens a tunnel, or has a header that none can be', async () => {
    const server = await start((_req, res) => res.end());
    const send = createTrialSender(LIMITS);
    expect(await send(trial(server.url, { method: 'CONNECT' }))).toMatchObject({ reason: 'method not allowed' });
    expect(await send(trial(server.url, { headers: [['a b', 'x']] }))).toMatchObject({ reason: 'not reachable' });
    expect(server.received).toEqual([]);
  });
});
