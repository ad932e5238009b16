import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type ContextWithPorts, type DeliveryOutcome, inTransaction } from '../context.ts';
import type { Target } from './delivery-store.ts';
import { type AuditEntry, signedLine } from './entry.ts';
import { ensureSigningKey, findSigningKey } from './signing-keys.ts';

const gzipped = promisify(gzip);

/** Sends entries to where they are wanted, a signed line each. Never fails: what went wrong is an outcome too. */
export const sendEntries = async (
  ctx: ContextWithPorts,
  target: Target | undefined,
  entries: readonly AuditEntry[],
): Promise<DeliveryOutcome> => {
  if (!target) return { status: undefined, message: 'There is no destination' };
  const key = await keyOf(ctx);
  const lines = entries.map((entry) => `${signedLine(entry, target.logFormat, key)}\n`);
  return ctx.ports.deliverAuditLog({
    endpoint: target.endpoint,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-encoding': 'gzip',
      ...(target.authorization === undefined ? {} : { authorization: target.authorization }),
    },
    body: await gzipped(lines.join('')),
    verifyCertificate: !target.skipSslVerification,
  });
};

const keyOf = async (ctx: ContextWithPorts): Promise<KeyObject> =>
  (await findSigningKey(ctx)) ?? inTransaction(ctx, (ctx) => ensureSigningKey(ctx));
