import { may } from '../../../domain/access/index.ts';
import type { ProductId } from '../../../domain/ids.ts';
import type { Listed } from '../../../domain/listing.ts';
import type { PortalDetails } from '../../../domain/portals/index.ts';
import { listDocuments, type Product } from '../../../domain/products/index.ts';
import { listPortalsOfProducts, type ProductPortal } from '../../../domain/publications/index.ts';
import { counted, paginate } from '../../../http/pagination.ts';
import { html, type SafeHtml } from '../../../lib/html.ts';
import type { Confirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { filtersText } from '../filters.ts';
import { portalPaths } from '../portals/paths.ts';
import { timeHtml } from '../time.ts';
import { productPaths } from './paths.ts';
import { isWhole, type ProductView, productsHref } from './query.ts';

const nameHtml = (href: string, { name, description }: Product): SafeHtml =>
  html`<a class="row-name" href="${href}">${name}</a>${description && html`<span class="row-text">${description}</span>`}`;

/** Labels as chips; each leads to the products that carry it. */
const labelsHtml = (ctx: AdminContext, view: ProductView, { labels, publicLabels }: Product): SafeHtml => {
  const all = Object.entries({ ...labels, ...publicLabels });
  return html`<span class="cluster">${all.map(
    ([key, value]) =>
      html`<a class="chip chip-link" href="${productsHref(ctx.region, { ...view, label: `${key}:${value}`, page: 1 })}"><span class="chip-key">${key}</span> <span class="chip-value">${value}</span></a>`,
  )}</span>`;
};

const portalsHtml = ({ region }: AdminContext, portals: readonly ProductPortal[]): SafeHtml =>
  portals.length === 0
    ? html`<span class="muted">None</span>`
    : html`${portals.map(
        ({ portalId, portalName }, index) =>
          html`${index > 0 && ', '}<a href="${portalPaths.portal(region, portalId)}">${portalName}</a>`,
      )}`;

const sortOf = (ctx: AdminContext, view: ProductView, sort: ProductView['sort'], direction: string) => ({
  href: productsHref(ctx.region, { ...view, sort, page: 1 }),
  ...(view.sort === sort ? { direction } : {}),
});

const tableOf = (
  ctx: AdminContext,
  view: ProductView,
  products: readonly Product[],
  portals: ReadonlyMap<ProductId, readonly ProductPortal[]>,
) => ({
  caption: 'API products',
  head: [
    { text: 'Name', sort: sortOf(ctx, view, 'name', 'ascending') },
    { text: 'Versions', numeric: true },
    { text: 'Portals' },
    { text: 'Labels' },
    { text: 'Updated', sort: sortOf(ctx, view, 'updated', 'descending') },
  ],
  rows: products.map((product) => [
    { html: nameHtml(productPaths.product(ctx.region, product.id), product), header: true, long: true },
    { text: String(product.versionCount), numeric: true },
    { html: portalsHtml(ctx, portals.get(product.id) ?? []) },
    { html: labelsHtml(ctx, view, product) },
    { html: timeHtml(product.updatedAt) },
  ]),
});

const filtersOf = (ctx: AdminContext, view: ProductView, portals: readonly PortalDetails[]) => ({
  action: productPaths.list(ctx.region),
  label: 'Filter API products',
  fold: filtersText(view.search, view.label, view.portalId),
  fields: [
    { id: 'filter-q', name: 'q', label: 'Name', type: 'search', value: view.search },
    { id: 'filter-label', name: 'label', label: 'Label', type: 'search', value: view.label, placeholder: 'key or key:value' },
    ...(portals.length === 0
      ? []
      : [
          {
            ...{ id: 'filter-portal', name: 'portal', label: 'Portal', type: 'select', value: view.portalId ?? '' },
            options: [{ value: '', text: 'All' }, ...portals.map(({ id, name }) => ({ value: id, text: name }))],
          },
        ]),
    {
      ...{ id: 'filter-sort', name: 'sort', label: 'Sort by', type: 'select', value: view.sort },
      options: [
        { value: 'name', text: 'Name' },
        { value: 'newest', text: 'Newest' },
        { value: 'updated', text: 'Last updated' },
      ],
    },
  ],
  clearHref: isWhole(view) ? false : productPaths.list(ctx.region),
});

const emptyOf = (ctx: AdminContext, view: ProductView) => {
  if (!isWhole(view))
    return {
      icon: 'search',
      title: 'No API product fits these filters',
      text: 'Try fewer words, or remove a filter.',
      action: { text: 'Show all API products', href: productPaths.list(ctx.region) },
    };
  return {
    icon: 'box',
    title: 'There are no API products yet',
    text: 'An API product is what developers find in a portal: a name, versions with their specifications, and documents. Create one, then publish it.',
    ...(may(ctx.actor, 'product.create')
      ? { action: { text: 'Create the first API product', href: productPaths.create(ctx.region) } }
      : {}),
  };
};

/** The list of products. */
export const listModel = (
  ctx: AdminContext,
  view: ProductView,
  found: Listed<Product>,
  portalsOfProducts: ReadonlyMap<ProductId, readonly ProductPortal[]>,
  portals: readonly PortalDetails[],
) => ({
  create: may(ctx.actor, 'product.create') && { text: 'New API product', href: productPaths.create(ctx.region) },
  filters: found.total === 0 && isWhole(view) ? false : filtersOf(ctx, view, portals),
  summary: counted(found.total, 'API product', 'API products'),
  table: found.items.length > 0 ? tableOf(ctx, view, found.items, portalsOfProducts) : false,
  empty: found.items.length === 0 ? emptyOf(ctx, view) : false,
  pagination: paginate(found, (page) => productsHref(ctx.region, { ...view, page })) ?? false,
});

/** What goes with a product. */
export const deletionOf = async (ctx: AdminContext, product: Product): Promise<Confirmation> => {
  const { total: documents } = await listDocuments(ctx, product.id, { number: 1, size: 1 });
  const portals = (await listPortalsOfProducts(ctx, [product.id])).get(product.id) ?? [];
  return {
    text: 'This cannot be undone. What goes with it:',
    consequences: [
      `${counted(product.versionCount, 'version', 'versions')}, with specifications, and with all registrations for them: keys stop working`,
      counted(documents, 'document', 'documents'),
      ...(portals.length > 0 ? [`its place in ${portals.map(({ portalName }) => portalName).join(', ')}`] : []),
    ],
    action: productPaths.delete(ctx.region, product.id),
    submit: 'Delete API product',
    cancelHref: productPaths.product(ctx.region, product.id),
  };
};
