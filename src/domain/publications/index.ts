export { listAssignedProducts, publishProducts } from './assignments.ts';
export {
  type AssignedProduct,
  type AssignedProductFilterField,
  type AssignedProductSortField,
  type Notice,
  type ProductPortal,
  PUBLISH_STATUSES,
  type Publication,
  type PublicationChanges,
  type PublicationFilterField,
  type PublicationRef,
  type PublicationSettings,
  type PublicationSortField,
  type PublishStatus,
  type VersionPublication,
} from './publication.ts';
export {
  createPublication,
  deletePublication,
  getPublication,
  listPublications,
  NOTHING_DECIDED,
  putPublication,
  updatePublication,
} from './publications.ts';
export { listPortalsOfProducts, listPublicationsOfVersions } from './publications-queries.ts';
export { publishVersion } from './publish-version.ts';
export { mayOpen, mayPublish } from './publishing-policy.ts';
export {
  createProductInPortals,
  createVersionInPortals,
  updateProductInPortals,
  updateVersionInPortals,
} from './write-through.ts';
