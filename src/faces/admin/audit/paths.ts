import type { RegionCode } from '../../../domain/regions/index.ts';
import { type Query, queryString, segment } from '../../../http/addresses.ts';
import { paths } from '../paths.ts';

const log = (region: RegionCode): string => `${paths.overview(region)}/audit`;

/** Addresses of the audit log. */
export const auditPaths = {
  list: (region: RegionCode, query: Query = {}): string => `${log(region)}${queryString(query)}`,
  export: (region: RegionCode, query: Query = {}): string => `${log(region)}/export.csv${queryString(query)}`,
  record: (region: RegionCode, id: string, query: Query = {}): string => `${log(region)}/${segment(id)}${queryString(query)}`,
} as const;
