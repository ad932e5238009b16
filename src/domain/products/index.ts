export {
  DIAGRAM_THEMES,
  type DiagramState,
  type DiagramTheme,
  deleteUnusedDiagrams,
  drawNextDiagram,
  findDiagrams,
  readDrawing,
  sketchDiagrams,
} from './diagrams/index.ts';
export * from './documents/index.ts';
export type { NewProduct, Product, ProductChanges, ProductFilterField, ProductQuery, ProductSortField } from './product.ts';
export { findProductByIdOrSlug } from './product-store.ts';
export { createProduct, deleteProduct, getProduct, listProducts, updateProduct } from './products.ts';
export type { VersionAddress } from './scope/index.ts';
export {
  countSchemas,
  createSpecification,
  deleteSpecification,
  type Fragment,
  type FragmentKind,
  findFragment,
  findOperation,
  findOperationAddress,
  findSpecificationContent,
  getFragments,
  getSpecification,
  type IndexedOperation,
  listDueRenderings,
  listGroupOperations,
  listOperations,
  listSpecifications,
  listSpecificationsOfVersions,
  type NewSpecification,
  type OperationSummary,
  type PlacedOperation,
  readSpecificationBytes,
  renderSpecification,
  type Specification,
  type SpecificationAddress,
  type SpecificationChanges,
  type SpecificationContent,
  SpecificationRefusal,
  searchOperations,
  updateSpecification,
} from './specs/index.ts';
export * from './versions/index.ts';
