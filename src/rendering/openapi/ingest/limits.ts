import type { IngestLimits } from '../types.ts';

/** What is accepted unless configured otherwise. The largest public descriptions have about 260,000 nodes and nest 23 levels. */
export const DEFAULT_INGEST_LIMITS: Readonly<IngestLimits> = {
  maxBytes: 20 * 1024 * 1024,
  maxDepth: 100,
  maxNodes: 1_000_000,
  maxOperations: 10_000,
  maxTags: 5_000,
  maxRefChain: 100,
  deadlineMs: 20_000,
};
