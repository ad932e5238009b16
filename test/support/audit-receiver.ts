import { createPublicKey, verify } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { startHttpServer, type TestServer } from './http-server.ts';

export interface AuditReceiver extends TestServer {
  /** what it answers from now on */
  answerWith(status: number): void;
  /** the lines of each batch that it took */
  batches(): string[][];
  /** all lines that it took */
  lines(): string[];
}

/** Takes audit logs as a SIEM would. */
export const startAuditReceiver = async (options?: { tls?: boolean }): Promise<AuditReceiver> => {
  let status = 200;
  const taken: number[] = [];
  const server = await startHttpServer((_req, res) => {
    if (status < 300) taken.push(server.received.length - 1);
    res.writeHead(status).end();
  }, options);
  const batches = (): string[][] =>
    taken.map((index) => {
      const text = gunzipSync(server.received[index]?.body ?? Buffer.alloc(0)).toString();
      return text.split('\n').slice(0, -1);
    });
  return {
    ...server,
    answerWith: (next) => {
      status = next;
    },
    batches,
    lines: () => batches().flat(),
  };
};

/** Verifies a line as its reader does: without the signature, which is the last thing in it. */
export const isSigned = (line: string, keys: readonly { x: string }[]): boolean => {
  const match = /^(?<cef>.*) sig=(?<sig>[\w-]+)$/.exec(line) ?? /^(?<json>.*),"sig":"(?<sig>[\w-]+)"\}$/.exec(line);
  const { cef, json, sig = '' } = match?.groups ?? {};
  const text = Buffer.from(cef ?? `${json}}`);
  return keys.some(({ x }) => {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, text, key, Buffer.from(sig, 'base64url'));
  });
};
