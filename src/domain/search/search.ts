import { sql } from 'kysely';
import { PREPARED } from '../../database/prepared.ts';
import type { Context } from '../context.ts';
import type { Listed, Page } from '../listing.ts';
import type { Portal } from '../portals/index.ts';
import { seesPortal, type Visitor } from '../visibility/index.ts';
import { BOUNDS, type Bounds, type Candidate, countsOf, type Found as FoundCandidates, type Scope } from './candidate.ts';
import { findCandidates } from './candidates.ts';
import { ENTRY_KINDS, type EntryKind, idsOf, PRODUCT_BITS } from './entry.ts';
import { excerptOf, highlighted, type Piece } from './excerpt.ts';
import { type Query, readQuery } from './query.ts';
import { inOrder } from './ranking.ts';
import { textIndexOf } from './text-index.ts';
import { withCorrections } from './vocabulary.ts';

export interface Search {
  readonly text: string;
  /** entries of this kind only */
  readonly kind?: EntryKind | undefined;
  /** entries of the product with this slug only */
  readonly product?: string | undefined;
  readonly page: Page;
}

interface Named {
  readonly slug: string;
  readonly name: string;
}

/** Something that was found. */
export interface Hit {
  readonly kind: EntryKind;
  readonly title: readonly Piece[];
  /** what around the words that were found; empty where only the title tells */
  readonly excerpt: readonly Piece[];
  /** headings above a section of a document */
  readonly above: string;
  readonly product: Named;
  /** of versions, operations and schemas */
  readonly version: Named | undefined;
  /** of sections of documents */
  readonly document: { readonly slug: string; readonly title: string } | undefined;
  readonly method: string | undefined;
  readonly path: string | undefined;
  /** address of an operation, name of a schema, id of a section's heading (empty: the document itself) */
  readonly target: string;
  readonly deprecated: boolean;
}

export interface ProductFacet extends Named {
  readonly count: number;
}

/** What was found. */
export interface Found extends Listed<Hit> {
  /** how much of each kind, whatever kind is asked for */
  readonly kinds: Readonly<Record<EntryKind, number>>;
  /** the products with the most hits, of the kind that is asked for */
  readonly products: readonly ProductFacet[];
  /** kinds of which there is more than was looked at */
  readonly cutKinds: readonly EntryKind[];
  /** the words that were looked for instead, where those that were typed are found nowhere; empty where several may be meant */
  readonly corrected: readonly string[] | undefined;
}

/** How many entries of each kind are looked at, and of the one that is asked for. */
const LIMIT = 50;
const LIMIT_ALONE = 1_000;

const MAX_PRODUCTS = 10;

/**
 * Searches what a visitor may see of a portal. Without any word to look for nothing is found.
 * @param bounds by which a way of looking is chosen; none finds anything else than another
 */
export const search = async (
  ctx: Context,
  portal: Portal,
  visitor: Visitor,
  wanted: Search,
  bounds: Bounds = BOUNDS,
): Promise<Found> => {
  const { text, kind, product, page } = wanted;
  const typed = readQuery(text);
  const limits = Object.fromEntries(ENTRY_KINDS.map((one) => [one, one === kind ? LIMIT_ALONE : LIMIT])) as Scope['limits'];
  const nothing = { candidates: [], cutKinds: [], query: typed, isCorrected: false };
  const maySee = typed.length > 0 && seesPortal(portal, visitor);
  const found = maySee ? await findOrCorrect(ctx, typed, { portal, visitor, product, limits, bounds }) : nothing;
  const { candidates, cutKinds, query, isCorrected } = found;
  const kinds = countsOf(candidates);
  const ofKind = candidates.filter((candidate) => kind === undefined || candidate.kind === kind);
  const ordered = inOrder(ofKind, query);
  const shown = ordered.slice((page.number - 1) * page.size, page.number * page.size);
  const facets = mostOften(ofKind);
  const rows = await rowsOf(ctx, [...shown.map(({ id }) => id), ...facets.map(({ id }) => id)]);
  return {
    items: shown.flatMap((candidate) => {
      const row = rows.get(candidate.id);
      return row && row.title !== null ? [hitOf(candidate, row, query)] : [];
    }),
    total: ordered.length,
    page,
    kinds,
    products: facets.flatMap(({ id, count }) => {
      const row = rows.get(id);
      return row ? [{ slug: row.product_slug, name: row.product_name, count }] : [];
    }),
    cutKinds,
    corrected: isCorrected ? correctionsIn(candidates, query, typed) : undefined,
  };
};

