import { listImageHashes } from '../../../domain/portals/index.ts';
import type { CatalogueProduct, LabelCount } from '../../../domain/visibility/index.ts';
import { counted } from '../../../http/pagination.ts';
import { html, type SafeHtml } from '../../../lib/html.ts';
import { fold } from '../../../lib/text.ts';
import type { PortalContext } from '../context.ts';
import { textOf } from '../layout.ts';
import { paths } from '../paths.ts';
import { type CatalogueView, catalogueHref, conditionOf } from './query.ts';

/** The first of the catalogue: whose portal this is. */
export const heroOf = async (ctx: PortalContext) => {
  const { primary_header, welcome_message } = textOf(ctx.portal);
  const { catalog_cover: cover } = await listImageHashes(ctx, ctx.portal.id);
  return { title: primary_header, lead: welcome_message, coverHref: cover ? paths.image('catalog_cover', cover) : false };
};

const linksOf = (product: CatalogueProduct) => [
  ...(product.latestVersion
    ? [{ label: 'API reference', href: paths.reference(product.slug, product.latestVersion.slug), icon: 'code' }]
    : []),
  ...(product.documentCount > 0 ? [{ label: 'Documentation', href: paths.product(product.slug), icon: 'book' }] : []),
];

const badgesOf = ({ latestVersion }: CatalogueProduct) =>
  latestVersion
    ? [{ text: latestVersion.name }, ...(latestVersion.deprecated ? [{ text: 'Deprecated', kind: 'warning' }] : [])]
    : [];

/** A product as a card. */
export const cardOf = (product: CatalogueProduct) => ({
  title: product.name,
  href: paths.product(product.slug),
  heading: 'h2',
  text: product.description ?? '',
  badges: badgesOf(product),
  chips: Object.entries(product.publicLabels).map(([key, value]) => ({ key, value })),
  links: linksOf(product),
});

const badgesHtml = (product: CatalogueProduct): SafeHtml =>
  html`<span class="cluster">${badgesOf(product).map(({ text, kind }) => html`<span class="badge badge-${kind ?? 'neutral'}">${text}</span>`)}</span>`;

const nameHtml = (product: CatalogueProduct): SafeHtml =>
  html`<a class="catalogue-name" href="${paths.product(product.slug)}">${product.name}</a>${
    product.description && html`<span class="catalogue-description">${product.description}</span>`
  }`;

const linksHtml = (product: CatalogueProduct): SafeHtml =>
  html`<span class="catalogue-links">${linksOf(product).map(
    ({ label, href }) => html`<a href="${href}">${label}<span class="visually-hidden"> of ${product.name}</span></a>`,
  )}</span>`;

const updatedHtml = ({ updatedAt }: CatalogueProduct): SafeHtml =>
  html`<time datetime="${updatedAt}" data-relative>${updatedAt.slice(0, 10)}</time>`;

/** The products as a table. */
export const tableOf = (products: readonly CatalogueProduct[], view: CatalogueView) => ({
  caption: 'API products',
  head: [
    { text: 'Name', sort: sortOf(view, 'name', 'ascending') },
    { text: 'Version' },
    { text: 'Read' },
    { text: 'Updated', sort: sortOf(view, 'updated', 'descending') },
  ],
  rows: products.map((product) => [
    { html: nameHtml(product), header: true },
    { html: badgesHtml(product) },
    { html: linksHtml(product) },
    { html: updatedHtml(product) },
  ]),
});

const sortOf = (view: CatalogueView, sort: CatalogueView['sort'], direction: string) => ({
  href: catalogueHref({ ...view, sort, page: 1 }),
  ...(view.sort === sort ? { direction } : {}),
});

/** Values of a label that show at once; more are behind a button. */
const MAX_CHIPS = 12;

/** The labels to filter by: each key with its values, chosen ones to be taken away again. */
export const facetsOf = (labels: readonly LabelCount[], view: CatalogueView) => {
  const chosen = new Set(view.labels.map(fold));
  const facets = new Map<string, object[]>();
  for (const { key, value, count } of labels) {
    const label = `${key}:${value}`;
    const rest = view.labels.filter((other) => fold(other) !== fold(label));
    const chip = chosen.has(fold(label))
      ? { value, removeHref: catalogueHref({ ...view, labels: rest, page: 1 }) }
      : { value, count, href: catalogueHref({ ...view, labels: [...rest, label].sort(), page: 1 }) };
    facets.set(key, [...(facets.get(key) ?? []), chip]);
  }
  return [...facets].map(([title, chips]) => ({
    title,
    id: `facet-${encodeURIComponent(title)}`,
    chips: chips.slice(0, MAX_CHIPS),
    more: chips.slice(MAX_CHIPS),
  }));
};

/** Filters in force, each to be taken away. */
export const activeOf = (view: CatalogueView) =>
  view.labels.map((label) => ({
    ...conditionOf(label),
    removeHref: catalogueHref({ ...view, labels: view.labels.filter((other) => other !== label), page: 1 }),
  }));

/** The rest of the address as hidden fields of a form that changes one part of it. */
export const hiddenFields = (view: CatalogueView, changed: 'q' | 'sort') => [
  ...(changed === 'q' || view.search === '' ? [] : [{ name: 'q', value: view.search }]),
  ...view.labels.map((value) => ({ name: 'label', value })),
  ...(changed === 'sort' || view.sort === 'name' ? [] : [{ name: 'sort', value: view.sort }]),
  ...(view.view === 'cards' ? [] : [{ name: 'view', value: view.view }]),
];

export const sortMenu = (view: CatalogueView) => ({
  id: 'sort',
  action: paths.catalogue(),
  name: 'sort',
  label: 'Sort by',
  hidden: hiddenFields(view, 'sort'),
  options: [
    { value: 'name', text: 'Name' },
    { value: 'newest', text: 'Newest' },
    { value: 'updated', text: 'Last updated' },
  ].map((option) => ({ ...option, selected: option.value === view.sort })),
  button: 'Sort',
});

/** What is said where no product shows. */
export const emptyOf = (view: CatalogueView) =>
  view.search === '' && view.labels.length === 0
    ? {
        icon: 'inbox',
        title: 'Nothing is published here yet',
        text: 'As soon as an API product is published to this portal, it shows on this page.',
      }
    : {
        icon: 'search',
        title: view.search === '' ? 'No API carries all of these labels' : `No API matches “${view.search}”`,
        text: 'Try fewer words, or remove a filter.',
        action: { text: 'Show all APIs', href: catalogueHref({ ...view, search: '', labels: [], page: 1 }) },
      };

export const summaryOf = (total: number): string => counted(total, 'API', 'APIs');
