import { toInstant } from '../../../database/codec.ts';
import { differences, isUnchanged } from '../../../lib/differences.ts';
import { type Context, type ContextWithPorts, inTransaction } from '../../context.ts';
import { notFound } from '../../errors.ts';
import { record } from '../../events/index.ts';
import { newId, type ProductId, type SpecificationId, type VersionId } from '../../ids.ts';
import { demandProduct, lockProduct, requireProduct, requireVersion, type VersionAddress } from '../scope/index.ts';
import { compress, hashOf, prepareIndex } from './content.ts';
import { deleteUnusedContents, holdContent, isStored, storeContent } from './content-store.ts';
import { endEdition, keepEdition } from './editions-store.ts';
import { storeRendering } from './rendering-store.ts';
import type { NewSpecification, Specification, SpecificationAddress, SpecificationChanges } from './specification.ts';
import {
  alreadyExists,
  findSpecification,
  insertSpecification,
  removeSpecification,
  selectSpecifications,
  storeSpecification,
} from './specification-store.ts';
import { checkName, examine } from './upload.ts';

/**
 * Gives a version its specification. The document is examined first, off the main thread; nothing is stored unless it is accepted. Its
 * HTML is made afterwards.
 * @throws not-found without the version; conflict when it has a specification; invalid for a name, or a document that is no OpenAPI
 *   description, with line, column and path of what is wrong; unavailable when too many documents are waiting
 */
export const createSpecification = async (
  ctx: ContextWithPorts,
  address: VersionAddress,
  { name, bytes }: NewSpecification,
): Promise<Specification> => {
  demandProduct(ctx, 'edit', address.productId);
  const { productId, versionId } = address;
  await requireVersion(ctx, address);
  if (await findSpecification(ctx, versionId)) throw alreadyExists(versionId);
  checkName(name);
  return withContent(ctx, bytes, name, async (ctx, contentHash) => {
    await lockProduct(ctx, productId);
    await requireVersion(ctx, address);
    const now = ctx.now();
    const at = toInstant(now);
    const specification = { id: newId<SpecificationId>(now), versionId, name, contentHash, createdAt: at, updatedAt: at };
    await insertSpecification(ctx, specification);
    await keepEdition(ctx, specification);
    const details = { productId, versionId, name, contentHash };
    await record(ctx, { action: 'specification.created', subjectId: specification.id, details });
    return specification;
  });
};

/**
 * Renames a specification, replaces its document, or both.
 * @throws not-found; invalid and unavailable as {@link createSpecification}
 */
export const updateSpecification = async (
  ctx: ContextWithPorts,
  address: SpecificationAddress,
  { name, bytes }: SpecificationChanges,
): Promise<Specification> => {
  demandProduct(ctx, 'edit', address.productId);
  const current = await getSpecification(ctx, address);
  checkName(name ?? current.name);
  const store = async (ctx: Context, contentHash: string | undefined): Promise<Specification> => {
    await lockProduct(ctx, address.productId);
    const before = await getSpecification(ctx, address);
    const after = {
      ...before,
      name: name ?? before.name,
      contentHash: contentHash ?? before.contentHash,
      updatedAt: toInstant(ctx.now()),
    };
    const details = differences(before, after, ['name', 'contentHash']);
    if (isUnchanged(details)) return before;
    await storeSpecification(ctx, after);
    if (after.contentHash !== before.contentHash) {
      await keepEdition(ctx, after);
      await deleteUnusedContents(ctx, [before.contentHash]);
    }
    await record(ctx, { action: 'specification.updated', subjectId: after.id, details });
    return after;
  };
  return bytes === undefined
    ? inTransaction(ctx, (ctx) => store(ctx, undefined))
    : withContent(ctx, bytes, name ?? current.name, store);
};

/**
 * Runs an act in a transaction in which a document is stored, and lets it be rendered afterwards. A document that is stored already is
 * not examined again; should it be deleted between the look and the transaction, all begins anew.
 */
const withContent = async <T>(
  ctx: ContextWithPorts,
  bytes: Buffer,
  name: string,
  act: (ctx: Context, contentHash: string) => Promise<T>,
): Promise<T> => {
  const contentHash = await hashOf(bytes);
  for (;;) {
    const found = (await isStored(ctx, contentHash)) ? undefined : await examine(ctx, { bytes, name });
    const made = found && { bytes: await compress(bytes), index: prepareIndex(found) };
    const done = await inTransaction(ctx, async (ctx) => {
      if (made) await storeContent(ctx, contentHash, made.bytes, made.index);
      else if (!(await holdContent(ctx, contentHash))) return undefined;
      await storeRendering(ctx, contentHash, { refused_by: 0, attempts: 0 }); // what failed before is tried once more
      return { result: await act(ctx, contentHash) };
    });
    if (!done) continue;
    ctx.ports.scheduleRendering(ctx.region, contentHash);
    return done.result;
  }
};

/**
 * Takes the specification from a version. Its documents stay among the editions.
 * @throws not-found
 */
export const deleteSpecification = (ctx: Context, address: SpecificationAddress): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    demandProduct(ctx, 'edit', address.productId);
    await lockProduct(ctx, address.productId);
    const { id, contentHash, versionId } = await getSpecification(ctx, address);
    await removeSpecification(ctx, id);
    await endEdition(ctx, versionId, toInstant(ctx.now()));
    await deleteUnusedContents(ctx, [contentHash]);
    const details = { productId: address.productId, versionId, contentHash };
    await record(ctx, { action: 'specification.deleted', subjectId: id, details });
  });

/** @throws not-found, also when the specification belongs to another version, or the version to another product */
export const getSpecification = async (ctx: Context, address: SpecificationAddress): Promise<Specification> => {
  demandProduct(ctx, 'read', address.productId);
  await requireVersion(ctx, address);
  const specification = await findSpecification(ctx, address.versionId);
  if (specification?.id !== address.specificationId) throw notFound('API product version specification');
  return specification;
};

/**
 * The specifications of a version: one or none.
 * @throws not-found without the version
 */
export const listSpecifications = async (ctx: Context, address: VersionAddress): Promise<Specification[]> => {
  demandProduct(ctx, 'read', address.productId);
  await requireVersion(ctx, address);
  const specification = await findSpecification(ctx, address.versionId);
  return specification ? [specification] : [];
};

/** The specifications of some versions of a product, by version; those without one have no entry. @throws not-found */
export const listSpecificationsOfVersions = async (
  ctx: Context,
  productId: ProductId,
  versionIds: readonly VersionId[],
): Promise<Map<VersionId, Specification>> => {
  demandProduct(ctx, 'read', productId);
  await requireProduct(ctx, productId);
  return selectSpecifications(ctx, productId, versionIds);
};
