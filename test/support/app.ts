import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, type ClientRequest, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { type ComposeOptions, compose, type Installation } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import type { Connection } from '../../src/database/connect.ts';
import { SYSTEM } from '../../src/domain/access/index.ts';
import type { ContextWithPorts } from '../../src/domain/context.ts';
import { createToken } from '../../src/domain/tokens/index.ts';
import { serve } from '../../src/server.ts';
import { sharedPool } from './pool.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
  /** The body as JSON; throws when it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of every shape, and assert what they find
  readonly json: any;
}

export interface RequestOptions {
  readonly host?: string;
  /** A bearer token; `null` sends none. The app's own administrator token is sent to the management API unless told otherwise. */
  readonly token?: string | null;
  readonly json?: unknown;
  readonly body?: string | Buffer;
  readonly headers?: Record<string, string>;
}

export interface TestApp {
  readonly url: string;
  readonly port: number;
  readonly token: string;
  readonly installation: Installation;
  /** A context of the default region, acting as the system, for preparing data. */
  readonly ctx: ContextWithPorts;
  request(method: string, path: string, options?: RequestOptions): Promise<Answer>;
  /** Stops the server, and drops nothing else: the databases belong to the test. */
  close(): Promise<void>;
}

/** Where the contract's validating proxy listens, when the tests run through it (`npm run contract`). */
const CONTRACT_PROXY_PORT = process.env['CONTRACT_PROXY_PORT'];

/** Connections are used again, as browsers do it: to open one takes as long as many an answer. Idle ones go well before a server ends them. */
const connections = new Agent({ keepAlive: true, timeout: 1000 });

/** Sends a request with any `Host`: Node does not resolve names below localhost, and fetch drops the header. */
export const send = (port: number, method: string, target: string, options: RequestOptions = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const body = options.json === undefined ? options.body : JSON.stringify(options.json);
    const headers: Record<string, string> = {
      host: options.host ?? `localhost:${port}`,
      ...(options.json === undefined ? {} : { 'content-type': 'application/json' }),
      ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      ...(typeof options.token === 'string' ? { authorization: `Bearer ${options.token}` } : {}),
      ...(CONTRACT_PROXY_PORT ? { 'x-contract-target': String(port) } : {}),
      ...options.headers,
    };
    const req: ClientRequest = httpRequest(
      { host: '127.0.0.1', port: CONTRACT_PROXY_PORT ?? port, method, path: target, headers, agent: connections },
      (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.once('error', reject);
        res.once('end', () => {
          const bytes = Buffer.concat(chunks);
          const text = bytes.toString('utf8');
          resolve({
            status: res.statusCode ?? 0,
            headers: res.headers,
            body: bytes,
            text,
            get json() {
              return JSON.parse(text);
            },
          });
        });
      },
    );
    req.once('error', reject);
    req.end(body);
  });

/** Asks for a page as a patient reader does: one that is being prepared is asked for again when it says so. */
export const readPage = async (
  port: number,
  target: string,
  host: string,
  headers: Record<string, string> = {},
): Promise<Answer> => {
  for (let attempt = 1; ; attempt++) {
    const answer = await send(port, 'GET', target, { host, headers });
    if (answer.status !== 503 || attempt === 10) return answer;
    await delay(Number(answer.headers['retry-after'] ?? 1) * 1000);
  }
};

/**
 * The real application on a test database, listening on a free port. `env` adds settings; `options` replaces connectors. What follows
 * from changes is not done in the background: `installation.worker.runDue()` does it.
 */
export const startApp = async (
  connection: Connection,
  { env = {}, options = {} }: { env?: Record<string, string>; options?: ComposeOptions } = {},
): Promise<TestApp> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'portico-app-'));
  const address = 'test-database';
  const config = readConfig({
    PORT: '0',
    DATA_DIR: folder,
    DATABASE_URL: address,
    LOG_LEVEL: 'silent',
    BASE_URL: 'http://localhost',
    PASSWORD_MEMORY_KIB: '8',
    PASSWORD_PASSES: '1',
    RENDERING_PROCESSES: '1',
    INGEST_DEADLINE_SECONDS: '120',
    ...env,
  });
  const installation = await compose(config, {
    log: pino({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent' }),
    patienceMs: 60_000, // a busy machine fails no test
    createPool: sharedPool,
    ...options,
    connections: new Map([[address, connection], ...(options.connections ?? [])]),
  });
  const server = await serve(installation, { work: false });
  const { secret: token } = await createToken(installation.organisation, { name: 'test' });
  const ctx = installation.regionContext(config.defaultRegion, SYSTEM);
  if (!ctx) throw new Error('the default region is not served');
  return {
    url: `http://localhost:${server.port}`,
    port: server.port,
    token,
    installation,
    ctx,
    request: (method, target, { token: sent, ...rest } = {}) =>
      send(server.port, method, target, {
        ...rest,
        ...(sent === null ? {} : { token: sent ?? (/^\/(v2|portico\/v1)\b/.test(target) ? token : undefined) }),
      } as RequestOptions),
    close: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
