import { createHash } from 'node:crypto';
import { toInstant } from '../../../database/codec.ts';
import { differences, isUnchanged } from '../../../lib/differences.ts';
import { type DiagramSource, mayHoldDiagrams } from '../../../rendering/diagrams/diagram.ts';
import { type Context, inTransaction } from '../../context.ts';
import { notFound } from '../../errors.ts';
import { record } from '../../events/index.ts';
import { type DocumentId, newId, type ProductId } from '../../ids.ts';
import type { Listed, Page } from '../../listing.ts';
import { storeDiagramsOf } from '../diagrams/index.ts';
import { demandProduct, lockProduct, requireProduct } from '../scope/index.ts';
import type { Document, DocumentAddress, DocumentChanges, DocumentPlace, DocumentSummary, NewDocument } from './document.ts';
import { checkDocument, checkParent } from './document-rules.ts';
import { findDocument, insertDocument, removeDocument, selectDocuments, storeDocument, storePlace } from './document-store.ts';
import { inReadingOrder, lastPosition, nextPosition, placesWith, placesWithout, type Tree, treeOf } from './document-tree.ts';
import { EDITION_FIELDS } from './edition.ts';
import { insertEdition } from './editions-store.ts';

const diagramsIn = async (content: string): Promise<readonly DiagramSource[]> =>
  mayHoldDiagrams(content) ? (await import('../../../rendering/markdown/index.ts')).diagramsIn(content) : [];

const hashOf = (content: string): string => createHash('sha256').update(content).digest('hex');

/**
 * Creates a document as the last child of its parent, or the last of the top level.
 * @throws not-found without the product; invalid for a field that breaks the rules or a parent that is not of this product; conflict
 *   when the product has a document with this slug
 */
export const createDocument = async (ctx: Context, productId: ProductId, input: NewDocument): Promise<Document> => {
  const content = input.content ?? '';
  const diagrams = await diagramsIn(content);
  return inTransaction(ctx, async (ctx) => {
    demandProduct(ctx, 'edit', productId);
    await lockProduct(ctx, productId);
    const now = ctx.now();
    const siblings = await selectDocuments(ctx, productId);
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
      edition: 1,
      createdAt: toInstant(now),
      updatedAt: toInstant(now),
    };
    checkDocument(document);
    checkParent(siblings, document);
    await insertDocument(ctx, document);
    await insertEdition(ctx, document);
    await storeDiagramsOf(ctx, document.id, diagrams);
    const { slug, title, status, parentId } = document;
    await record(ctx, {
      action: 'document.created',
      subjectId: document.id,
      details: { productId, slug, title, status, parentId },
    });
    return document;
  });
};

/**
 * Changes a document. Given a parent other than its own, it becomes the last there, with all below it; given null, the last of the top
 * level, wherever it was.
 * @throws as {@link createDocument}; invalid also for a parent below the document itself
 */
export const updateDocument = async (ctx: Context, address: DocumentAddress, changes: DocumentChanges): Promise<Document> => {
  const diagrams = await diagramsIn(changes.content ?? '');
  return inTransaction(ctx, async (ctx) => {
    demandProduct(ctx, 'edit', address.productId);
    await lockProduct(ctx, address.productId);
    const document = await getDocument(ctx, address);
    const all = await selectDocuments(ctx, address.productId);
    const content = changes.content ?? document.content;
    const parentId = changes.parentId === undefined ? document.parentId : changes.parentId;
    const wanted: Document = {
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
    checkDocument(wanted);
    if (wanted.parentId !== document.parentId) checkParent(all, wanted);
    const details = differences(document, wanted, ['slug', 'title', 'status', 'parentId', 'position', 'metadata', 'contentHash']);
    if (isUnchanged(details)) return document;
    const isEdition = !isUnchanged(differences(document, wanted, EDITION_FIELDS));
    const changed = isEdition ? { ...wanted, edition: document.edition + 1 } : wanted;
    await storeDocument(ctx, changed);
    if (isEdition) await insertEdition(ctx, changed);
    if (changed.contentHash !== document.contentHash) await storeDiagramsOf(ctx, document.id, diagrams);
    await record(ctx, { action: 'document.updated', subjectId: document.id, details });
    return changed;
  });
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
 * Gives a document another place, with all below it: among its siblings, or those of another parent.
 * @throws not-found; forbidden; invalid for a parent that is not of this product or below the document itself
 */
export const placeDocument = (ctx: Context, address: DocumentAddress, { parentId, index }: DocumentPlace): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    demandProduct(ctx, 'edit', address.productId);
    await lockProduct(ctx, address.productId);
    const document = await getDocument(ctx, address);
    const { id } = document;
    const all = await selectDocuments(ctx, address.productId);
    const wanted = parentId === undefined ? document.parentId : parentId;
    if (wanted !== document.parentId) checkParent(all, { id, parentId: wanted });
    const moved = placesWith(all, id, { parentId: wanted, index });
    if (moved.length === 0) return;
    for (const place of moved) await storePlace(ctx, place);
    const details = { productId: address.productId, parentId: wanted, index };
    await record(ctx, { action: 'document.placed', subjectId: id, details });
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
