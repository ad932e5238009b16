import { DEFAULT_INGEST_LIMITS } from '../../src/rendering/openapi/ingest/index.ts';
import { createRenderingPool, type RenderingPool } from '../../src/rendering/pool.ts';

/** A pool of one process with a deadline that passes on no machine, however busy: from source, the process alone may take seconds to start. */
export const patientPool = (): RenderingPool =>
  createRenderingPool({ size: 1, limits: { ...DEFAULT_INGEST_LIMITS, deadlineMs: 120_000 } });
