export {
  deleteUnusedContents,
  findFragment,
  findSpecificationContent,
  getFragments,
  listOperations,
  listStaleContents,
  readSpecificationBytes,
} from './content-store.ts';
export {
  findOperation,
  findOperationAddress,
  listGroupOperations,
  type OperationSummary,
  type PlacedOperation,
  searchOperations,
} from './operation-queries.ts';
export { SpecificationRefusal } from './refusal.ts';
export type {
  Fragment,
  FragmentKind,
  IndexedOperation,
  NewSpecification,
  Specification,
  SpecificationAddress,
  SpecificationChanges,
  SpecificationContent,
} from './specification.ts';
export { contentsOfProduct, contentsOfVersion } from './specification-store.ts';
export {
  createSpecification,
  deleteSpecification,
  getSpecification,
  listSpecifications,
  listSpecificationsOfVersions,
  refreshSpecification,
  updateSpecification,
} from './specifications.ts';
