export {
  deleteUnusedContents,
  findSpecificationContent,
  listOperations,
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
export { countSchemas, findFragment, getFragments, listDueRenderings } from './rendering-store.ts';
export { renderSpecification } from './renderings.ts';
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
  updateSpecification,
} from './specifications.ts';
