export {
  DOCUMENT_STATUSES,
  type Document,
  type DocumentAddress,
  type DocumentChanges,
  type DocumentStatus,
  type DocumentSummary,
  type NewDocument,
} from './document.ts';
export { inReadingOrder, type Tree, treeOf } from './document-tree.ts';
export {
  createDocument,
  deleteDocument,
  getDocument,
  listDocuments,
  listDocumentTree,
  placeDocument,
  updateDocument,
} from './documents.ts';
