import { toInstant } from '../../../database/codec.ts';
import { differences, isUnchanged } from '../../../lib/differences.ts';
import { may } from '../../access/index.ts';
import { type Context, inTransaction } from '../../context.ts';
import { conflict, type Issue, invalid, notFound } from '../../errors.ts';
import { record } from '../../events/index.ts';
import { findGatewayService, getControlPlane } from '../../gateways/index.ts';
import { type ControlPlaneId, type GatewayServiceId, newId, type ProductId, type VersionId } from '../../ids.ts';
import { type Labels, labelIssues, mergeLabels } from '../../labels/index.ts';
import type { Listed } from '../../listing.ts';
import { demandProduct, lockProduct, requireProduct, type VersionAddress } from '../scope/index.ts';
import { contentsOf, deleteUnusedContents } from '../specs/index.ts';
import type { LinkedVersion, NewVersion, Version, VersionChanges, VersionQuery } from './version.ts';
import {
  findVersion,
  insertVersion,
  isNameTaken,
  isServiceTaken,
  removeVersion,
  selectLinkedVersions,
  selectVersionPage,
  storeVersion,
} from './version-store.ts';

/** Bounds of a version's name, in characters. */
const NAME_LENGTH = { minimum: 1, maximum: 255 };

/**
 * Creates a version, published in no portal.
 * @throws not-found without the product; invalid for a name, labels or a gateway service that is unknown; conflict when the product has
 *   a version of that name in any case, or the service is linked to another version
 */
export const createVersion = (ctx: Context, productId: ProductId, input: NewVersion): Promise<Version> =>
  inTransaction(ctx, async (ctx) => {
    demandProduct(ctx, 'edit', productId);
    await lockProduct(ctx, productId);
    const now = ctx.now();
    const wanted = {
      id: newId<VersionId>(now),
      productId,
      name: input.name,
      labels: input.labels ?? {},
      gatewayService: input.gatewayService ?? null,
      createdAt: toInstant(now),
      updatedAt: toInstant(now),
    };
    check(wanted);
    await requireFreeName(ctx, wanted);
    await requireFreeService(ctx, wanted);
    const version = await insertVersion(ctx, wanted);
    const details = { productId, name: version.name, gatewayServiceId: version.gatewayService?.id ?? null };
    await record(ctx, { action: 'version.created', subjectId: version.id, details });
    return version;
  });

/**
 * Changes a version; labels are merged, a gateway service of null unlinks. Its slug stays.
 * @throws as {@link createVersion}
 */
export const updateVersion = (ctx: Context, address: VersionAddress, changes: VersionChanges): Promise<Version> =>
  inTransaction(ctx, async (ctx) => {
    demandProduct(ctx, 'edit', address.productId);
    await lockProduct(ctx, address.productId);
    const version = await getVersion(ctx, address);
    const changed: Version = {
      ...version,
      name: changes.name ?? version.name,
      labels: mergeLabels(version.labels, changes.labels),
      gatewayService: changes.gatewayService === undefined ? version.gatewayService : changes.gatewayService,
      updatedAt: toInstant(ctx.now()),
    };
    check(changed);
    const details = differences(version, changed, ['name', 'labels', 'gatewayService']);
    if (isUnchanged(details)) return version;
    if ('name' in details.changed) await requireFreeName(ctx, changed);
    if ('gatewayService' in details.changed) await requireFreeService(ctx, changed);
    await storeVersion(ctx, changed);
    await record(ctx, { action: 'version.updated', subjectId: version.id, details });
    return changed;
  });

const check = ({ name, labels }: { name: string; labels: Labels }): void => {
  const [first, ...rest] = [...nameIssues(name), ...labelIssues(labels)];
  if (first) throw invalid(first, ...rest);
};

const nameIssues = (name: string): Issue[] => {
  const field = 'name';
  const { minimum, maximum } = NAME_LENGTH;
  if (name.length < minimum) return [{ field, rule: 'min_length', minimum, reason: 'name must not be empty' }];
  if ([...name].length > maximum)
    return [{ field, rule: 'max_length', maximum, reason: `name must not be longer than ${maximum} characters` }];
  return [];
};

const requireFreeName = async (ctx: Context, version: Omit<Version, 'slug'>): Promise<void> => {
  if (await isNameTaken(ctx, version)) throw conflict(`The API product has a version named '${version.name}' already`);
};

const requireFreeService = async (ctx: Context, { id, gatewayService }: Omit<Version, 'slug'>): Promise<void> => {
  if (gatewayService === null) return;
  const { controlPlaneId, id: serviceId } = gatewayService;
  const seen = may(ctx.actor, 'control-plane.read', controlPlaneId);
  if (!seen || !(await findGatewayService(ctx, { controlPlaneId, serviceId })))
    throw invalid({
      field: 'gateway_service.id',
      rule: 'missing_reference',
      reason: `the control plane ${controlPlaneId} has no gateway service ${serviceId}`,
    });
  if (await isServiceTaken(ctx, gatewayService, id))
    throw conflict('This gateway service is already linked to another API product version');
};

/**
 * Deletes a version with its specification, and takes it out of every portal.
 * @throws not-found
 */
export const deleteVersion = (ctx: Context, address: VersionAddress): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    demandProduct(ctx, 'edit', address.productId);
    await lockProduct(ctx, address.productId);
    const contents = await contentsOf(ctx, { versionId: address.versionId });
    const { name } = await getVersion(ctx, address);
    if (!(await removeVersion(ctx, address))) throw notFound('API product version');
    await deleteUnusedContents(ctx, contents);
    await record(ctx, {
      action: 'version.deleted',
      subjectId: address.versionId,
      details: { productId: address.productId, name },
    });
  });

/** @throws not-found, also when the version belongs to another product */
export const getVersion = async (ctx: Context, address: VersionAddress): Promise<Version> => {
  demandProduct(ctx, 'read', address.productId);
  const version = await findVersion(ctx, address);
  if (!version) throw notFound('API product version');
  return version;
};

/**
 * One page of a product's versions, published or not.
 * @throws not-found without the product
 */
export const listVersions = async (ctx: Context, productId: ProductId, query: VersionQuery): Promise<Listed<Version>> => {
  demandProduct(ctx, 'read', productId);
  await requireProduct(ctx, productId);
  return selectVersionPage(ctx, productId, query);
};

/**
 * The versions that are linked to services of a control plane, by service; those of products that the actor may not read are left out.
 * @throws not-found without the control plane
 */
export const listLinkedVersions = async (
  ctx: Context,
  controlPlaneId: ControlPlaneId,
): Promise<Map<GatewayServiceId, LinkedVersion>> => {
  await getControlPlane(ctx, controlPlaneId);
  const linked = await selectLinkedVersions(ctx, controlPlaneId);
  return new Map([...linked].filter(([, { productId }]) => may(ctx.actor, 'product.read', productId)));
};
