import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { largeSpecification } from '../bench/material.ts';
import { readPage, send } from '../support/app.ts';
import { startServerProcess } from '../support/server-process.ts';
import { ROOT } from '../support/source.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'portico-cli-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** Runs the built program to its end. */
const portico = (
  args: readonly string[],
  env: Record<string, string> = {},
  input = '',
): Promise<{ code: number | null; out: string; err: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(ROOT, 'dist/cli/portico.js'), ...args], {
      env: { PATH: process.env['PATH'], DATA_DIR: dataDir, ...env }, // vitest sets variables of its own
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.end(input);
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    child.once('close', (code) => resolve({ code, out, err }));
  });

describe('the command line', () => {
  it('explains itself', async () => {
    const whole = await portico(['--help']);
    expect(whole).toMatchObject({ code: 0, err: '' });
    for (const command of ['serve', 'migrate', 'seed', 'token create', 'admin create'])
      expect(whole.out).toContain(`  ${command} `);
  });

  it.each(['serve', 'migrate', 'seed', 'token', 'admin'])('explains %s', async (command) => {
    const help = await portico([command, '--help']);
    expect(help).toMatchObject({ code: 0, out: expect.stringMatching(new RegExp(`^Usage: portico ${command}`)) });
  });

  it('answers 2 and its help to what it does not understand', async () => {
    expect(await portico(['publish'])).toMatchObject({ code: 2, err: expect.stringContaining('there is no command "publish"') });
    expect(await portico(['token', 'create', '--colour', 'red'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--colour'),
    });
    expect(await portico(['token', 'create'])).toMatchObject({ code: 2, err: expect.stringContaining('--name') });
    expect((await portico([])).code).toBe(2);
  });

  it('lists every setting that is wrong, and answers 1', async () => {
    const answer = await portico(['serve'], { PORT: 'x', LOG_LEVEL: 'loud' });
    expect(answer.code).toBe(1);
    expect(answer.err).toMatch(/PORT: .*\n.*LOG_LEVEL: /);
  });

  it('refuses to start in production with PostgreSQL and without its secret', async () => {
    const answer = await portico(['serve'], { NODE_ENV: 'production', DATABASE_URL: 'postgres://127.0.0.1:1/x' });
    expect(answer).toMatchObject({ code: 1, err: expect.stringContaining('SECRET_KEY: must be given') });
  });

  it('says when the database cannot be reached', async () => {
    const answer = await portico(['migrate'], { DATABASE_URL: 'postgres://127.0.0.1:1/x' });
    expect(answer.code).toBe(1);
    expect(answer.err).toContain('ECONNREFUSED');
  });

  it('migrates once', async () => {
    expect((await portico(['migrate'])).out).toMatch(/^Applied: /);
    expect((await portico(['migrate'])).out).toBe('Everything is up to date.\n');
  });

  it('makes administrators and tokens, and keeps its secret to itself', async () => {
    expect((await portico(['admin', 'create', '--email', 'ada@example.org', '--name', 'Ada'])).out).toContain(
      'Ada <ada@example.org>',
    );
    expect(await portico(['admin', 'create', '--email', 'ADA@example.org', '--name', 'Ada'])).toMatchObject({ code: 1 });
    const token = await portico(['token', 'create', '--name', 'mine', '--administrator', 'ada@example.org']);
    expect(token).toMatchObject({ code: 0, out: expect.stringMatching(/^kpat_[\w-]{43}\n$/) });
    expect((await portico(['token', 'create', '--name', 'x', '--administrator', 'nobody@example.org'])).code).toBe(1);
    expect(statSync(path.join(dataDir, 'secret-key')).mode & 0o777).toBe(0o600);
  });

  it('prints a link with which an administrator chooses a password, unless it is given one', async () => {
    const link = /^Choose a password here:\nhttp:\/\/localhost:3000\/admin\/password\?token=[\w-]{43}\n$/m;
    expect((await portico(['admin', 'create', '--email', 'ada@example.org', '--name', 'Ada'])).out).toMatch(link);
    expect((await portico(['admin', 'reset', '--email', 'ada@example.org'])).out).toMatch(link);
    const quiet = await portico(
      ['admin', 'reset', '--email', 'ada@example.org', '--password-stdin'],
      {},
      'four harbours in the fog\n',
    );
    expect(quiet).toMatchObject({ code: 0, out: '' });
    const weak = ['admin', 'create', '--email', 'bob@example.org', '--name', 'Bob', '--password-stdin'];
    expect(await portico(weak, {}, 'password\n')).toMatchObject({
      code: 1,
      err: expect.stringContaining('at least 10 characters'),
    });
    expect((await portico(['admin', 'reset', '--email', 'bob@example.org'])).code).toBe(1);
    expect((await portico(['admin', 'delete', '--email', 'bob@example.org'])).code).toBe(2);
  });

  it('fills an empty installation, and never another', async () => {
    expect((await portico(['seed'])).code).toBe(0);
    expect(await portico(['seed'])).toMatchObject({ code: 1, err: expect.stringContaining('nothing was added') });
  });
});

describe('the server', () => {
  it('says where it is, answers, and ends on SIGTERM with 0', async () => {
    const server = await startServerProcess({ DATA_DIR: dataDir }, ['--demo']);
    expect((await send(server.port, 'GET', '/healthz')).text).toBe('ok\n');
    expect((await send(server.port, 'GET', '/readyz')).text).toBe('ready\n');
    expect((await send(server.port, 'GET', '/')).status).toBe(200);
    expect(server.stderr()).toContain(`http://localhost:${server.port}/`);
    expect(server.errors).toEqual([]);
    expect(await server.stop()).toBe(0);
  });

  it('renders after a restart what it had accepted when it was killed', async () => {
    const killed = await startServerProcess({ DATA_DIR: dataDir });
    const token = killed.run('token', 'create', '--name', 'test').trim();
    const post = async (target: string, json: object): Promise<string> => {
      const answer = await send(killed.port, 'POST', `/v2${target}`, { token, json, host: 'localhost' });
      expect(answer.status, answer.text).toBe(201);
      return answer.json.id;
    };
    const portal = await post('/portals', { name: 'docs', is_public: true });
    const product = await post('/api-products', { name: 'Things', portal_ids: [portal] });
    const versions = `/api-products/${product}/product-versions`;
    const version = await post(versions, { name: 'v1', publish_status: 'published' });
    const content = Buffer.from(largeSpecification(1000)).toString('base64');
    await post(`${versions}/${version}/specifications`, { name: 'a.json', content });
    killed.signal('SIGKILL');
    await killed.exited;
    const server = await startServerProcess({ DATA_DIR: dataDir });
    expect((await readPage(server.port, '/spec/things/v1/operations/get999', 'localhost')).status).toBe(200);
    expect(server.errors).toEqual([]);
    expect(await server.stop()).toBe(0);
  });

  it('lets a request in flight finish before it ends', async () => {
    const server = await startServerProcess({ DATA_DIR: dataDir });
    const token = server.run('token', 'create', '--name', 'test').trim();
    const body = JSON.stringify({ name: 'late' });
    const socket = connect(server.port, '127.0.0.1');
    const answer = new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString();
      });
      socket.once('close', () => resolve(text));
    });
    socket.write(
      `POST /v2/api-products HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
    );
    await send(server.port, 'GET', '/healthz'); // by now the first request has been taken
    server.signal('SIGTERM');
    socket.write(body.slice(5));
    expect(await answer).toMatch(/^HTTP\/1\.1 201 /);
    expect(await server.exited).toBe(0);
  });
});
