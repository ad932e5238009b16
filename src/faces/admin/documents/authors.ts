import { findAdministratorNames } from '../../../domain/administrators/index.ts';
import type { EditionAuthor } from '../../../domain/products/index.ts';
import type { AdminContext } from '../context.ts';

/** Who wrote something, in words. */
export type AuthorText = (author: EditionAuthor) => string;

/** What authors are called; whoever reads is `You`. */
export const authorTexts = async (ctx: AdminContext, authors: readonly EditionAuthor[]): Promise<AuthorText> => {
  const ids = [...new Set(authors.flatMap(({ id }) => id ?? []))];
  const names = await findAdministratorNames(ctx.organisation, ids);
  return ({ kind, id }) => {
    if (id === ctx.administrator.id) return 'You';
    if (kind === 'system') return 'Portico';
    return (id !== null && names.get(id)) || 'A program';
  };
};
