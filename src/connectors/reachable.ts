import { BlockList, isIP } from 'node:net';

/**
 * Who chose an address. Administrators may name what is in their own network; nobody may be sent to what a machine tells only itself
 * and its neighbours: link-local addresses, where clouds keep the credentials of their machines.
 */
export type Trust = 'administrator' | 'anybody';

type Range = readonly [network: string, prefix: number];

/** Link-local and what clouds answer their machines on; no destination, many destinations. */
const NEVER: readonly Range[] = [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['100.100.100.200', 32],
  ['192.0.0.192', 32],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['fe80::', 10],
  ['fd00:ec2::', 32],
  ['ff00::', 8],
];

/** Everything that is not of the open internet (IANA's special-purpose registries). */
const NOT_PUBLIC: readonly Range[] = [
  ...NEVER,
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['::1', 128],
  ['100::', 64],
  ['2001:db8::', 32],
  ['fc00::', 7],
  ['fec0::', 10],
];

const listOf = (ranges: readonly Range[]): BlockList => {
  const list = new BlockList();
  for (const [network, prefix] of ranges) list.addSubnet(network, prefix, isIP(network) === 4 ? 'ipv4' : 'ipv6');
  return list;
};

const FORBIDDEN: Record<Trust, BlockList> = { administrator: listOf(NEVER), anybody: listOf(NOT_PUBLIC) };

/** Addresses that somebody who runs the installation has named. */
export interface Networks {
  has(address: string): boolean;
}

/** The addresses and networks of a list, such as `10.1.0.0/16`. @throws TypeError for what is neither; RangeError for a prefix that is too long */
export const networksOf = (names: readonly string[]): Networks => {
  const list = new BlockList();
  for (const name of names) {
    const [network = '', prefix] = name.split('/');
    const family = isIP(network) === 4 ? 'ipv4' : 'ipv6';
    if (isIP(network) === 0) throw new TypeError(`${name} is no address and no network`);
    list.addSubnet(network, prefix === undefined ? (family === 'ipv4' ? 32 : 128) : Number(prefix), family);
  }
  return { has: (address) => list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6') };
};

/** Whether an address may be connected to, when it was chosen by such a person. @param allowed reached as if an administrator had chosen it */
export const mayReach = (address: string, trust: Trust, allowed?: Networks): boolean => {
  const family = isIP(address);
  if (family === 0) return false;
  if (trust !== 'administrator' && allowed?.has(address)) return mayReach(address, 'administrator');
  if (family === 4) return !FORBIDDEN[trust].check(address, 'ipv4');
  const inner = embeddedIn(groupsOf(address));
  return !FORBIDDEN[trust].check(address, 'ipv6') && (inner === undefined || mayReach(inner, trust, allowed));
};

/** The eight groups of an IPv6 address. */
const groupsOf = (address: string): number[] => {
  const normal = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1);
  const [head = [], tail = []] = normal.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  return [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail].map((group) => Number.parseInt(group, 16));
};

/**
 * The IPv4 address that an IPv6 one leads to: mapped and compatible ones (RFC 4291), translated ones (RFC 2765), NAT64 (RFC 6052,
 * RFC 8215), 6to4 (RFC 3056).
 */
const embeddedIn = ([g0 = 0, g1 = 0, g2 = 0, g3 = 0, g4 = 0, g5 = 0, g6 = 0, g7 = 0]: readonly number[]): string | undefined => {
  if (g0 === 0x2002) return dotted(g1, g2);
  if (g0 === 0x64 && g1 === 0xff9b) return dotted(g6, g7);
  const isEmbedded = (g0 | g1 | g2 | g3) === 0 && ((g4 | g5) === 0 ? g6 !== 0 : g4 + g5 === 0xffff);
  return isEmbedded ? dotted(g6, g7) : undefined;
};

const dotted = (high: number, low: number): string => `${high >> 8}.${high & 0xff}.${low >> 8}.${low & 0xff}`;
