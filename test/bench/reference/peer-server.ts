import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** Serves pages of peers, compressed once and kept by nobody. */
export interface PeerServer {
  readonly port: number;
  /** Puts something at an address. */
  put(target: string, type: string, bytes: string | Buffer): void;
  stop(): void;
}

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

/** Starts a server of what is put into it, and of the scripts and styles of `packages` below `/packages/`. */
export const startPeerServer = async (packages: string): Promise<PeerServer> => {
  const known = new Map<string, { type: string; bytes: Buffer }>();
  const put = (target: string, type: string, bytes: string | Buffer): void => {
    known.set(target, { type, bytes: gzipSync(bytes) });
  };
  const find = (target: string): { type: string; bytes: Buffer } | undefined => {
    const type = TYPES[path.extname(target)];
    const file = path.join(packages, target.slice('/packages'.length));
    if (!known.has(target) && type !== undefined && target.startsWith('/packages/') && file.startsWith(packages + path.sep))
      put(target, type, readFileSync(file));
    return known.get(target);
  };
  const answer = (res: ServerResponse, target: string): void => {
    const found = find(target);
    res.setHeader('Cache-Control', 'no-store');
    if (!found) {
      res.writeHead(404).end();
      return;
    }
    res.setHeader('Content-Type', `${found.type}; charset=utf-8`);
    res.setHeader('Content-Encoding', 'gzip');
    res.end(found.bytes);
  };
  const server = createServer((req, res) => answer(res, new URL(req.url ?? '/', 'http://peer').pathname));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, put, stop: () => void server.close() };
};
