export { type CreatedToken, createToken, findTokenBySecret, type NewToken, type Token } from './tokens.ts';
