import { afterEach } from 'vitest';
import { startHttpServer, type TestServer } from './http-server.ts';

/** As {@link startHttpServer}, for all tests of a file; each server is closed after the test that started it. */
export const httpServers = (): typeof startHttpServer => {
  const servers: TestServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });
  return async (...input) => {
    const server = await startHttpServer(...input);
    servers.push(server);
    return server;
  };
};
