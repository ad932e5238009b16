import type { StrategyType } from '../../../domain/auth-strategies/index.ts';
import type { AuthStrategyId } from '../../../domain/ids.ts';
import type { RegionCode } from '../../../domain/regions/index.ts';
import { type Query, queryString } from '../../../http/addresses.ts';
import { paths } from '../paths.ts';

const strategies = (region: RegionCode): string => `${paths.overview(region)}/auth-strategies`;

/** Addresses of auth strategies. */
export const strategyPaths = {
  list: (region: RegionCode, query: Query = {}): string => `${strategies(region)}${queryString(query)}`,
  create: (region: RegionCode, type: StrategyType): string =>
    `${strategies(region)}/create${queryString({ type: type === 'key_auth' ? undefined : type })}`,
  strategy: (region: RegionCode, id: AuthStrategyId): string => `${strategies(region)}/${id}`,
  delete: (region: RegionCode, id: AuthStrategyId): string => `${strategies(region)}/${id}/delete`,
} as const;
