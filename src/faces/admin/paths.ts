import type { RegionCode } from '../../domain/regions/index.ts';
import { queryString } from '../../http/addresses.ts';

const ROOT = '/admin';

/** A page of the administration, as opposed to another site's: whoever made the address chose it. */
const isLocal = (path: string): boolean => /^\/admin(\/[^\\\s]*)?$/.test(path) && !path.includes('//');

/** Addresses of the administration's pages. What belongs to a region names it first. */
export const paths = {
  root: (): string => ROOT,
  logIn: (returnTo?: string): string =>
    `${ROOT}/log-in${queryString({ returnTo: returnTo !== undefined && isLocal(returnTo) && returnTo !== ROOT ? returnTo : undefined })}`,
  secondFactor: (returnTo?: string): string => `${ROOT}/log-in/second-factor${queryString({ returnTo })}`,
  logOut: (region: RegionCode): string => `${ROOT}/${region}/log-out`,
  overview: (region: RegionCode): string => `${ROOT}/${region}`,
  /** Where to go after logging in: where one wanted to go, if that is here. */
  after: (returnTo: string | undefined): string => (returnTo !== undefined && isLocal(returnTo) ? returnTo : ROOT),
} as const;