interface FoundFor extends FoundCandidates {
  readonly query: Query;
  readonly isCorrected: boolean;
}

/** What holds the words that were typed; where nothing does, what holds words that come near them. */
const findOrCorrect = async (ctx: Context, typed: Query, scope: Scope): Promise<FoundFor> => {
  const found = { ...(await findCandidates(ctx, typed, scope)), query: typed, isCorrected: false };
  if (found.candidates.length > 0) return found;
  const query = await withCorrections(ctx, typed);
  if (!query) return found;
  const near = await findCandidates(ctx, query, scope);
  return near.candidates.length > 0 ? { ...near, query, isCorrected: true } : found;
};

/**
 * The words that stand for those that were typed, as far as names of what was found hold them. The vocabulary knows words of what this
 * visitor may not see, too: it is never quoted itself.
 */
const correctionsIn = (candidates: readonly Candidate[], query: Query, typed: Query): string[] => {
  const names = new Set(candidates.flatMap(({ nameKey }) => nameKey.split(/\s/)));
  const words = query.map(({ words, instead }, at) => {
    if (instead.length === (typed[at]?.instead.length ?? 0)) return words.join(' ');
    return [...words, ...instead].find((word) => names.has(word));
  });
  return words.every((word) => word !== undefined) ? (words as string[]) : [];
};

interface Facet {
  /** one that no entry has: it tells the product, and nothing else is looked up by it */
  readonly id: number;
  readonly count: number;
}

/** The products with the most hits. */
const mostOften = (candidates: readonly Candidate[]): Facet[] => {
  const counts = new Map<number, number>();
  for (const { productNumber } of candidates) counts.set(productNumber, (counts.get(productNumber) ?? 0) + 1);
  const most = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MAX_PRODUCTS);
  return most.map(([number, count]) => ({ id: idsOf('product', number).last, count }));
};

/** What is shown of entries, by their ids; where there is none, of its product. Both in one statement, as each is to be waited for. */
const rowsOf = async (ctx: Context, ids: readonly number[]): Promise<Map<number, ProductRow | HitRow>> => {
  if (ids.length === 0) return new Map();
  const { shift, mask } = PRODUCT_BITS;
  const { rows } = await sql<ProductRow | HitRow>`select ${PREPARED} shown.id, entry.title, entry.label, entry.target, entry.body,
      products.slug as product_slug, products.name as product_name, products.description,
      version.slug as version_slug, version.name as version_name,
      document.slug as document_slug, document.title as document_title
    from ${textIndexOf(ctx.engine).listed(ids)} as shown
    join search_products on search_products.number = ((shown.id >> ${sql.lit(shift)}) & ${sql.lit(mask)})
    join products on products.id = search_products.product_id
    left join search_entries as entry on entry.id = shown.id
    left join search_sources as source on source.id = entry.source_id
    left join product_versions as version on version.id = source.subject_id
    left join documents as document on document.id = source.subject_id`.execute(ctx.db);
  return new Map(rows.map((row) => [row.id, row]));
};

interface ProductRow {
  readonly id: number;
  readonly title: null;
  readonly product_slug: string;
  readonly product_name: string;
}

interface HitRow extends Omit<ProductRow, 'title'> {
  readonly title: string;
  readonly label: string;
  readonly target: string;
  readonly body: string;
  readonly description: string | null;
  readonly version_slug: string | null;
  readonly version_name: string | null;
  readonly document_slug: string | null;
  readonly document_title: string | null;
}

/** Of products and versions the names are those of now: what the index holds of them may be older. */
const titleOf = (kind: EntryKind, { title, product_name, version_name }: HitRow): string => {
  if (kind === 'product') return product_name;
  return kind === 'version' ? (version_name ?? '') : title;
};

const hitOf = ({ kind, deprecated }: Candidate, row: HitRow, query: Query): Hit => {
  const [, method, path] = kind === 'operation' ? (/^(\S+) (.*)$/s.exec(row.label) ?? []) : [];
  const { version_slug: versionSlug, document_slug: documentSlug } = row;
  return {
    kind,
    title: highlighted(titleOf(kind, row), query),
    excerpt: excerptOf(kind === 'product' ? (row.description ?? '') : row.body, query),
    above: kind === 'document' ? row.label : '',
    product: { slug: row.product_slug, name: row.product_name },
    version: versionSlug === null ? undefined : { slug: versionSlug, name: row.version_name ?? '' },
    document: documentSlug === null ? undefined : { slug: documentSlug, title: row.document_title ?? '' },
    ...{ method, path, target: row.target, deprecated },
  };
};
