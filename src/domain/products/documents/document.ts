import type { DocumentId, ProductId } from '../../ids.ts';

export const DOCUMENT_STATUSES = ['published', 'unpublished'] as const;
export type DocumentStatus = (typeof DOCUMENT_STATUSES)[number];

/** A document without its text. */
export interface DocumentSummary {
  readonly id: DocumentId;
  readonly productId: ProductId;
  readonly parentId: DocumentId | null;
  /** Place among its siblings; only the order counts. */
  readonly position: number;
  /** Its place in addresses, unique in the product. */
  readonly slug: string;
  readonly title: string;
  readonly status: DocumentStatus;
  /** Free data of whoever writes the document. */
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A page of a product's documentation. */
export interface Document extends DocumentSummary {
  /** Markdown. */
  readonly content: string;
  /** SHA-256 of the content, hexadecimal: under it, what was rendered is kept. */
  readonly contentHash: string;
  /** The number of the edition that it is: one up with every change of it other than of its place. */
  readonly edition: number;
}

export interface NewDocument {
  readonly parentId?: DocumentId | null | undefined;
  readonly slug: string;
  readonly title: string;
  readonly status: DocumentStatus;
  readonly content?: string | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
}

/** Absent leaves as it is; a parent of null makes a document of the top level. */
export type DocumentChanges = Partial<{ readonly [Field in keyof NewDocument]: NewDocument[Field] | undefined }>;

/** Where a document is found: by its own id, in its product. */
export interface DocumentAddress {
  readonly productId: ProductId;
  readonly documentId: DocumentId;
}

/** Where a document stands: below which parent (absent: the one that it has; null: at the top level), and where among its children, counted from 0. */
export interface DocumentPlace {
  readonly parentId?: DocumentId | null | undefined;
  /** beyond the last it is the last */
  readonly index: number;
}
