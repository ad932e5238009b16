import { toInstant } from '../../../database/codec.ts';
import { type ImageType, imageHash } from '../../../lib/image-names.ts';
import { readImage } from '../../../lib/image-type.ts';
import { type Context, inTransaction } from '../../context.ts';
import { invalid, notFound } from '../../errors.ts';
import { record } from '../../events/index.ts';
import type { DocumentId, ProductId } from '../../ids.ts';
import { demandProduct, lockProduct } from '../scope/index.ts';

/** A picture of a product's documents, without its bytes. */
export interface DocumentImage {
  readonly productId: ProductId;
  /** of its bytes: its name in addresses */
  readonly hash: string;
  /** what its file was called */
  readonly name: string;
  readonly type: ImageType;
  readonly width: number;
  readonly height: number;
  /** in bytes */
  readonly size: number;
  readonly createdAt: string;
}

/** Where an image is found: by the hash of its bytes, in its product. */
export interface DocumentImageAddress {
  readonly productId: ProductId;
  readonly hash: string;
}

/** An image in the list of a product, with the documents that show it now, and whether earlier editions did. */
export interface UsedImage extends DocumentImage {
  readonly usedBy: readonly { readonly id: DocumentId; readonly title: string }[];
  readonly isUsedEarlier: boolean;
}

const MAX_SIDE = 10_000;
const MAX_PIXELS = 50_000_000;
const NAME_LENGTH = 200;

const COLUMNS = ['product_id', 'hash', 'name', 'type', 'width', 'height', 'size', 'created_at'] as const;

interface Row {
  readonly product_id: string;
  readonly hash: string;
  readonly name: string;
  readonly type: ImageType;
  readonly width: number;
  readonly height: number;
  readonly size: number;
  readonly created_at: string;
}

const fromRow = (row: Row): DocumentImage => ({
  productId: row.product_id as ProductId,
  hash: row.hash,
  name: row.name,
  type: row.type,
  width: row.width,
  height: row.height,
  size: row.size,
  createdAt: row.created_at,
});

const refuse = (reason: string) => invalid({ field: 'file', rule: 'invalid', reason, source: 'body' });

/** @throws invalid for bytes that are no image, or one that is too large to be shown */
const checkImage = (bytes: Buffer) => {
  const facts = readImage(bytes);
  if (!facts) throw refuse('the file is no PNG, JPEG, GIF or WebP image');
  const { width, height } = facts;
  if (width < 1 || height < 1) throw refuse('the image has no size');
  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS)
    throw refuse(
      `the image has ${width} × ${height} pixels: at most ${MAX_SIDE} a side and ${MAX_PIXELS / 1e6} million are taken`,
    );
  return facts;
};

/**
 * Adds an image to a product; one that is there already is that one. What it is follows from its bytes, never from its name.
 * @throws not-found without the product; forbidden; invalid for what is no image
 */
export const addImage = (
  ctx: Context,
  productId: ProductId,
  { name, bytes }: { name: string; bytes: Buffer },
): Promise<DocumentImage> =>
  inTransaction(ctx, async (ctx) => {
    demandProduct(ctx, 'edit', productId);
    await lockProduct(ctx, productId);
    const facts = checkImage(bytes);
    const hash = imageHash(bytes);
    const known = await findImageFacts(ctx, { productId, hash });
    if (known) return known;
    const image: DocumentImage = {
      ...{ productId, hash, name: [...name].slice(0, NAME_LENGTH).join('') || hash, ...facts },
      size: bytes.length,
      createdAt: toInstant(ctx.now()),
    };
    const { type, width, height, size } = image;
    await ctx.db
      .insertInto('document_images')
      .values({ product_id: productId, hash, name: image.name, type, width, height, size, bytes, created_at: image.createdAt })
      .execute();
    await record(ctx, { action: 'document.image-added', subjectId: productId, details: { hash, type, width, height, size } });
    return image;
  });

const findImageFacts = async ({ db }: Context, { productId, hash }: DocumentImageAddress): Promise<DocumentImage | undefined> => {
  const row = await db
    .selectFrom('document_images')
    .select(COLUMNS)
    .where('product_id', '=', productId)
    .where('hash', '=', hash)
    .executeTakeFirst();
  return row && fromRow(row);
};

