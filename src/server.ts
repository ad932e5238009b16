import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import type { Installation } from './compose.ts';

/** How long a request may take to arrive, its head and the whole of it, in milliseconds. */
export const TIMEOUTS = { headersTimeout: 20_000, requestTimeout: 60_000 };

/** A listening installation. */
export interface RunningServer {
  readonly port: number;
  /** Takes no new connections, lets requests in flight finish (at most the configured time), then closes the databases. */
  stop(): Promise<void>;
}

/**
 * Listens on the configured address.
 * @throws the error of `listen`, such as EADDRINUSE
 */
export const serve = async (installation: Installation): Promise<RunningServer> => {
  const { config, log, references } = installation;
  const server = createServer(TIMEOUTS, createApp(installation));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  log.info({ host: config.host, port }, 'listening');
  void references.start();
  const end = async (): Promise<void> => {
    references.stop();
    await drain(server, config.shutdownMs);
    await installation.close();
  };
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= end();
    return stopping;
  };
  return { port, stop };
};

const drain = (server: Server, graceMs: number): Promise<void> =>
  new Promise((resolve) => {
    const deadline = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(deadline);
      resolve();
    });
    server.closeIdleConnections();
  });
