import type { Installation } from '../compose.ts';
import { SYSTEM } from '../domain/access/index.ts';
import { listStaleContents, refreshSpecification } from '../domain/products/index.ts';

/**
 * Renders again what an older version of the program rendered, one document after another, while the old pages go on being shown.
 * Ends early when the installation stops; what is left is done at the next start.
 */
export const refreshReferences = async (installation: Installation, signal: AbortSignal): Promise<void> => {
  const { log } = installation;
  for (const region of installation.regions) {
    const ctx = installation.regionContext(region, SYSTEM);
    const stale = ctx && !signal.aborted ? await listStaleContents(ctx) : [];
    if (ctx === undefined || stale.length === 0) continue;
    log.info({ region, documents: stale.length }, 'rendering references again');
    for (const contentHash of stale) {
      if (signal.aborted) return;
      try {
        await refreshSpecification(ctx, contentHash);
      } catch (error) {
        if (!signal.aborted) log.error({ err: error, region, contentHash }, 'a reference could not be rendered again');
      }
    }
  }
};
