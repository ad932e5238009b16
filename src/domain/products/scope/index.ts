/** What products and all their parts stand on: who may do what, and loading a part through its owner. */
export { canCreateProducts, canDeleteProducts, canEditProducts, canReadProducts } from './product-policy.ts';
export { lockProduct, requireProduct, requireVersion, type VersionAddress } from './scope.ts';
