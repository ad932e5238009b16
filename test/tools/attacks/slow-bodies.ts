import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type Attack, attack, told } from './attempt.ts';
import type { Target } from './target.ts';

const SLOW = 60;
/** Heads may take twenty seconds, whole requests a minute; both are looked at every half minute. */
const PATIENCE_MS = 100_000;

/** Requests that never come to an end, and whether others are answered meanwhile. */
export const slowBodies = async (target: Target): Promise<Attack> => {
  const result = attack('slow heads and bodies');
  const heads = [
    'GET / HTTP/1.1\r\nHost: x\r\nX-A: ',
    `POST /api/v2/developer HTTP/1.1\r\nHost: ${target.victim.host}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{`,
  ];
  const sockets: Socket[] = [];
  let open = SLOW;
  for (let n = 0; n < SLOW; n++) {
    const socket = connect(target.port(), '127.0.0.1');
    socket
      .on('error', () => undefined)
      .once('close', () => open--)
      .write(heads[n % heads.length] ?? '');
    sockets.push(socket);
  }
  const started = Date.now();
  while (open > 0 && Date.now() - started < PATIENCE_MS) {
    for (const socket of sockets) if (!socket.destroyed) socket.write('a');
    const answer = await target.request('GET', '/login', { host: target.victim.host });
    result.try(`meanwhile: ${told(answer)}`, answer.status !== 200);
    await pause(1000);
  }
  result.try(`${open} of ${SLOW} were kept`, open > 0);
  result.tried += SLOW;
  result.note = `the last was cut off after ${Math.round((Date.now() - started) / 1000)} s`;
  for (const socket of sockets) socket.destroy();
  return result;
};
