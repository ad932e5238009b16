/** What products and all their parts stand on: who may do what, and loading a part through its owner. */
export { authorOf, type EditionAuthor } from './author.ts';
export { demandProduct, lockProduct, requireProduct, requireVersion, type VersionAddress } from './scope.ts';
