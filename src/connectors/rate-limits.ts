import { RateLimiterPostgres, RateLimiterRes, RateLimiterSQLite } from 'rate-limiter-flexible';
import type { Connection } from '../database/connect.ts';
import type { RateLimit, RateLimits } from '../domain/context.ts';
import { rateLimited } from '../domain/errors.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** How many attempts in how many seconds. */
const LIMITS: Record<RateLimit, { readonly points: number; readonly duration: number }> = {
  'log-in of an account': { points: 10, duration: 15 * MINUTE },
  'log-in from an address': { points: 100, duration: 15 * MINUTE },
  'sign-up from an address': { points: 20, duration: HOUR },
  'mail to an account': { points: 5, duration: HOUR },
  'mail from an address': { points: 50, duration: HOUR },
  'link from an address': { points: 60, duration: 15 * MINUTE },
  'second factor of an account': { points: 10, duration: 15 * MINUTE },
  'console of a developer': { points: 60, duration: MINUTE },
  'console from an address': { points: 120, duration: MINUTE },
};

/** Counts in the table `rate_limits`, so that limits hold across processes and restarts. `factor` multiplies all of them; 0 turns them off. */
export const createRateLimits = ({ handle }: Connection, factor = 1): RateLimits => {
  const limiterOf = (name: RateLimit, { points, duration }: { points: number; duration: number }) => {
    const options = {
      tableName: 'rate_limits',
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix: name.replaceAll(' ', '-'),
      points: Math.ceil(points * factor),
      duration,
    };
    return 'sqlite' in handle
      ? new RateLimiterSQLite({ ...options, storeClient: handle.sqlite, storeType: 'better-sqlite3' })
      : new RateLimiterPostgres({ ...options, storeClient: handle.postgres });
  };
  if (factor === 0) return { count: () => Promise.resolve(), forget: () => Promise.resolve() };
  const limiters = new Map(
    Object.entries(LIMITS).map(([name, limit]) => [name as RateLimit, limiterOf(name as RateLimit, limit)]),
  );
  return {
    count: async (limit, key) => {
      try {
        await limiters.get(limit)?.consume(key);
      } catch (error) {
        if (error instanceof RateLimiterRes) throw rateLimited(Math.max(1, Math.ceil(error.msBeforeNext / 1000)));
        throw error;
      }
    },
    forget: async (limit, key) => {
      await limiters.get(limit)?.delete(key);
    },
  };
};
