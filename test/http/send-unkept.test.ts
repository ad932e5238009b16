import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { sendUnkept } from '../../src/http/send-unkept.ts';
import { slotText } from '../../src/http/slots.ts';
import { send } from '../support/app.ts';

const SAID = 'Found for “harbours”: nothing. '.repeat(60);
const TOKEN = 'hT4vQ9zLw2RkX7mBpY1sDf6GjN8cVxE3aUo5KiZtWqS';

describe('a page that is kept nowhere', () => {
  let server: Server;
  afterEach(() => server.close());

  const start = async (text: string) => {
    const app = express();
    app.get('/', (req, res) => sendUnkept(req, res, text, () => TOKEN));
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return () => send(port, 'GET', '/', { headers: { 'accept-encoding': 'gzip' } });
  };

  /** How long the name in the header of a gzip stream is (RFC 1952): at least nothing, ended by a zero. */
  const nameIn = (body: Buffer): number => (body[3] === 8 ? body.indexOf(0, 10) - 10 : 0);

  it('says nothing by its length: each answer is longer by up to a hundred bytes, at random', async () => {
    const get = await start(`${SAID}${slotText('csrf')}${SAID}`);
    const bodies = await Promise.all(Array.from({ length: 40 }, async () => (await get()).body));
    for (const body of bodies) {
      expect(gunzipSync(body).toString()).toBe(`${SAID}${TOKEN}${SAID}`);
      expect(nameIn(body)).toBeGreaterThanOrEqual(1);
      expect(nameIn(body)).toBeLessThanOrEqual(100);
    }
    expect(new Set(bodies.map(({ length }) => length)).size).toBeGreaterThan(5);
    expect(new Set(bodies.map((body) => body.length - nameIn(body))).size).toBe(1);
  });

  it('takes little for a form in each row of a list, whatever else the page says of a token', async () => {
    const row = (n: number, token: string): string =>
      `<form method="post" action="/documents/${n}/place"><input name="_csrf" value="${token}"><button>Move “${n}” up</button></form>`;
    const rows = (token: string): string => Array.from({ length: 300 }, (_, n) => row(n, token)).join('\n');
    const sent = async (said: string): Promise<Buffer> => {
      const { body } = await (await start(`${said}\0\0\0${rows(slotText('csrf'))}${said}`))();
      server.close();
      expect(gunzipSync(body).toString()).toBe(`${said}\0\0\0${rows(TOKEN)}${said}`);
      return body;
    };
    const [guessed, other] = [await sent(`A guess: ${TOKEN}`), await sent(`A guess: ${[...TOKEN].reverse().join('')}`)];
    expect(guessed.length).toBeLessThan(300 * (TOKEN.length + 40));
    expect(guessed.length - nameIn(guessed)).toBe(other.length - nameIn(other));
  });
});
