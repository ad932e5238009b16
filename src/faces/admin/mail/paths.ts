import type { RegionCode } from '../../../domain/regions/index.ts';
import { queryString, segment } from '../../../http/addresses.ts';

/** `portals`: mails of the region, to developers and about them; `administration`: to administrators about their being one. */
export const BOXES = ['portals', 'administration'] as const;
export type Box = (typeof BOXES)[number];

type Query = Readonly<Record<string, string | number | undefined>>;

const list = (region: RegionCode, box: Box): string => `/admin/${region}/mail${box === 'portals' ? '' : `/${box}`}`;

/** Addresses of the log of mails. */
export const mailPaths = {
  list: (region: RegionCode, box: Box, query: Query = {}): string => `${list(region, box)}${queryString(query)}`,
  mail: (region: RegionCode, box: Box, id: string): string => `/admin/${region}/mail/${box}/${segment(id)}`,
  html: (region: RegionCode, box: Box, id: string): string => `/admin/${region}/mail/${box}/${segment(id)}/html`,
  retry: (region: RegionCode, box: Box, id: string): string => `/admin/${region}/mail/${box}/${segment(id)}/retry`,
} as const;
