export { acceptToken, actorOfToken } from './accept-token.ts';
export type { CreatedToken, NewToken, Token } from './token.ts';
export { createToken, listTokens, MAX_TOKEN_DAYS, revokeToken } from './tokens.ts';
