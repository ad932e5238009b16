import type { FollowIssuer } from '../context.ts';
import { conflict } from '../errors.ts';
import * as store from './applications-store.ts';

/** Has the applications of a strategy known by their reference ids to its new issuer. @throws conflict where it knows others by these */
export const followIssuer: FollowIssuer = async (ctx, strategyId, issuer) => {
  const key = issuer === null ? null : store.issuerKey(issuer);
  if (key !== null && (await store.isAnyReferenceTaken(ctx, strategyId, key)))
    throw conflict(`${key} knows other applications already by the same reference ids as some of this strategy`);
  await store.storeIssuer(ctx, strategyId, key);
};
