import { describe, expect, it } from 'vitest';
import { mayReach, networksOf } from '../../src/connectors/reachable.ts';
import { safeFetch } from '../../src/connectors/safe-fetch.ts';
import { httpServers } from '../support/http-servers.ts';

const start = httpServers();

const trust = 'administrator';

describe('an address', () => {
  it.each([
    ['169.254.169.254', false, false],
    ['0.0.0.0', false, false],
    ['100.100.100.200', false, false],
    ['224.0.0.1', false, false],
    ['255.255.255.255', false, false],
    ['fe80::1', false, false],
    ['fe80::1%eth0', false, false],
    ['::', false, false],
    ['fd00:ec2::254', false, false],
    ['::ffff:169.254.169.254', false, false],
    ['::169.254.169.254', false, false],
    ['::ffff:0:169.254.169.254', false, false],
    ['64:ff9b::a9fe:a9fe', false, false],
    ['64:ff9b:1::a9fe:a9fe', false, false],
    ['2002:a9fe:a9fe::1', false, false],
    ['127.0.0.1', true, false],
    ['10.1.2.3', true, false],
    ['172.16.0.1', true, false],
    ['172.32.0.1', true, true],
    ['192.168.1.1', true, false],
    ['100.64.0.1', true, false],
    ['::1', true, false],
    ['fd12:3456::1', true, false],
    ['::ffff:10.0.0.1', true, false],
    ['2002:0a00:0001::1', true, false],
    ['203.0.113.9', true, false],
    ['93.184.216.34', true, true],
    ['2606:4700::1111', true, true],
    ['::ffff:93.184.216.34', true, true],
    ['no address', false, false],
  ])('%s: for administrators %s, for anybody %s', (address, administrator, anybody) => {
    expect([mayReach(address, 'administrator'), mayReach(address, 'anybody')]).toEqual([administrator, anybody]);
  });
});

