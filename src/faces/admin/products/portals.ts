import { may } from '../../../domain/access/index.ts';
import { listPortals, type PortalDetails } from '../../../domain/portals/index.ts';
import { allOf } from '../all.ts';
import type { AdminContext } from '../context.ts';

const BY_NAME = [{ field: 'name', direction: 'asc' }] as const;

/** All portals that the administrator may read, by name. */
export const readablePortals = async (ctx: AdminContext): Promise<PortalDetails[]> => {
  const portals = await allOf((page) => listPortals(ctx, { filters: [], sort: BY_NAME, page }));
  return portals.filter(({ id }) => may(ctx.actor, 'portal.read', id));
};
