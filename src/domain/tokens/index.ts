export { acceptToken, actorOfToken } from './accept-token.ts';
export type { CreatedToken, NewToken, Token } from './token.ts';
export { createToken, listTokens, revokeToken } from './tokens.ts';
