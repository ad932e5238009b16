import type { SessionId } from '../../domain/ids.ts';
import type { RegionCode } from '../../domain/regions/index.ts';
import { type Query, queryString, segment } from '../../http/addresses.ts';

const ROOT = '/admin';

/** A page of the administration, as opposed to another site's: whoever made the address chose it. */
const isLocal = (path: string): boolean => /^\/admin(\/[^\\\s]*)?$/.test(path) && !path.includes('//');

/** Addresses of the administration's pages. What belongs to a region names it first. */
export const paths = {
  root: (): string => ROOT,
  logIn: (returnTo?: string): string =>
    `${ROOT}/log-in${queryString({ returnTo: returnTo !== undefined && isLocal(returnTo) && returnTo !== ROOT ? returnTo : undefined })}`,
  secondFactor: (returnTo?: string): string => `${ROOT}/log-in/second-factor${queryString({ returnTo })}`,
  forgottenPassword: (): string => `${ROOT}/forgotten-password`,
  /** where whoever was sent a link chooses a password */
  password: (token?: string): string => `${ROOT}/password${queryString({ token })}`,
  setUp: (token?: string): string => `${ROOT}/set-up${queryString({ token })}`,
  logOut: (region: RegionCode): string => `${ROOT}/${region}/log-out`,
  overview: (region: RegionCode): string => `${ROOT}/${region}`,
  account: (region: RegionCode): string => `${ROOT}/${region}/account`,
  accountPart: (region: RegionCode, part: 'name' | 'password' | 'second-factor' | 'recovery-codes' | 'sessions'): string =>
    `${ROOT}/${region}/account/${part}`,
  session: (region: RegionCode, id: SessionId): string => `${ROOT}/${region}/account/sessions/${segment(id)}/end`,
  requests: (region: RegionCode, query: Query = {}): string => `${ROOT}/${region}/requests${queryString(query)}`,
  requestsAct: (region: RegionCode, act: 'decide' | 'undo', query: Query): string =>
    `${ROOT}/${region}/requests/${act}${queryString(query)}`,
  /** Where to go after logging in: where one wanted to go, if that is here. */
  after: (returnTo: string | undefined): string => (returnTo !== undefined && isLocal(returnTo) ? returnTo : ROOT),
} as const;
