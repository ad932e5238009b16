import type { ReadDocument, ReadFiles } from '../../../rendering/document-files/index.ts';
import { type Context, inTransaction } from '../../context.ts';
import { DomainError, invalid } from '../../errors.ts';
import type { DocumentId, ProductId } from '../../ids.ts';
import { demandProduct, lockProduct } from '../scope/index.ts';
import type { DocumentStatus, DocumentSummary } from './document.ts';
import { selectDocuments } from './document-store.ts';
import { createDocument, updateDocument } from './documents.ts';
import { addImage } from './images.ts';

/** What is done with the documents of an upload. */
export interface ImportOptions {
  /** of those that say nothing of it themselves */
  readonly status: DocumentStatus;
  /** whether documents that are there already, told by their slug, take the text of the upload or keep their own */
  readonly existing: 'replace' | 'keep';
}

/** How many documents an upload has made, and found. */
export interface ImportResult {
  readonly created: number;
  readonly replaced: number;
  readonly kept: number;
}

/** How many documents one upload may hold. */
export const MAX_IMPORTED = 300;

/** Names the file that something is wrong with. */
const about = (path: string, error: unknown): unknown => {
  if (!(error instanceof DomainError) || (error.kind !== 'invalid' && error.kind !== 'conflict')) return error;
  const reason = error.issues[0]?.reason ?? error.message;
  return invalid({ field: 'file', rule: 'invalid', reason: `“${path}”: ${reason}`, source: 'body' });
};

/**
 * Makes documents of an upload, all or none: new ones at the end, in the order and the tree that it has.
 * @throws not-found without the product; forbidden; invalid naming the file that something is wrong with
 */
export const importDocuments = (
  ctx: Context,
  productId: ProductId,
  { documents, images }: Pick<ReadFiles, 'documents' | 'images'>,
  options: ImportOptions,
): Promise<ImportResult> =>
  inTransaction(ctx, async (ctx) => {
    demandProduct(ctx, 'edit', productId);
    await lockProduct(ctx, productId);
    if (documents.length > MAX_IMPORTED)
      throw invalid({
        field: 'file',
        rule: 'max_items',
        maximum: MAX_IMPORTED,
        reason: `these are more than ${MAX_IMPORTED} documents`,
      });
    for (const { path, name, bytes } of images)
      await addImage(ctx, productId, { name, bytes: Buffer.from(bytes) }).catch((error: unknown) => {
        throw about(path, error);
      });
    const known = new Map((await selectDocuments(ctx, productId)).map((document) => [document.slug, document]));
    const ids = new Map<string, DocumentId>();
    const counts = { created: 0, replaced: 0, kept: 0 };
    for (const document of documents) {
      const existing = known.get(document.slug);
      const parentId = document.parent === undefined ? null : (ids.get(document.parent) ?? null);
      const act = existing ? take(ctx, existing, document, options) : add(ctx, productId, { ...document, parentId }, options);
      const { id, what } = await act.catch((error: unknown) => {
        throw about(document.path, error);
      });
      ids.set(document.path, id);
      counts[what] += 1;
    }
    return counts;
  });

const add = async (
  ctx: Context,
  productId: ProductId,
  { parentId, slug, title, status, content = '' }: ReadDocument & { readonly parentId: DocumentId | null },
  options: ImportOptions,
) => {
  const { id } = await createDocument(ctx, productId, { parentId, slug, title, content, status: status ?? options.status });
  return { id, what: 'created' } as const;
};

/** A document that is there stays where it is; its earlier text stays among its editions. */
const take = async (
  ctx: Context,
  { id, productId }: DocumentSummary,
  { title, content, status }: ReadDocument,
  { existing }: ImportOptions,
) => {
  if (existing === 'keep' || content === undefined) return { id, what: 'kept' } as const;
  await updateDocument(ctx, { productId, documentId: id }, { title, content, status });
  return { id, what: 'replaced' } as const;
};
