import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { hashSecret, type SecretHolder } from '../secrets/index.ts';

/** By this, programs that look for secrets in the wrong places know whose a key is. */
const PREFIX = 'portico_';
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 190 bits */
const RANDOM_LENGTH = 32;
const CHECKSUM_LENGTH = 6;
/** How much of the random part is kept in the clear, so that people tell their keys apart. */
const SHOWN_LENGTH = 4;

/** The largest multiple of 62 that a byte can be below: what is above would make some digits more likely than others. */
const FAIR = 248;

const randomDigits = (length: number): string => {
  let digits = '';
  while (digits.length < length)
    for (const byte of randomBytes(length)) if (byte < FAIR && digits.length < length) digits += DIGITS[byte % 62];
  return digits;
};

/** CRC-32 in base 62, so that a mistyped key is told from a wrong one without asking anybody. */
const checksum = (text: string): string => {
  let rest = crc32(text);
  let digits = '';
  for (let place = 0; place < CHECKSUM_LENGTH; place++) {
    digits = `${DIGITS[rest % 62]}${digits}`;
    rest = Math.floor(rest / 62);
  }
  return digits;
};

/** A new API key: prefix, random part, checksum; and the piece of it that may be shown later. */
export const newApiKey = (): { readonly key: string; readonly shown: string } => {
  const random = randomDigits(RANDOM_LENGTH);
  return { key: `${PREFIX}${random}${checksum(random)}`, shown: `${PREFIX}${random.slice(0, SHOWN_LENGTH)}` };
};

/** What is kept of a key. */
export const hashApiKey = (secrets: SecretHolder, key: string): string => hashSecret(secrets, 'api-key', key);
