import type { RoleAssignmentId, TokenId } from '../../../domain/ids.ts';
import type { RegionCode } from '../../../domain/regions/index.ts';
import type { Account, Holder } from '../../../domain/roles/index.ts';
import { queryString, segment } from '../../../http/addresses.ts';

/** Where each kind of holder has its pages. */
const FOLDERS: Record<Holder['kind'], string> = {
  administrator: 'people',
  'system-account': 'system-accounts',
  team: 'teams',
};

/** The kind of holder whose pages are in a folder. */
export const kindOfFolder = (folder: string): Holder['kind'] | undefined =>
  (Object.keys(FOLDERS) as Holder['kind'][]).find((kind) => FOLDERS[kind] === folder);

const list = (region: RegionCode, kind: Holder['kind']): string => `/admin/${region}/organisation/${FOLDERS[kind]}`;
const one = (region: RegionCode, { kind, id }: Pick<Holder, 'kind' | 'id'>): string => `${list(region, kind)}/${segment(id)}`;

/** Addresses of the pages on people, their machines, teams, roles and tokens. */
export const organisationPaths = {
  list: (region: RegionCode, kind: Holder['kind'], query: { q?: string; page?: number } = {}): string =>
    `${list(region, kind)}${queryString(query)}`,
  create: (region: RegionCode, kind: Holder['kind']): string => `${list(region, kind)}/new`,
  one,
  /** something that is done to a holder */
  act: (region: RegionCode, holder: Pick<Holder, 'kind' | 'id'>, act: string): string => `${one(region, holder)}/${act}`,
  newRole: (region: RegionCode, holder: Holder, query: { type?: string; q?: string } = {}): string =>
    `${one(region, holder)}/roles/new${queryString(query)}`,
  removeRole: (region: RegionCode, holder: Holder, id: RoleAssignmentId): string =>
    `${one(region, holder)}/roles/${segment(id)}/remove`,
  member: (region: RegionCode, team: Holder, { kind, id }: Account): string =>
    `${one(region, team)}/members/${FOLDERS[kind]}/${segment(id)}/remove`,
  ownTokens: (region: RegionCode): string => `/admin/${region}/tokens`,
  newOwnToken: (region: RegionCode): string => `/admin/${region}/tokens/new`,
  revokeOwnToken: (region: RegionCode, id: TokenId): string => `/admin/${region}/tokens/${segment(id)}/revoke`,
  newToken: (region: RegionCode, account: Account): string => `${one(region, account)}/tokens/new`,
  revokeToken: (region: RegionCode, account: Account, id: TokenId): string =>
    `${one(region, account)}/tokens/${segment(id)}/revoke`,
} as const;
