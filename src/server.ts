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

export interface ServeOptions {
  /** Whether to do what follows from changes, beside answering requests; otherwise `installation.worker.runDue()` does it. */
  readonly work?: boolean;
}

/**
 * Listens on the configured address, and does the work in the background.
 * @throws the error of `listen`, such as EADDRINUSE
 */
export const serve = async (installation: Installation, { work = true }: ServeOptions = {}): Promise<RunningServer> => {
  const { config, log, references, worker } = installation;
  const server = createServer(TIMEOUTS, createApp(installation));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  log.info({ host: config.host, port }, 'listening');
  if (work) worker.start();
  void references.start();
  const end = async (): Promise<void> => {
    references.stop();
    await drain(server, config.shutdownMs);
    await worker.stop();
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
