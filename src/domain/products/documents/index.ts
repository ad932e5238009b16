export {
  DOCUMENT_STATUSES,
  type Document,
  type DocumentAddress,
  type DocumentChanges,
  type DocumentPlace,
  type DocumentStatus,
  type DocumentSummary,
  type NewDocument,
} from './document.ts';
export { CONTENT_LENGTH } from './document-rules.ts';
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
export {
  type Draft,
  type DraftAddress,
  type DraftSummary,
  deleteDraft,
  findDraft,
  forgetDrafts,
  keepDraft,
  listNewDrafts,
  listOtherEditors,
} from './drafts.ts';
export type { Edition, EditionField, EditionSummary } from './edition.ts';
export {
  type DocumentSaving,
  findEditionBefore,
  getEdition,
  listEditions,
  restoreEdition,
  type SavedDocument,
  saveDocument,
} from './editions.ts';
export {
  addImage,
  type DocumentImage,
  type DocumentImageAddress,
  deleteImage,
  forgetUnusedImages,
  getImage,
  listImages,
  type UsedImage,
} from './images.ts';
export { type ImportOptions, type ImportResult, importDocuments } from './import-documents.ts';
