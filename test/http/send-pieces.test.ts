import { EventEmitter, once } from 'node:events';
import { type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import express, { type ErrorRequestHandler } from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { sendPieces } from '../../src/http/send-pieces.ts';
import { send } from '../support/app.ts';

describe('a body that comes in pieces', () => {
  let server: Server;
  afterEach(() => server.close());

  const start = async (pieces: () => Iterable<string> | AsyncIterable<string>, encoding?: 'gzip') => {
    const failures: unknown[] = [];
    const app = express();
    app.get('/long', (_req, res) => sendPieces(res, pieces(), encoding));
    app.get('/other', (_req, res) => void res.send('another'));
    app.use(((error, _req, res, _next) => {
      failures.push(error);
      res.destroy();
    }) satisfies ErrorRequestHandler);
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const begin = async (): Promise<IncomingMessage> => {
      const [answer] = await once(request({ port, host: '127.0.0.1', path: '/long', agent: false }).end(), 'response');
      return answer;
    };
    return { failures, begin, get: (path: string) => send(port, 'GET', path) };
  };

  it('is on its way while the rest is made, and while others are answered', async () => {
    const gate = new EventEmitter();
    const { begin, get } = await start(async function* () {
      yield 'first ';
      await once(gate, 'open');
      yield 'last';
    });
    const answer = await begin();
    expect(String((await once(answer, 'data'))[0])).toBe('first ');
    expect((await get('/other')).text).toBe('another');
    gate.emit('open');
    expect(await text(answer)).toBe('last');
  });

  it('is compressed on its way', async () => {
    const pieces = ['one, ', 'two, ', 'many'.repeat(10_000)];
    const { get } = await start(() => pieces, 'gzip');
    const { headers, body } = await get('/long');
    expect([headers['content-encoding'], String(gunzipSync(body))]).toEqual(['gzip', pieces.join('')]);
  });

  it('is not made any further once whoever asked has gone, which is no failure', async () => {
    const making = new EventEmitter();
    const { begin, failures } = await start(function* () {
      try {
        for (;;) yield 'on and on ';
      } finally {
        making.emit('end');
      }
    });
    const ended = once(making, 'end');
    (await begin()).destroy();
    await ended;
    expect(failures).toEqual([]);
  });

  it('breaks off where a piece cannot be made', async () => {
    const { begin, failures } = await start(async function* () {
      yield 'first';
      throw new Error('the database is away');
    });
    await expect(begin().then(text)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(failures).toMatchObject([{ message: 'the database is away' }]);
  });
});
