import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';

/** What holds the installation's secret. */
export interface SecretHolder {
  readonly secretKey: string;
}

/**
 * A keyed hash (HMAC-SHA-256 under the installation's secret, hexadecimal) of a secret with enough randomness of its own. Whoever can
 * only write to the database cannot make a secret that works.
 * @param purpose keeps secrets of one use from working for another
 */
export const hashSecret = ({ secretKey }: SecretHolder, purpose: string, secret: string): string =>
  createHmac('sha256', secretKey).update(`${purpose}\0${secret}`).digest('hex');

/** A random secret of 256 bits, as text that can stand in an address or a cookie. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** A secret in the shape of a UUID (version 4, 122 random bits), as links of the reference API carry it. */
export const newUuidSecret = (): string => randomUUID();

/** Whether two texts are the same, in a time that does not tell where they differ. */
export const isSameSecret = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

const SEALED = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const sealingKey = ({ secretKey }: SecretHolder, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secretKey, '', `portico seal ${purpose}`, 32));

/** Encrypts a text that must be read again later (AES-256-GCM, NIST SP 800-38D; a key for each purpose). */
export const seal = (holder: SecretHolder, purpose: string, text: string): string => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(holder, purpose), nonce);
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${SEALED}.${sealed.toString('base64url')}`;
};

/** The text that was sealed for this purpose; undefined when it was changed, or sealed under another secret. */
export const unseal = (holder: SecretHolder, purpose: string, sealed: string): string | undefined => {
  const [version, encoded] = sealed.split('.');
  if (version !== SEALED || encoded === undefined) return undefined;
  const bytes = Buffer.from(encoded, 'base64url');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', sealingKey(holder, purpose), bytes.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
};
