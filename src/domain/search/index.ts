export { countDue, markAllDue } from './due.ts';
export { ENTRY_KINDS, type EntryKind } from './entry.ts';
export type { Piece } from './excerpt.ts';
export { followChanges } from './follow-changes.ts';
export { indexNext } from './index-subjects.ts';
export { type Found, type Hit, type ProductFacet, type Search, search } from './search.ts';
export { indexTidier } from './tidy-index.ts';
