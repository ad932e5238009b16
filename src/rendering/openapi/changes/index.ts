export { compareSpecifications } from './compare.ts';
export {
  COMPARER_VERSION,
  type ComparedOperation,
  type Comparison,
  type Difference,
  EFFECTS,
  type Effect,
  type OperationChange,
  type SchemaChange,
  type SchemaDifference,
  type Words,
} from './types.ts';
