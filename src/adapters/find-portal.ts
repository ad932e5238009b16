import type { Installation } from '../compose.ts';
import { type Actor, VISITOR } from '../domain/access/index.ts';
import type { ContextWithPorts, RequestOrigin } from '../domain/context.ts';
import { findPortalByHost, getDefaultPortal, type Portal } from '../domain/portals/index.ts';
import type { RegionCode } from '../domain/regions/index.ts';

/** The portal that a host shows, and how to reach its region's data. */
export interface PortalHost {
  readonly portal: Portal;
  readonly region: RegionCode;
  /** Of the region's data at the time of the request. */
  readonly revision: number;
  readonly context: (actor: Actor, origin: RequestOrigin) => ContextWithPorts;
}

const MAX_REMEMBERED = 1000;

/**
 * Finds the portal of a host name in whichever region it lives; a host that names none shows the default portal. What was found
 * is remembered for as long as no region changes.
 */
export const portalFinder = (installation: Installation): ((hostname: string) => Promise<PortalHost | undefined>) => {
  const { config, regions } = installation;
  const remembered = new Map<string, { state: string; found: { portal: Portal; region: RegionCode } | undefined }>();
  const inOrder = [config.defaultRegion, ...regions.filter((region) => region !== config.defaultRegion)];

  const contextOf = (region: RegionCode, actor: Actor, origin?: RequestOrigin): ContextWithPorts => {
    const context = installation.regionContext(region, actor, origin);
    if (!context) throw new Error(`The region ${region} is not served`);
    return context;
  };

  const search = async (hostname: string): Promise<{ portal: Portal; region: RegionCode } | undefined> => {
    for (const find of [
      (ctx: ContextWithPorts) => findPortalByHost(ctx, hostname),
      (ctx: ContextWithPorts) => getDefaultPortal(ctx, config.defaultPortal),
    ]) {
      for (const region of inOrder) {
        const portal = await find(contextOf(region, VISITOR));
        if (portal) return { portal, region };
      }
    }
    return undefined;
  };

  return async (hostname) => {
    const revisions = new Map<RegionCode, number>();
    for (const region of inOrder) revisions.set(region, await installation.revision(region));
    const state = [...revisions.values()].join();
    let entry = remembered.get(hostname);
    if (entry?.state !== state) {
      entry = { state, found: await search(hostname) };
      if (remembered.size >= MAX_REMEMBERED) remembered.clear(); // hosts are chosen by whoever asks: keep no more than a fair number
      remembered.set(hostname, entry);
    }
    if (!entry.found) return undefined;
    const { portal, region } = entry.found;
    return {
      portal,
      region,
      revision: revisions.get(region) ?? 0,
      context: (actor, origin) => contextOf(region, actor, origin),
    };
  };
};
