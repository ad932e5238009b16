import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that passes everything on to another one, and takes the content policy off its answers. */
export const withoutPolicy = async (port: number): Promise<{ readonly port: number; stop(): void }> => {
  const server = createServer((req, res) => {
    const { method = 'GET', url = '/', headers } = req;
    const passedOn = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      const { 'content-security-policy': _policy, ...rest } = answer.headers;
      res.writeHead(answer.statusCode ?? 502, rest);
      answer.pipe(res);
    });
    passedOn.on('error', () => res.destroy());
    req.pipe(passedOn);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
