import { may } from '../../../domain/access/index.ts';
import { listPortals, type PortalDetails } from '../../../domain/portals/index.ts';
import type { ProductPortal } from '../../../domain/publications/index.ts';
import { allOf } from '../all.ts';
import type { AdminContext } from '../context.ts';

/** Those portals that the administrator may know of. */
export const seenPortals = <T extends Pick<ProductPortal, 'portalId'>>({ actor }: AdminContext, portals: readonly T[]): T[] =>
  portals.filter(({ portalId }) => may(actor, 'portal.read', portalId));

const BY_NAME = [{ field: 'name', direction: 'asc' }] as const;

/** All portals that the administrator may read, by name. */
export const readablePortals = async (ctx: AdminContext): Promise<PortalDetails[]> => {
  const portals = await allOf((page) => listPortals(ctx, { filters: [], sort: BY_NAME, page }));
  return portals.filter(({ id }) => may(ctx.actor, 'portal.read', id));
};
