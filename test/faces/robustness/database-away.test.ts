import { once } from 'node:events';
import { type AddressInfo, connect as connectSocket, createServer, type Server, type Socket } from 'node:net';
import { sql } from 'kysely';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { type Connection, connect } from '../../../src/database/connect.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { freshDatabase } from '../../support/database.ts';
import { errorLog } from './installation.ts';

/** A gate on the way to the database server: shut, connections break and new ones are refused; muted, it takes everything and answers nothing. */
const openGate = async (target: URL) => {
  const sockets = new Set<Socket>();
  let server: Server;
  let muted = false;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  };
  const listen = async (port: number): Promise<number> => {
    server = createServer((client) => {
      const upstream = connectSocket(Number(target.port), target.hostname);
      for (const socket of [client, upstream]) keep(socket);
      client.on('data', (data) => muted || upstream.write(data));
      upstream.on('data', (data) => muted || client.write(data));
      client.once('close', () => upstream.destroy());
      upstream.once('close', () => muted || client.destroy());
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(0);
  return {
    port,
    open: () => listen(port),
    mute: (on: boolean) => {
      muted = on;
    },
    shut: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};

describe('while the database is away', () => {
  const closing: (() => Promise<unknown>)[] = [];
  let app: TestApp;

  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  const databaseName = async (connection: Connection): Promise<string> => {
    const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(connection.db);
    return rows[0]?.name ?? '';
  };

  const start = async (timeoutMs = 10_000) => {
    const direct = await freshDatabase('postgres');
    closing.push(() => direct.close());
    const target = new URL(inject('postgresTemplate'));
    target.pathname = `/${await databaseName(direct)}`;
    const gate = await openGate(target);
    closing.push(() => gate.shut());
    const through = new URL(target);
    through.port = String(gate.port);
    const connection = connect(through.href, { poolSize: 3, timeoutMs });
    closing.push(() => connection.close());
    const { log } = errorLog();
    app = await startApp(connection, { options: { log } });
    closing.push(() => app.close());
    await app.installation.prepare();
    const portal = await app.request('POST', '/v2/portals', { json: { name: 'site', is_public: true } });
    expect(portal.status).toBe(201);
    expect((await app.request('GET', '/')).status).toBe(200);
    return { gate, direct };
  };

  const expectAway = async (): Promise<void> => {
    for (const target of ['/v2/api-products', '/api/v2/products']) {
      const api = await app.request('GET', target);
      expect(api.status, `${target}: ${api.text}`).toBe(503);
      expect(api.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(api.headers['retry-after']).toMatch(/^\d+$/);
      expect(api.json).toMatchObject({ status: 503, title: 'Service Unavailable' });
    }
    const created = await app.request('POST', '/v2/api-products', { json: { name: 'Lost' } });
    expect(created.status).toBe(503);
    const page = await app.request('GET', '/');
    expect(page.status).toBe(503);
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    expect(page.headers['retry-after']).toMatch(/^\d+$/);
    expect((await app.request('GET', '/readyz')).status).toBe(503);
    expect((await app.request('GET', '/healthz')).status).toBe(200);
  };

  const expectBack = async (): Promise<void> => {
    expect((await app.request('GET', '/readyz')).status).toBe(200);
    expect((await app.request('GET', '/v2/api-products')).json.data).toEqual([]);
    expect((await app.request('GET', '/')).status).toBe(200);
    expect((await app.request('POST', '/v2/api-products', { json: { name: 'Found' } })).status).toBe(201);
  };

  it('everything asks to come back later, and works when it is back', async () => {
    const { gate } = await start();
    await gate.shut();
    await expectAway();
    await gate.open();
    await expectBack();
  });

  it('connections that the server ended are replaced', async () => {
    const { direct } = await start();
    const end = sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
    await end.execute(direct.db);
    for (const target of ['/v2/api-products', '/api/v2/products', '/'])
      expect([200, 503], target).toContain((await app.request('GET', target)).status);
    await expectBack();
  });

  it('a server that takes everything and answers nothing is not waited for any longer than is set', async () => {
    const { gate } = await start(2_500);
    gate.mute(true);
    await expectAway();
    gate.mute(false);
    await expectBack();
  });

  it('a statement that takes too long is given up', async () => {
    const { direct } = await start(2_500);
    const answer = await direct.db.transaction().execute(async (transaction) => {
      await sql`lock table products in access exclusive mode`.execute(transaction);
      return app.request('GET', '/v2/api-products');
    });
    expect(answer.status).toBe(503);
    await expectBack();
  });

  it('statements that were cut off are answered too', async () => {
    const { gate, direct } = await start();
    const answers = await direct.db.transaction().execute(async (transaction) => {
      await sql`lock table products in access exclusive mode`.execute(transaction);
      const waiting = Promise.all(['/v2/api-products', '/v2/api-products?sort=name'].map((target) => app.request('GET', target)));
      const blocked = sql<{ count: number }>`select count(*)::int as count from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      await expect.poll(async () => (await blocked.execute(transaction)).rows[0]?.count).toBe(2);
      await gate.shut();
      return waiting;
    });
    expect(answers.map(({ status }) => status)).toEqual([503, 503]);
    await gate.open();
    await expectBack();
  });
});
