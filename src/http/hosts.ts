import { REGION_CODES } from '../domain/regions/index.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/** The host names on which the installation itself answers (management API, administration), as opposed to its portals. */
export interface InstallationHosts {
  has(hostname: string): boolean;
  /** Names that no portal may take. */
  readonly reserved: readonly string[];
}

/** The hosts of an installation: that of its base address and the regional `<region>.api.<host>`. An installation on the loopback answers on each of its names. */
export const installationHosts = (baseUrl: string): InstallationHosts => {
  const base = new URL(baseUrl).hostname.toLowerCase();
  const reserved = [base, ...REGION_CODES.map((code) => `${code}.api.${base}`)];
  const names = new Set(LOOPBACK.has(base) ? [...reserved, ...LOOPBACK] : reserved);
  return { has: (hostname) => names.has(hostname), reserved };
};
