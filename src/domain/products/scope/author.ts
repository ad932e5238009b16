import type { Context } from '../../context.ts';

/** Who made an edition: the program, somebody by id, or somebody who cannot be told (a token of nobody in particular). */
export interface EditionAuthor {
  readonly kind: string;
  readonly id: string | null;
}

/** Who acts: a person, a machine, a token of nobody in particular, or the program. */
export const authorOf = ({ actor }: Context): EditionAuthor => ({
  kind: actor.kind,
  id: actor.kind === 'administrator' ? (actor.id ?? actor.tokenId ?? null) : null,
});
