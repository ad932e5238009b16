import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import type { TestProject } from 'vitest/node';
import { connect } from '../../src/database/connect.ts';
import { migrate } from '../../src/database/migrate.ts';
import { bundleRenderingProgram } from './pool.ts';
import { prepareForReuse } from './postgres-reuse.ts';
import { ROOT } from './source.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the migrated template database; tests clone it. */
    postgresTemplate: string;
    /** The file that rendering processes run. */
    renderingProgram: string;
  }
}

export interface PostgresServer {
  url(database: string): string;
  stop(): Promise<void>;
}

/** Starts a PostgreSQL server in a process of its own. @param settings such as `work_mem=8MB`, beside those that tests need */
export const startPostgres = async (settings: readonly string[] = []): Promise<PostgresServer> => {
  const program = path.join(ROOT, 'test/support/postgres-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...settings], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`PostgreSQL did not start (${code})`)));
  });
  return {
    url: (database) => address.replace(/\/[^/]*$/, `/${database}`),
    stop: async () => {
      child.stdin.end();
      await exited;
    },
  };
};

/** Vitest's global set-up: one database server for the whole run, with one migrated database that every test clones; one rendering program. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const server = await startPostgres();
  const admin = connect(server.url('postgres'), { poolSize: 1 });
  await sql`create database template_portico`.execute(admin.db);
  await admin.close();
  const template = connect(server.url('template_portico'), { poolSize: 1 });
  await migrate(template, 'organisation');
  await migrate(template, 'region');
  await prepareForReuse(template.db);
  await template.close();
  project.provide('postgresTemplate', server.url('template_portico'));
  const program = await bundleRenderingProgram();
  project.provide('renderingProgram', program.file);
  return async () => {
    await Promise.all([server.stop(), program.remove()]);
  };
};
