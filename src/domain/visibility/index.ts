export {
  type CatalogueFilterField,
  type CatalogueProduct,
  type CatalogueQuery,
  type CatalogueSortField,
  catalogue,
  findVisibleProduct,
  type LabelCount,
  type LatestVersion,
  listCatalogueLabels,
} from './catalogue.ts';
export { isReadableDocument, type VisibleDocument, type VisibleDocumentContent } from './documents.ts';
export { type CatalogueSearch, searchCatalogue } from './search-catalogue.ts';
export { listSitePages, type SitePage } from './site-pages.ts';
export { listVisibleEditions, type VisibleEdition } from './specification-editions.ts';
export { listVisibleStrategies } from './strategies.ts';
export { findVisibleVersion, findVisibleVersions, listVisibleVersions, type VisibleVersion } from './versions.ts';
export { findVisibleDocument, getVisibleImage, holdsVisibleDiagram, listVisibleDocuments } from './visible-documents.ts';
export { mayConsume } from './visible-products.ts';
export {
  ANONYMOUS,
  audienceOf,
  developerVisitor,
  isAmongVisibleAssignments,
  isAssigned,
  isPublishedIn,
  isVisibleAssignment,
  isVisibleVersion,
  maybeVisibleProducts,
  seesByRole,
  seesPortal,
  type Visitor,
} from './visitor.ts';
