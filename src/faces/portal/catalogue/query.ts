import type { Request } from 'express';
import type { LabelCondition } from '../../../domain/listing.ts';
import type { CatalogueSortField } from '../../../domain/visibility/index.ts';
import { queryChoice, queryList, queryPage, queryText } from '../../../http/page-query.ts';
import { paths } from '../paths.ts';

export const SORTS = ['name', 'newest', 'updated'] as const;
export const VIEWS = ['cards', 'table'] as const;

/** What of the catalogue is shown, and how: all of it stands in the address. */
export interface CatalogueView {
  readonly search: string;
  /** Public labels, `key:value`. */
  readonly labels: readonly string[];
  readonly sort: (typeof SORTS)[number];
  readonly view: (typeof VIEWS)[number];
  readonly page: number;
}

/** @throws invalid for what cannot be understood */
export const readCatalogueView = (req: Request): CatalogueView => ({
  search: queryText(req, 'q'),
  labels: queryList(req, 'label').sort(),
  sort: queryChoice(req, 'sort', SORTS),
  view: queryChoice(req, 'view', VIEWS),
  page: queryPage(req),
});

/** The address of a view; what is as usual is left out. */
export const catalogueHref = ({ search, labels, sort, view, page }: CatalogueView): string =>
  paths.catalogue({
    q: search,
    label: labels,
    sort: sort === 'name' ? undefined : sort,
    view: view === 'cards' ? undefined : view,
    page: page === 1 ? undefined : page,
  });

/** Whether this is the start page, as opposed to an answer to a question. */
export const isStart = ({ search, labels, page }: CatalogueView): boolean => search === '' && labels.length === 0 && page === 1;

/** `key:value` as a condition; a key alone asks for any value. */
export const conditionOf = (label: string): LabelCondition => {
  const colon = label.indexOf(':');
  return colon < 0 ? { key: label, value: undefined } : { key: label.slice(0, colon), value: label.slice(colon + 1) };
};

export const ORDER: Record<CatalogueView['sort'], { field: CatalogueSortField; direction: 'asc' | 'desc' }> = {
  name: { field: 'name', direction: 'asc' },
  newest: { field: 'created_at', direction: 'desc' },
  updated: { field: 'updated_at', direction: 'desc' },
};
