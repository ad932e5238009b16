import type { Request } from 'express';
import { ENTRY_KINDS, type EntryKind } from '../../../domain/search/index.ts';
import { queryChoice, queryPage, queryText } from '../../../http/page-query.ts';
import { paths } from '../paths.ts';

/** What is searched for: all of it stands in the address. */
export interface SearchView {
  readonly text: string;
  readonly kind: EntryKind | 'all';
  /** slug of the product that is searched alone; empty for all */
  readonly product: string;
  readonly page: number;
}

/** @throws invalid for what cannot be understood */
export const readSearchView = (req: Request): SearchView => ({
  text: queryText(req, 'q'),
  kind: queryChoice(req, 'kind', ['all', ...ENTRY_KINDS]),
  product: queryText(req, 'product'),
  page: queryPage(req),
});

/** The address of a view; what is as usual is left out. */
export const searchHref = ({ text, kind, product, page }: SearchView): string =>
  paths.search({
    q: text,
    kind: kind === 'all' ? undefined : kind,
    product: product === '' ? undefined : product,
    page: page === 1 ? undefined : page,
  });
