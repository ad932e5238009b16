import { type Context, inTransaction } from '../../context.ts';
import { conflict, notFound } from '../../errors.ts';
import { record } from '../../events/index.ts';
import { demandProduct, lockProduct, requireVersion, type VersionAddress } from '../scope/index.ts';
import type { SpecificationEdition } from './edition.ts';
import { findEdition, removeEdition, selectEditions } from './editions-store.ts';

/**
 * The documents that a version's specification was and is, the newest first; those of specifications that were deleted too.
 * @throws not-found without the version
 */
export const listSpecificationEditions = async (ctx: Context, address: VersionAddress): Promise<SpecificationEdition[]> => {
  demandProduct(ctx, 'read', address.productId);
  await requireVersion(ctx, address);
  return selectEditions(ctx, address.versionId);
};

/** @throws not-found, also for an edition that is no longer kept */
export const getSpecificationEdition = async (
  ctx: Context,
  address: VersionAddress,
  number: number,
): Promise<SpecificationEdition> => {
  demandProduct(ctx, 'read', address.productId);
  await requireVersion(ctx, address);
  const edition = await findEdition(ctx, address.versionId, number);
  if (!edition) throw notFound('Specification edition');
  return edition;
};

/**
 * Forgets an earlier document, with all that it held: nobody can compare with it or download it any more.
 * @throws not-found; forbidden; conflict for the one that is the specification now
 */
export const forgetSpecificationEdition = (ctx: Context, address: VersionAddress, number: number): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    const { productId, versionId } = address;
    demandProduct(ctx, 'edit', productId);
    await lockProduct(ctx, productId);
    const edition = await getSpecificationEdition(ctx, address, number);
    if (edition.replacedAt === null)
      throw conflict('This document is the specification now: delete the specification, or replace it first');
    await removeEdition(ctx, edition);
    const { contentHash } = edition;
    const details = { productId, number, contentHash };
    await record(ctx, { action: 'version.specification-forgotten', subjectId: versionId, details });
  });
