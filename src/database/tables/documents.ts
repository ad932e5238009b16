import type { ColumnType } from 'kysely';
import type { Fixed } from '../schema-values.ts';

/** owner: products/documents */
export interface DocumentsTable {
  id: Fixed<string>;
  product_id: Fixed<string>;
  parent_id: string | null;
  position: number;
  slug: string;
  title: string;
  status: 'published' | 'unpublished';
  metadata: string;
  /** Markdown */
  content: string;
  content_hash: string;
  /** the number of the edition that it is */
  edition: ColumnType<number, number | undefined, number>;
  created_at: Fixed<string>;
  updated_at: string;
}

/** owner: products/documents; what a document was after each change of it, the newest being what it is */
export interface DocumentEditionsTable {
  document_id: Fixed<string>;
  number: Fixed<number>;
  parent_id: Fixed<string | null>;
  slug: Fixed<string>;
  title: Fixed<string>;
  status: Fixed<'published' | 'unpublished'>;
  metadata: Fixed<string>;
  content: Fixed<string>;
  content_hash: Fixed<string>;
  actor_kind: Fixed<string>;
  actor_id: Fixed<string | null>;
  created_at: Fixed<string>;
}

/** owner: products/documents; what an administrator has typed and not saved yet */
export interface DocumentDraftsTable {
  administrator_id: Fixed<string>;
  /** the document's id; one of its own, or the product's, for one that is not created yet */
  place: Fixed<string>;
  product_id: Fixed<string>;
  document_id: Fixed<string | null>;
  /** the edition that it began from; 0 for a document that is not created yet */
  base: number;
  title: string;
  content: string;
  /** JSON; null in drafts of before there was such a thing */
  settings: string | null;
  updated_at: string;
}

/** owner: products/documents */
export interface DocumentImagesTable {
  product_id: Fixed<string>;
  /** of its bytes: its name in addresses */
  hash: Fixed<string>;
  name: Fixed<string>;
  type: Fixed<'png' | 'jpg' | 'gif' | 'webp'>;
  width: Fixed<number>;
  height: Fixed<number>;
  size: Fixed<number>;
  bytes: Fixed<Buffer>;
  created_at: Fixed<string>;
}

/** owner: products/documents; the images that the text of an edition names */
export interface DocumentImageUsesTable {
  document_id: Fixed<string>;
  number: Fixed<number>;
  hash: Fixed<string>;
}
