import { ENTRY_KINDS, type EntryKind, type Found, type Hit } from '../../../domain/search/index.ts';
import { counted } from '../../../http/pagination.ts';
import { paths } from '../paths.ts';
import { type SearchView, searchHref } from './query.ts';

/** What kinds are called, one of them and many, and their icons. */
const KINDS: Readonly<Record<EntryKind, { readonly one: string; readonly many: string; readonly icon: string }>> = {
  product: { one: 'API', many: 'APIs', icon: 'box' },
  version: { one: 'Version', many: 'Versions', icon: 'list' },
  document: { one: 'Documentation', many: 'Documentation', icon: 'book' },
  operation: { one: 'Operation', many: 'Operations', icon: 'code' },
  schema: { one: 'Schema', many: 'Schemas', icon: 'grid' },
};

const hrefOf = ({ kind, product, version, document, target }: Hit): string => {
  switch (kind) {
    case 'document': {
      const page = paths.document(product.slug, document?.slug ?? '');
      return target === '' ? page : `${page}#${encodeURIComponent(target)}`;
    }
    case 'version':
      return paths.reference(product.slug, version?.slug ?? '');
    case 'operation':
      return paths.operation(product.slug, version?.slug ?? '', target);
    case 'schema':
      return paths.schema(product.slug, version?.slug ?? '', target);
    default:
      return paths.product(product.slug);
  }
};

/** Where something belongs: the way down to it. */
const placeOf = ({ kind, product, version, document, above, target }: Hit): string => {
  const parts = [
    ...(kind === 'product' ? [] : [product.name]),
    ...(kind === 'operation' || kind === 'schema' ? [version?.name ?? ''] : []),
    ...(kind === 'document' && target !== '' ? [document?.title ?? '', above] : []),
  ];
  return parts.filter((part) => part !== '').join(' › ');
};

/** Something that was found, as a line of a list. */
export const hitModel = (hit: Hit) => ({
  kind: KINDS[hit.kind].one,
  icon: KINDS[hit.kind].icon,
  href: hrefOf(hit),
  title: hit.title,
  excerpt: hit.excerpt,
  place: placeOf(hit),
  method: hit.method ?? '',
  path: hit.path ?? '',
  deprecated: hit.deprecated,
});

const sumOf = ({ kinds }: Found): number => ENTRY_KINDS.reduce((sum, kind) => sum + kinds[kind], 0);

/** Ways to see only some of what was found: one kind, one product. */
export const facetsOf = (found: Found, view: SearchView) => {
  const { cutKinds, kinds, products } = found;
  const kindLink = (kind: SearchView['kind'], label: string, count: number, isCut: boolean) => ({
    label,
    count,
    isCut,
    href: searchHref({ ...view, kind, page: 1 }),
    current: view.kind === kind,
  });
  const [only] = products;
  return {
    kinds: [
      kindLink('all', 'Everything', sumOf(found), cutKinds.length > 0),
      ...ENTRY_KINDS.filter((kind) => kinds[kind] > 0 || view.kind === kind).map((kind) =>
        kindLink(kind, KINDS[kind].many, kinds[kind], cutKinds.includes(kind)),
      ),
    ],
    products:
      view.product === ''
        ? products.map(({ slug, name, count }) => ({
            ...{ value: name, count },
            href: searchHref({ ...view, product: slug, page: 1 }),
          }))
        : [{ value: only?.name ?? view.product, removeHref: searchHref({ ...view, product: '', page: 1 }) }],
  };
};

/** `12 results`; what was cut off is said. */
export const summaryOf = ({ total, cutKinds }: Found, { kind }: Pick<SearchView, 'kind'>): string => {
  const isCut = kind === 'all' ? cutKinds.length > 0 : cutKinds.includes(kind);
  return isCut ? `The best of more than ${counted(total, 'result', 'results')}` : counted(total, 'result', 'results');
};

/** What was looked for instead of what was typed. */
export const correctionOf = ({ corrected }: Found, { text }: SearchView): string | false => {
  if (corrected === undefined) return false;
  const instead = corrected.length === 0 ? 'similar words' : `“${corrected.join(' ')}”`;
  return `Nothing holds “${text}”. These are the results for ${instead}.`;
};

/** What to do where nothing was found. */
export const emptyOf = (view: SearchView) => {
  const { text, kind, product } = view;
  const isNarrow = kind !== 'all' || product !== '';
  return {
    icon: 'search',
    title: `Nothing found for “${text}”`,
    text: isNarrow
      ? 'Look everywhere instead, or try fewer or other words.'
      : 'Try fewer or other words, the beginning of a word, or a path such as /orders. Or look through all APIs.',
    action: isNarrow
      ? { text: 'Search everywhere', href: searchHref({ ...view, kind: 'all', product: '', page: 1 }) }
      : { text: 'Show all APIs', href: paths.catalogue() },
  };
};
