export { compareContents, compareSpecificationEditions, previewSpecification } from './comparisons.ts';
export {
  deleteUnusedContents,
  findSpecificationContent,
  listOperations,
  readSpecificationBytes,
} from './content-store.ts';
export { chooseEditions, type EditionChoice, KEPT_SPECIFICATION_EDITIONS, type SpecificationEdition } from './edition.ts';
export { forgetSpecificationEdition, getSpecificationEdition, listSpecificationEditions } from './editions.ts';
export { contentsOf } from './editions-store.ts';
export {
  findOperation,
  findOperationAddress,
  listGroupOperations,
  listOperationAddresses,
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
export {
  createSpecification,
  deleteSpecification,
  getSpecification,
  listSpecifications,
  listSpecificationsOfVersions,
  updateSpecification,
} from './specifications.ts';
