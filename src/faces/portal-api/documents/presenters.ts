import type { Tree } from '../../../domain/products/index.ts';
import type { VisibleDocument, VisibleDocumentContent } from '../../../domain/visibility/index.ts';

/** A document in a list. */
export const presentSummary = (document: VisibleDocument) => ({
  id: document.id,
  parent_document_id: document.parentId,
  title: document.title,
  slug: document.slug,
  metadata: document.metadata,
  created_at: document.createdAt,
  updated_at: document.updatedAt,
});

type PresentedTree = ReturnType<typeof presentSummary> & { children: PresentedTree[] };

/** A document with all below it. */
export const presentTree = ({ children, ...document }: Tree<VisibleDocument>): PresentedTree => ({
  ...presentSummary(document),
  children: children.map(presentTree),
});

const presentHead = (document: VisibleDocument) => ({
  id: document.id,
  parent_document_id: document.parentId,
  title: document.title,
  slug: document.slug,
});

/** A document with its text as Markdown. */
export const presentMarkdown = (document: VisibleDocumentContent) => ({ ...presentHead(document), content: document.content });

/**
 * A document with its text as a tree of nodes, written as JSON.
 * @param nodes the tree, in JSON
 */
export const presentNodes = (document: VisibleDocumentContent, nodes: Buffer): Buffer => {
  const head = JSON.stringify(presentHead(document)).slice(0, -1);
  return Buffer.concat([Buffer.from(`${head},"content":{"type":"document","children":`), nodes, Buffer.from('}}')]);
};
