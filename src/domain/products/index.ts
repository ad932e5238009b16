export * from './documents/index.ts';
export type { NewProduct, Product, ProductChanges, ProductFilterField, ProductQuery, ProductSortField } from './product.ts';
export { findProductByIdOrSlug } from './product-store.ts';
export { createProduct, deleteProduct, getProduct, listProducts, updateProduct } from './products.ts';
export { canCreateProducts, canDeleteProducts, canEditProducts, canReadProducts, type VersionAddress } from './scope/index.ts';
export {
  createSpecification,
  deleteSpecification,
  type Fragment,
  type FragmentKind,
  findFragment,
  findSpecification,
  findSpecificationContent,
  getFragments,
  getSpecification,
  type IndexedOperation,
  listOperations,
  listSpecifications,
  listStaleContents,
  type NewSpecification,
  readSpecificationBytes,
  refreshSpecification,
  type Specification,
  type SpecificationAddress,
  type SpecificationChanges,
  type SpecificationContent,
} from './specs/index.ts';
export * from './versions/index.ts';
