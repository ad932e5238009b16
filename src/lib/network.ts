import { isIPv6 } from 'node:net';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const GROUPS = 8;
/** Of 16 bits each: what one customer has at least, and so may choose from (RFC 6177). */
const NETWORK_GROUPS = 4;

/** What a client is known by: its address or, since those of IPv6 are its own to choose, the network of 64 bits that it is in. */
export const networkOf = (address: string): string => {
  const [text = ''] = address.split('%'); // without its zone
  if (!isIPv6(text)) return address;
  const mapped = MAPPED.exec(text)?.[1];
  if (mapped !== undefined) return mapped;
  const [before, after] = text.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const missing = GROUPS - (before?.length ?? 0) - (after?.length ?? 0);
  const groups = [...(before ?? []), ...Array<string>(Math.max(0, missing)).fill('0'), ...(after ?? [])];
  return `${groups
    .slice(0, NETWORK_GROUPS)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
};
