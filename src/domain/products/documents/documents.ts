import { createHash } from 'node:crypto';
import { toInstant } from '../../../database/codec.ts';
import { differences, isUnchanged } from '../../../lib/differences.ts';
import { diagramsIn } from '../../../rendering/markdown/index.ts';
import { type Context, inTransaction } from '../../context.ts';
import { type Issue, invalid, notFound } from '../../errors.ts';
import { record } from '../../events/index.ts';
import { type DocumentId, newId, type ProductId } from '../../ids.ts';
import type { Listed, Page } from '../../listing.ts';
import { storeDiagramsOf } from '../diagrams/index.ts';
import { demandProduct, lockProduct, requireProduct } from '../scope/index.ts';
import type { Document, DocumentAddress, DocumentChanges, DocumentSummary, NewDocument } from './document.ts';
import { findDocument, insertDocument, removeDocument, selectDocuments, storeDocument, storePlace } from './document-store.ts';
import {
  depthOf,
  heightOf,
  inReadingOrder,
  isWithin,
  lastPosition,
  MAX_DEPTH,
  nextPosition,
  placesWith,
  placesWithout,
  type Tree,
  treeOf,
} from './document-tree.ts';

const SLUG = /^[\w-]+$/;
const SLUG_LENGTH = 80;
const TITLE_LENGTH = 1_000;
/** What a page can be rendered from in reasonable time, in UTF-16 units. */
const CONTENT_LENGTH = 1_000_000;

const hashOf = (content: string): string => createHash('sha256').update(content).digest('hex');

/**
 * Creates a document as the last child of its parent, or the last of the top level.
 * @throws not-found without the product; invalid for a field that breaks the rules or a parent that is not of this product; conflict
 *   when the product has a document with this slug
 */
export const createDocument = (ctx: Context, productId: ProductId, input: NewDocument): Promise<Document> =>
  inTransaction(ctx, async (ctx) => {
    demandProduct(ctx, 'edit', productId);
    await lockProduct(ctx, productId);
    const now = ctx.now();
    const siblings = await selectDocuments(ctx, productId);
    const content = input.content ?? '';
    const document: Document = {
      id: newId<DocumentId>(now),
      productId,
      parentId: input.parentId ?? null,
      position: nextPosition(siblings, input.parentId ?? null),
      slug: input.slug,
      title: input.title,
      status: input.status,
      metadata: input.metadata ?? {},
      content,
      contentHash: hashOf(content),
      createdAt: toInstant(now),
      updatedAt: toInstant(now),
    };
    check(document);
    checkParent(siblings, document);
    await insertDocument(ctx, document);
    await storeDiagramsOf(ctx, document.id, diagramsIn(content));
    const { slug, title, status, parentId } = document;
    await record(ctx, {
      action: 'document.created',
      subjectId: document.id,
      details: { productId, slug, title, status, parentId },
    });
    return document;
  });

/**
 * Changes a document. Given a parent other than its own, it becomes the last there, with all below it; given null, the last of the top
 * level, wherever it was.
 * @throws as {@link createDocument}; invalid also for a parent below the document itself
 */
export const updateDocument = (ctx: Context, address: DocumentAddress, changes: DocumentChanges): Promise<Document> =>
  inTransaction(ctx, async (ctx) => {
    demandProduct(ctx, 'edit', address.productId);
    await lockProduct(ctx, address.productId);
    const document = await getDocument(ctx, address);
    const all = await selectDocuments(ctx, address.productId);
    const content = changes.content ?? document.content;
    const parentId = changes.parentId === undefined ? document.parentId : changes.parentId;
    const changed: Document = {
      ...document,
      parentId,
      position:
        changes.parentId === null || parentId !== document.parentId ? lastPosition(all, document, parentId) : document.position,
      slug: changes.slug ?? document.slug,
      title: changes.title ?? document.title,
      status: changes.status ?? document.status,
      metadata: changes.metadata ?? document.metadata,
      content,
      contentHash: hashOf(content),
      updatedAt: toInstant(ctx.now()),
    };
    check(changed);
    if (changed.parentId !== document.parentId) checkParent(all, changed);
    const details = differences(document, changed, [
      'slug',
      'title',
      'status',
      'parentId',
      'position',
      'metadata',
      'contentHash',
    ]);
    if (isUnchanged(details)) return document;
    await storeDocument(ctx, changed);
    if (changed.contentHash !== document.contentHash) await storeDiagramsOf(ctx, document.id, diagramsIn(content));
    await record(ctx, { action: 'document.updated', subjectId: document.id, details });
    return changed;
  });

