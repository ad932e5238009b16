import { type Context, inTransaction } from '../context.ts';
import type { PortalId } from '../ids.ts';
import { getVersion, type VersionAddress } from '../products/index.ts';
import { publishProducts } from './assignments.ts';
import type { Notice, PublicationChanges } from './publication.ts';
import { NOTHING_DECIDED, putPublication, updatePublication } from './publications.ts';
import { findPublication } from './publications-store.ts';

/**
 * Publishes a version in portals: its product is assigned to each, and these things are decided about the version there. What is not
 * named stays as it is.
 * @throws not-found for a portal or the version; forbidden; invalid for settings that do not go together, or a strategy that does not exist
 */
export const publishVersion = (
  ctx: Context,
  { productId, versionId }: VersionAddress,
  portalIds: readonly PortalId[],
  { notifyDevelopers, ...changes }: Omit<PublicationChanges, 'publishStatus'> & Notice,
): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    await getVersion(ctx, { productId, versionId });
    const decided = { ...changes, publishStatus: 'published' } as const;
    const settings = Object.fromEntries(Object.entries(decided).filter(([, value]) => value !== undefined));
    for (const portalId of portalIds) {
      const ref = { portalId, versionId };
      await publishProducts(ctx, portalId, { [productId]: 'published' });
      if (await findPublication(ctx, ref)) await updatePublication(ctx, ref, { ...decided, notifyDevelopers });
      else await putPublication(ctx, ref, { ...NOTHING_DECIDED, ...settings, notifyDevelopers });
    }
  });
