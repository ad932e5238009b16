/**
 * Sends hostile and malformed specifications to a running server over the management API, and asks the portal for its first
 * page all the while. Prints what was answered, how fast, and how the page of what was accepted fares.
 *
 *     npm run evil [-- DIR…]      (default: evil/ in SHARED_DIR, else in ../shared; inputs made here are always sent)
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readPage, send } from '../support/app.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { ROOT } from '../support/source.ts';

interface Input {
  readonly name: string;
  readonly bytes: Buffer;
}

const head = 'openapi: 3.1.0\ninfo: { title: x, version: "1" }\n';
const bomb = (levels: number): string =>
  `${head}x-a0: &a0 [x, x, x, x, x, x, x, x, x]\n${Array.from({ length: levels }, (_, n) => `x-a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(', ')}]\n`).join('')}paths: {}\n`;

/** What hostile folders do not hold: made here, so that they are never far away. */
const made = (): Input[] =>
  Object.entries({
    'alias bomb, 12 levels': bomb(12),
    'nested 100,000 deep, JSON': `{"openapi":"3.1.0","info":{"title":"x","version":"1"},"paths":{},"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    'nested 100,000 deep, YAML': `${head}paths: {}\nx-deep: ${'['.repeat(100_000)}${']'.repeat(100_000)}\n`,
    'prototype keys':
      '{"openapi":"3.1.0","info":{"title":"x","version":"1"},"paths":{},"__proto__":{"polluted":true},"constructor":{"prototype":{}}}',
    'duplicate keys': `${head}paths: {}\npaths: {}\n`,
    'cut-off JSON': '{"openapi":"3.1.0","info":{"title":"x"',
    'UTF-16': Buffer.from(`\ufeff${head}paths: {}\n`, 'utf16le'),
    'invalid UTF-8': Buffer.concat([Buffer.from(`${head}paths: {}\nx-a: `), Buffer.from([0xc3, 0x28, 0xff])]),
    NUL: `${head}paths: {}\nx-a: "a\0b"\n`,
    '19 MB of spaces': `${head}paths: {}\n${' '.repeat(19_000_000)}\n`,
    '21 MB': `${head}paths: {}\nx-a: "${'a'.repeat(21_000_000)}"\n`,
    '200,000 paths': JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'x', version: '1' },
      paths: Object.fromEntries(Array.from({ length: 200_000 }, (_, n) => [`/p${n}`, { get: { responses: {} } }])),
    }),
    'a remote reference': `${head}paths:\n  /a:\n    $ref: http://127.0.0.1:1/secret.yaml\n`,
    'a file reference': `${head}paths:\n  /a:\n    $ref: ../../../../etc/passwd\n`,
    'script in every text': `openapi: 3.1.0\ninfo: { title: "<script>alert(1)</script>", version: "<b>", description: "<img src=x onerror=alert(1)>" }\npaths:\n  /<script>:\n    get: { operationId: "\\"><script>alert(1)</script>", summary: "<script>", tags: ["<script>"], responses: { "200": { description: "<svg onload=alert(1)>" } } }\n`,
  }).map(([name, content]) => ({ name, bytes: Buffer.isBuffer(content) ? content : Buffer.from(content) }));

const main = async (): Promise<number> => {
  const given = process.argv.slice(2);
  const folders = given.length > 0 ? given : [path.join(process.env['SHARED_DIR'] ?? path.join(ROOT, '../shared'), 'evil')];
  const files = folders.flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder)
          .sort()
          .map((name) => ({ name, bytes: readFileSync(path.join(folder, name)) }))
      : [],
  );
  const server = await startServerProcess({ LOG_LEVEL: 'warn', NODE_ENV: 'production' });
  let bad = 0;
  try {
    const token = server.run('token', 'create', '--name', 'evil').trim();
    const portal = (await api(server, token, 'POST', '/portals', { name: 'evil', is_public: true })).json.id;
    const heart = heartbeat(server);
    for (const input of [...files, ...made()]) if (!(await attempt(server, token, portal, input))) bad++;
    const { beats, slowest, failures } = await heart.stop();
    console.log(`\nmeanwhile the portal answered ${beats} times, the slowest in ${Math.round(slowest)} ms, ${failures} failures`);
    bad += failures + server.errors.length;
    if (server.errors.length > 0) console.log('errors in the log:', JSON.stringify(server.errors.slice(0, 3), null, 2));
  } finally {
    await server.stop();
  }
  console.log(`inputs ${files.length + made().length}, failed ${bad}`);
  return bad > 0 ? 1 : 0;
};

const api = (server: ServerProcess, token: string, method: string, target: string, json: unknown) =>
  send(server.port, method, `/v2${target}`, { token, json, host: 'localhost' });

/** Uploads one input; answers whether all went as it must: refused with a reason, or accepted with a page. Never a 5xx. */
const attempt = async (server: ServerProcess, token: string, portal: string, { name, bytes }: Input): Promise<boolean> => {
  const product = (await api(server, token, 'POST', '/api-products', { name: 'evil', portal_ids: [portal] })).json.id;
  const version = (
    await api(server, token, 'POST', `/api-products/${product}/product-versions`, { name: '1', publish_status: 'published' })
  ).json.id;
  const started = performance.now();
  const answer = await api(server, token, 'POST', `/api-products/${product}/product-versions/${version}/specifications`, {
    name: 'openapi.yaml',
    content: bytes.toString('base64'),
  });
  const ms = Math.round(performance.now() - started);
  const pages: number[] = [];
  if (answer.status === 201) {
    const first = await readPage(server.port, `/spec/${product}/${version}`, 'evil.localhost');
    pages.push(first.status);
    for (const [, href] of first.text.matchAll(/href="(\/spec\/[^"]+\/(?:operations|schemas)\/[^"]+)"/g))
      pages.push((await readPage(server.port, (href ?? '').replace(/&amp;/g, '&'), 'evil.localhost')).status);
  }
  const reason =
    answer.status === 201 ? `accepted; ${pages.length} pages, ${[...new Set(pages)].join(', ')}` : reasonOf(answer.text);
  console.log(`${name.slice(0, 28).padEnd(28)} ${answer.status} ${String(ms).padStart(6)} ms  ${reason.slice(0, 160)}`);
  await api(server, token, 'DELETE', `/api-products/${product}`, undefined);
  if (answer.status === 201) return pages.every((status) => status === 200);
  return (answer.status === 400 || answer.status === 413) && reason.length > 10;
};

const reasonOf = (text: string): string => {
  const problem = JSON.parse(text) as { detail: string; invalid_parameters?: { reason: string }[] };
  return (problem.invalid_parameters ?? []).map(({ reason }) => reason).join(' | ') || problem.detail;
};

/** Asks for the portal's first page without a pause until told to stop. */
const heartbeat = (server: ServerProcess): { stop(): Promise<{ beats: number; slowest: number; failures: number }> } => {
  let running = true;
  const tally = { beats: 0, slowest: 0, failures: 0 };
  const loop = (async () => {
    while (running) {
      const started = performance.now();
      const answer = await send(server.port, 'GET', '/', { host: 'evil.localhost' });
      tally.beats++;
      tally.slowest = Math.max(tally.slowest, performance.now() - started);
      if (answer.status !== 200) tally.failures++;
    }
  })();
  return {
    stop: async () => {
      running = false;
      await loop;
      return tally;
    },
  };
};

process.exitCode = await main();