/** The parent must be a document of the product, not below the document itself, and not too deep. */
const checkParent = (all: readonly DocumentSummary[], { id, parentId }: Document): void => {
  if (parentId === null) return;
  const field = 'parent_document_id';
  if (!all.some((other) => other.id === parentId))
    throw invalid({ field, rule: 'missing_reference', reason: `the API product has no document ${parentId}` });
  if (isWithin(all, parentId, id))
    throw invalid({ field, rule: 'invalid', reason: 'a document cannot be placed below itself or below a document under it' });
  if (depthOf(all, parentId) + heightOf(all, id) > MAX_DEPTH)
    throw invalid({ field, rule: 'invalid', reason: `documents cannot be nested deeper than ${MAX_DEPTH} levels` });
};

const check = ({ slug, title, content }: Document): void => {
  const [first, ...rest] = [...slugIssues(slug), ...titleIssues(title), ...contentIssues(content)];
  if (first) throw invalid(first, ...rest);
};

const slugIssues = (slug: string): Issue[] => {
  const field = 'slug';
  if (!SLUG.test(slug)) return [{ field, rule: 'matches_regex', reason: `slug must match the regular expression ${SLUG}` }];
  if (slug.length > SLUG_LENGTH)
    return [
      { field, rule: 'max_length', maximum: SLUG_LENGTH, reason: `slug must not be longer than ${SLUG_LENGTH} characters` },
    ];
  return [];
};

const titleIssues = (title: string): Issue[] => {
  const field = 'title';
  if (title === '') return [{ field, rule: 'min_length', minimum: 1, reason: 'title must not be empty' }];
  if ([...title].length > TITLE_LENGTH)
    return [
      { field, rule: 'max_length', maximum: TITLE_LENGTH, reason: `title must not be longer than ${TITLE_LENGTH} characters` },
    ];
  return [];
};

const contentIssues = (content: string): Issue[] => {
  const field = 'content';
  if (content.length > CONTENT_LENGTH)
    return [
      {
        field,
        rule: 'max_length',
        maximum: CONTENT_LENGTH,
        reason: `content must not be longer than ${CONTENT_LENGTH} characters`,
      },
    ];
  if (content.includes('\0')) return [{ field, rule: 'invalid', reason: 'content must not contain the character NUL' }];
  return [];
};

/**
 * Deletes a document; its children take its place.
 * @throws not-found
 */
export const deleteDocument = (ctx: Context, address: DocumentAddress): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    demandProduct(ctx, 'edit', address.productId);
    await lockProduct(ctx, address.productId);
    const { id, slug } = await getDocument(ctx, address);
    for (const place of placesWithout(await selectDocuments(ctx, address.productId), id)) await storePlace(ctx, place);
    await removeDocument(ctx, id);
    await record(ctx, { action: 'document.deleted', subjectId: id, details: { productId: address.productId, slug } });
  });

/**
 * Gives a document another place among its siblings, counted from 0; beyond the last it is the last.
 * @throws not-found; forbidden
 */
export const placeDocument = (ctx: Context, address: DocumentAddress, index: number): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    demandProduct(ctx, 'edit', address.productId);
    await lockProduct(ctx, address.productId);
    const { id } = await getDocument(ctx, address);
    const moved = placesWith(await selectDocuments(ctx, address.productId), id, index);
    if (moved.length === 0) return;
    for (const place of moved) await storePlace(ctx, place);
    await record(ctx, { action: 'document.placed', subjectId: id, details: { productId: address.productId, index } });
  });

/** @throws not-found, also when the document belongs to another product */
export const getDocument = async (ctx: Context, address: DocumentAddress): Promise<Document> => {
  demandProduct(ctx, 'read', address.productId);
  const document = await findDocument(ctx, address);
  if (!document) throw notFound('API product document');
  return document;
};

const pageOf = <T>(items: readonly T[], page: Page): Listed<T> => {
  const start = (page.number - 1) * page.size;
  return { items: items.slice(start, start + page.size), total: items.length, page };
};

/**
 * One page of a product's documents, published or not, in reading order.
 * @throws not-found without the product
 */
export const listDocuments = async (ctx: Context, productId: ProductId, page: Page): Promise<Listed<DocumentSummary>> => {
  demandProduct(ctx, 'read', productId);
  await requireProduct(ctx, productId);
  return pageOf(inReadingOrder(await selectDocuments(ctx, productId)), page);
};

/**
 * One page of a product's documents of the top level, each with all below it.
 * @throws not-found without the product
 */
export const listDocumentTree = async (
  ctx: Context,
  productId: ProductId,
  page: Page,
): Promise<Listed<Tree<DocumentSummary>>> => {
  demandProduct(ctx, 'read', productId);
  await requireProduct(ctx, productId);
  return pageOf(treeOf(await selectDocuments(ctx, productId)), page);
};
