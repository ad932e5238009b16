import type { Request } from 'express';
import { asId, type PortalId } from '../../../domain/ids.ts';
import type { LabelCondition } from '../../../domain/listing.ts';
import type { ProductSortField } from '../../../domain/products/index.ts';
import type { RegionCode } from '../../../domain/regions/index.ts';
import { queryChoice, queryPage, queryText } from '../../../http/page-query.ts';
import { productPaths } from './paths.ts';

export const SORTS = ['name', 'newest', 'updated'] as const;

/** Which products are listed, and how: all of it stands in the address. */
export interface ProductView {
  readonly search: string;
  /** `key:value`, or a key alone; of either kind of labels */
  readonly label: string;
  readonly portalId: PortalId | undefined;
  readonly sort: (typeof SORTS)[number];
  readonly page: number;
}

/** @throws invalid for what cannot be understood */
export const readProductView = (req: Request): ProductView => ({
  search: queryText(req, 'q'),
  label: queryText(req, 'label'),
  portalId: asId<PortalId>(queryText(req, 'portal')),
  sort: queryChoice(req, 'sort', SORTS),
  page: queryPage(req),
});

/** The address of a view; what is as usual is left out. */
export const productsHref = (region: RegionCode, { search, label, portalId, sort, page }: ProductView): string =>
  productPaths.list(region, {
    q: search,
    label,
    portal: portalId,
    sort: sort === 'name' ? undefined : sort,
    page: page === 1 ? undefined : page,
  });

/** Whether everything is listed, as opposed to an answer to a question. */
export const isWhole = ({ search, label, portalId }: ProductView): boolean =>
  search === '' && label === '' && portalId === undefined;

/** `key:value` as a condition; a key alone asks for any value. */
export const conditionOf = (label: string): LabelCondition => {
  const [, key = '', value] = /^([^:]*)(?::(.*))?$/.exec(label) ?? [];
  return { key: key.trim(), value: value?.trim() };
};

export const ORDER: Record<ProductView['sort'], { field: ProductSortField; direction: 'asc' | 'desc' }> = {
  name: { field: 'name', direction: 'asc' },
  newest: { field: 'created_at', direction: 'desc' },
  updated: { field: 'updated_at', direction: 'desc' },
};
