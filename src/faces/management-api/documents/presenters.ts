import type { Document, DocumentSummary, Tree } from '../../../domain/products/index.ts';

const presentFields = (document: Document) => ({
  id: document.id,
  parent_document_id: document.parentId,
  title: document.title,
  slug: document.slug,
  status: document.status,
  metadata: document.metadata,
  content: document.content,
  created_at: document.createdAt,
  updated_at: document.updatedAt,
});

/**
 * A document with its text, as Markdown and as a tree of nodes, written as JSON.
 * @param nodes the tree, in JSON
 */
export const presentDocument = (document: Document, nodes: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${JSON.stringify(presentFields(document)).slice(0, -1)},"ast":`), nodes, Buffer.from('}')]);

/** A document in a flat list. */
export const presentDocumentSummary = (document: DocumentSummary) => ({
  id: document.id,
  parent_document_id: document.parentId,
  title: document.title,
  slug: document.slug,
  status: document.status,
  created_at: document.createdAt,
  updated_at: document.updatedAt,
});

type PresentedTree = ReturnType<typeof presentDocumentSummary> & {
  metadata: DocumentSummary['metadata'];
  children: PresentedTree[];
};

/** A document with all below it. */
export const presentDocumentTree = ({ children, ...document }: Tree<DocumentSummary>): PresentedTree => ({
  ...presentDocumentSummary(document),
  metadata: document.metadata,
  children: children.map(presentDocumentTree),
});
