import { toInstant } from '../../database/codec.ts';
import { lockRow } from '../../database/lock.ts';
import { differences } from '../../lib/differences.ts';
import { demand, demandSight } from '../access/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { notFound } from '../errors.ts';
import { record } from '../events/index.ts';
import type { PortalId } from '../ids.ts';
import {
  type AppearanceChanges,
  type AppearanceImages,
  changeAppearance,
  checkImages,
  IMAGE_KINDS,
  type ImageKind,
  imageHash,
  type PortalAppearance,
  type ServedImage,
  servedImage,
  type UploadedImage,
} from './appearance.ts';
import { DEFAULT_IMAGES } from './default-images.ts';
import * as store from './portals-store.ts';

/** Whoever comes to a portal sees what it looks like, even where nothing else is theirs to see. @throws not-found */
const demandLook = ({ actor }: Context, portalId: PortalId): void => {
  if (actor.kind === 'administrator') demandSight(actor, 'portal', portalId, 'Portal');
};

/** @throws not-found when there is no such portal */
export const getAppearance = async (
  ctx: Context,
  portalId: PortalId,
): Promise<PortalAppearance & { readonly images: AppearanceImages }> => {
  demandLook(ctx, portalId);
  const portal = await store.findPortal(ctx, portalId);
  if (!portal) throw notFound('Portal');
  return { ...portal.appearance, images: await selectImages(ctx, portalId) };
};

const selectImages = async (ctx: Context, portalId: PortalId): Promise<AppearanceImages> => {
  const rows = await ctx.db
    .selectFrom('portal_images')
    .select(['kind', 'data', 'filename'])
    .where('portal_id', '=', portalId)
    .execute();
  const images: Record<ImageKind, UploadedImage | null> = { logo: null, favicon: null, catalog_cover: null };
  for (const { kind, data, filename } of rows) images[kind] = { data, ...(filename === null ? {} : { filename }) };
  return images;
};

/**
 * Changes how a portal looks.
 * @throws not-found; forbidden; invalid for colours, images, or a choice that lacks what it needs
 */
export const updateAppearance = async (
  ctx: Context,
  portalId: PortalId,
  changes: AppearanceChanges,
): Promise<PortalAppearance & { readonly images: AppearanceImages }> => {
  demand(ctx.actor, 'portal.style', portalId, 'Portal');
  checkImages(changes.images);
  return inTransaction(ctx, async (ctx) => {
    await lockRow(ctx.db, ctx.engine, 'portals', portalId);
    const portal = await store.findPortal(ctx, portalId);
    if (!portal) throw notFound('Portal');
    const { images, ...settings } = changes;
    const appearance = changeAppearance(portal.appearance, settings);
    await store.storePortal(ctx, { ...portal, appearance, updatedAt: toInstant(ctx.now()) });
    const changedImages = IMAGE_KINDS.filter((kind) => images === null || images?.[kind] !== undefined);
    for (const kind of changedImages) await storeImage(ctx, portalId, kind, images?.[kind] ?? null);
    await record(ctx, {
      action: 'portal.appearance-updated',
      subjectId: portalId,
      portalId,
      details: { ...differences(portal.appearance, appearance, SETTINGS), images: changedImages },
    });
    return { ...appearance, images: await selectImages(ctx, portalId) };
  });
};

const SETTINGS = ['theme_name', 'custom_theme', 'use_custom_fonts', 'custom_fonts', 'text'] as const;

const storeImage = async (ctx: Context, portalId: PortalId, kind: ImageKind, image: UploadedImage | null): Promise<void> => {
  await ctx.db.deleteFrom('portal_images').where('portal_id', '=', portalId).where('kind', '=', kind).execute();
  if (!image) return;
  const { data, filename = null } = image;
  await ctx.db
    .insertInto('portal_images')
    .values({ portal_id: portalId, kind, data, filename, content_hash: imageHash(data) })
    .execute();
};

/** Which images a portal has of its own, by the hash of their content: for addresses that change with the image. */
export const listImageHashes = async (
  ctx: Context,
  portalId: PortalId,
): Promise<Readonly<Partial<Record<ImageKind, string>>>> => {
  const rows = await ctx.db
    .selectFrom('portal_images')
    .select(['kind', 'content_hash'])
    .where('portal_id', '=', portalId)
    .execute();
  return Object.fromEntries(rows.map(({ kind, content_hash }) => [kind, content_hash]));
};

/** An image of a portal, or the one that comes with every portal. @throws not-found when there is no such portal */
export const getPortalImage = async (ctx: Context, portalId: PortalId, kind: ImageKind): Promise<ServedImage> => {
  demandLook(ctx, portalId);
  const row = await ctx.db
    .selectFrom('portals')
    .leftJoin('portal_images', (join) =>
      join.onRef('portal_images.portal_id', '=', 'portals.id').on('portal_images.kind', '=', kind),
    )
    .select('portal_images.data')
    .where('portals.id', '=', portalId)
    .executeTakeFirst();
  if (!row) throw notFound('Portal');
  return servedImage(row.data ?? DEFAULT_IMAGES[kind]);
};
