import type { ConsoleOperation, ConsoleServer } from '../../../rendering/openapi/console/types.ts';

/** Addresses of one server that are told apart; more variables than that make are left as they are by default. */
const MAX_ADDRESSES = 100;

/** Every address that a server has by the values of its variables. */
const addressesOf = ({ url, variables }: ConsoleServer): string[] => {
  let addresses = [url];
  for (const { name, default: value, options } of variables) {
    const values = [...new Set([value, ...options])];
    const filled = (chosen: readonly string[]): string[] =>
      addresses.flatMap((address) => chosen.map((text) => address.replaceAll(`{${name}}`, text)));
    addresses = addresses.length * values.length <= MAX_ADDRESSES ? filled(values) : filled([value]);
  }
  return addresses;
};

/** The origins that requests of an operation may go to. */
export const originsOf = ({ servers }: Pick<ConsoleOperation, 'servers'>): string[] => [
  ...new Set(servers.flatMap(addressesOf).flatMap((address) => (URL.canParse(address) ? [new URL(address).origin] : []))),
];
