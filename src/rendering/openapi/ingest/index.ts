export type { Examination } from './examine.ts';
export { examineSpecification } from './examine.ts';
export { DEFAULT_INGEST_LIMITS } from './limits.ts';
