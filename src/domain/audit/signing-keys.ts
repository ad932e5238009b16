import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { toInstant } from '../../database/codec.ts';
import type { Context } from '../context.ts';
import { seal, unseal } from '../secrets/index.ts';

const PURPOSE = 'audit log signing key';

/** What others verify signatures with (RFC 8037). */
export interface PublicKey {
  readonly kid: string;
  /** base64url */
  readonly x: string;
}

/** The public keys of a region, those of earlier secrets of the installation included: what they signed stays verifiable. */
export const listPublicKeys = async (ctx: Context): Promise<PublicKey[]> => {
  const rows = await ctx.db.selectFrom('audit_keys').select(['id', 'public_key']).orderBy('created_at').orderBy('id').execute();
  return rows.map(({ id, public_key }) => ({ kid: id, x: public_key }));
};

/** The key that signs; undefined when there is none, or none that this installation's secret opens. */
export const findSigningKey = async (ctx: Context): Promise<KeyObject | undefined> => {
  const rows = await ctx.db.selectFrom('audit_keys').select('private_key').orderBy('created_at', 'desc').execute();
  const pem = rows.map(({ private_key }) => unseal(ctx, PURPOSE, private_key)).find((text) => text !== undefined);
  return pem === undefined ? undefined : createPrivateKey(pem);
};

/** Makes the region's key unless it is there; call it inside a transaction. Two that are made at once are both valid. */
export const ensureSigningKey = async (ctx: Context): Promise<KeyObject> => {
  const existing = await findSigningKey(ctx);
  if (existing) return existing;
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  await ctx.db
    .insertInto('audit_keys')
    .values({
      id: createHash('sha256').update(x).digest('hex').slice(0, 40),
      public_key: x,
      private_key: seal(ctx, PURPOSE, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
      created_at: toInstant(ctx.now()),
    })
    .execute();
  return privateKey;
};
