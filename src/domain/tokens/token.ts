import type { TokenId } from '../ids.ts';
import type { Account } from '../roles/index.ts';

/** A bearer token of the management API. The token itself is shown once, when it is made; only a keyed hash is kept. */
export interface Token {
  readonly id: TokenId;
  readonly name: string;
  /** whose roles it has; undefined: it belongs to nobody in particular, and may do everything */
  readonly owner: Account | undefined;
  /** its first characters, to recognise it by */
  readonly prefix: string;
  readonly createdAt: string;
  /** undefined: it never expires */
  readonly expiresAt: string | undefined;
  /** give or take a few minutes */
  readonly lastUsedAt: string | undefined;
}

export interface NewToken {
  readonly name: string;
  /** undefined: a token that belongs to nobody in particular, and may do everything */
  readonly owner?: Account | undefined;
  /** undefined: it never expires */
  readonly expiresAt?: Date | undefined;
}

export interface CreatedToken extends Token {
  /** the token, to be shown now and never again */
  readonly secret: string;
}
