/** owner: rate-limits; written by rate-limiter-flexible */
export interface RateLimitsTable {
  key: string;
  points: number;
  /** milliseconds since 1970 */
  expire: number | null;
}