/** The images of a product, the newest first. @throws not-found where the actor may not see the product */
export const listImages = async (ctx: Context, productId: ProductId): Promise<UsedImage[]> => {
  demandProduct(ctx, 'read', productId);
  const rows = await ctx.db
    .selectFrom('document_images')
    .select(COLUMNS)
    .where('product_id', '=', productId)
    .orderBy('created_at', 'desc')
    .orderBy('hash')
    .execute();
  const uses = await ctx.db
    .selectFrom('document_image_uses')
    .innerJoin('documents', 'documents.id', 'document_image_uses.document_id')
    .innerJoin('document_images', (join) =>
      join
        .onRef('document_images.product_id', '=', 'documents.product_id')
        .onRef('document_images.hash', '=', 'document_image_uses.hash'),
    )
    .select(['document_image_uses.hash', 'documents.id', 'documents.title', 'documents.edition'])
    .select(({ fn }) => [
      fn.min<number>('document_image_uses.number').as('first'),
      fn.max<number>('document_image_uses.number').as('last'),
    ])
    .where('documents.product_id', '=', productId)
    .groupBy(['document_image_uses.hash', 'documents.id', 'documents.title', 'documents.edition'])
    .orderBy('documents.id')
    .execute();
  const byHash = new Map(rows.map(({ hash }) => [hash, [] as typeof uses]));
  for (const use of uses) byHash.get(use.hash)?.push(use);
  return rows.map((row) => {
    const own = byHash.get(row.hash) ?? [];
    const usedBy = own.filter(({ edition, last }) => edition === last).map(({ id, title }) => ({ id: id as DocumentId, title }));
    return { ...fromRow(row), usedBy, isUsedEarlier: own.some(({ edition, first }) => first < edition) };
  });
};

/**
 * An image with its bytes. Whether its product is visible is for whoever asks for a visitor to know.
 * @throws not-found
 */
export const getImage = async (
  ctx: Context,
  address: DocumentImageAddress,
): Promise<DocumentImage & { readonly bytes: Buffer }> => {
  if (ctx.actor.kind === 'administrator') demandProduct(ctx, 'read', address.productId);
  const row = await ctx.db
    .selectFrom('document_images')
    .select([...COLUMNS, 'bytes'])
    .where('product_id', '=', address.productId)
    .where('hash', '=', address.hash)
    .executeTakeFirst();
  if (!row) throw notFound('Image');
  return { ...fromRow(row), bytes: row.bytes };
};

/** Deletes an image, also one that documents show. @throws not-found; forbidden */
export const deleteImage = (ctx: Context, address: DocumentImageAddress): Promise<DocumentImage> =>
  inTransaction(ctx, async (ctx) => {
    const { productId, hash } = address;
    demandProduct(ctx, 'edit', productId);
    const image = await findImageFacts(ctx, address);
    if (!image) throw notFound('Image');
    await ctx.db.deleteFrom('document_images').where('product_id', '=', productId).where('hash', '=', hash).execute();
    await record(ctx, { action: 'document.image-deleted', subjectId: productId, details: { hash } });
    return image;
  });

/** How many images are looked at in one go. */
const BATCH = 100;

/**
 * Deletes images that were added some days ago and that no edition of any document of their product names, nor any draft. Answers how
 * many there were.
 */
export const forgetUnusedImages = async (ctx: Context, days: number): Promise<number> => {
  const unused = await ctx.db
    .selectFrom('document_images')
    .select(COLUMNS)
    .where('created_at', '<', toInstant(new Date(ctx.now().getTime() - days * 86_400_000)))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('document_image_uses')
            .innerJoin('documents', 'documents.id', 'document_image_uses.document_id')
            .select('document_image_uses.hash')
            .whereRef('document_image_uses.hash', '=', 'document_images.hash')
            .whereRef('documents.product_id', '=', 'document_images.product_id'),
        ),
      ),
    )
    .orderBy('created_at')
    .limit(BATCH)
    .execute();
  let deleted = 0;
  for (const { productId, hash } of unused.map(fromRow)) {
    if (await isInDraft(ctx, { productId, hash })) continue;
    await deleteImage(ctx, { productId, hash });
    deleted++;
  }
  return deleted;
};

const isInDraft = async ({ db }: Context, { productId, hash }: DocumentImageAddress): Promise<boolean> => {
  const row = await db
    .selectFrom('document_drafts')
    .select('place')
    .where('product_id', '=', productId)
    .where('content', 'like', `%${hash}%`)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
};