describe('a request', () => {
  it('is sent with its headers and body, and its answer read', async () => {
    const server = await start((_req, res) => res.writeHead(202, { 'x-answer': 'yes' }).end('taken'));
    const headers = { authorization: 'Bearer x', 'content-type': 'text/plain' };
    const answer = await safeFetch({ url: `${server.url}/in?a=b`, method: 'POST', headers, body: 'ä line', trust });
    expect([answer.status, answer.headers['x-answer'], answer.body.toString()]).toEqual([202, 'yes', 'taken']);
    const [received] = server.received;
    expect([received?.method, received?.path, received?.body.toString()]).toEqual(['POST', '/in?a=b', 'ä line']);
    expect(received?.headers).toMatchObject({ ...headers, host: `localhost:${server.port}`, 'content-length': '7' });
  });

  it('is not sent where it may not go', async () => {
    const server = await start((_req, res) => res.end());
    const refused = { reason: 'address not allowed' };
    for (const url of [
      server.url,
      `http://127.0.0.1:${server.port}`,
      `http://2130706433:${server.port}`,
      `http://[::1]:${server.port}`,
    ])
      await expect(safeFetch({ url, trust: 'anybody' }), url).rejects.toMatchObject(refused);
    for (const url of [
      'http://169.254.169.254/latest/meta-data',
      'http://0.0.0.0/',
      'http://[::ffff:a9fe:a9fe]/',
      'http://0xa9fea9fe/',
    ])
      await expect(safeFetch({ url, trust }), url).rejects.toMatchObject(refused);
    for (const url of ['file:///etc/passwd', 'ftp://localhost/', 'nonsense', `http://user:password@localhost:${server.port}/`])
      await expect(safeFetch({ url, trust }), url).rejects.toMatchObject(refused);
    expect(server.received).toEqual([]);
  });

  it('follows redirects only as often as it may, and checks each address', async () => {
    const server = await start((req, res) => {
      if (req.url === '/metadata') res.writeHead(302, { location: 'http://169.254.169.254/' }).end();
      else if (req.url === '/loop') res.writeHead(307, { location: '/loop' }).end();
      else if (req.url === '/there') res.end('here');
      else res.writeHead(req.url === '/again' ? 308 : 302, { location: '/there' }).end();
    });
    const fetch = (path: string, more: object = {}) =>
      safeFetch({ url: `${server.url}${path}`, trust, maxRedirects: 3, ...more });
    expect((await fetch('/first')).body.toString()).toBe('here');
    expect(await fetch('/first', { maxRedirects: 0 })).toMatchObject({ status: 302 });
    expect(await fetch('/first', { method: 'POST' })).toMatchObject({ status: 302 });
    expect((await fetch('/again', { method: 'POST', body: 'x' })).body.toString()).toBe('here');
    expect(server.received.at(-1)).toMatchObject({ method: 'POST', body: Buffer.from('x') });
    await expect(fetch('/metadata')).rejects.toMatchObject({ reason: 'address not allowed' });
    await expect(fetch('/loop')).rejects.toMatchObject({ reason: 'too many redirects' });
  });

  it('shows its secrets to no other origin', async () => {
    const other = await start((_req, res) => res.end());
    const server = await start((_req, res) => res.writeHead(307, { location: other.url }).end());
    await safeFetch({
      url: server.url,
      trust,
      maxRedirects: 1,
      headers: { Authorization: 'Bearer x', cookie: 'a=b', 'x-own': 'c' },
    });
    expect(other.received[0]?.headers).not.toHaveProperty('authorization');
    expect(other.received[0]?.headers).not.toHaveProperty('cookie');
    expect(other.received[0]?.headers).toMatchObject({ 'x-own': 'c' });
  });

  it('goes over TLS only where the certificate is valid, unless told otherwise', async () => {
    const server = await start((_req, res) => res.end('sealed'), { tls: true });
    await expect(safeFetch({ url: server.url, trust })).rejects.toMatchObject({ reason: 'certificate not valid' });
    expect((await safeFetch({ url: server.url, trust, verifyCertificate: false })).body.toString()).toBe('sealed');
  });

  it('says why there is no answer', async () => {
    const silent = await start(() => undefined);
    await expect(safeFetch({ url: silent.url, trust, timeoutMs: 50 })).rejects.toMatchObject({ reason: 'no answer in time' });
    await silent.close();
    await expect(safeFetch({ url: silent.url, trust })).rejects.toMatchObject({ reason: 'not reachable' });
    await expect(safeFetch({ url: 'http://nowhere.invalid/', trust })).rejects.toMatchObject({ reason: 'name not found' });
    const large = await start((_req, res) => res.end('x'.repeat(2000)));
    await expect(safeFetch({ url: large.url, trust, maxBytes: 1000 })).rejects.toMatchObject({ reason: 'answer too large' });
    const slow = await start((_req, res) => res.write('begun'));
    await expect(safeFetch({ url: slow.url, trust, timeoutMs: 100 })).rejects.toMatchObject({ reason: 'no answer in time' });
  });
});

describe('an address that somebody who runs the installation names', () => {
  const allowed = networksOf(['127.0.0.1', '10.1.0.0/16', 'fd12::/16', '169.254.0.0/16']);

  it.each([
    ['127.0.0.1', true],
    ['127.0.0.2', false],
    ['10.1.2.3', true],
    ['10.2.0.1', false],
    ['fd12:3456::1', true],
    ['fd13::1', false],
    ['::ffff:10.1.2.3', true],
    ['::ffff:10.2.0.1', false],
    ['169.254.169.254', false],
    ['93.184.216.34', true],
  ])('%s may be reached by anybody: %s', (address, expected) => {
    expect(mayReach(address, 'anybody', allowed)).toBe(expected);
  });

  it('is an address or a network', () => {
    expect(() => networksOf(['localhost'])).toThrow(/no address and no network/);
  });
});
