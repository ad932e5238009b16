import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { fromBit, type StoredBoolean } from '../../database/codec.ts';
import type { Context } from '../context.ts';
import type { Portal } from '../portals/index.ts';
import { isPublishedIn, isReadableDocument, isVisibleAssignment, type Visitor } from '../visibility/index.ts';
import { ENTRY_KINDS, type EntryKind, kindOf, productNumberOf } from './entry.ts';
import { productMark } from './marked-words.ts';
import { anywhere, asName, inNames, type Match, type Query } from './query.ts';
import { type TextIndex, textIndexOf } from './text-index.ts';
import { withForms } from './vocabulary.ts';

/** An entry that was found and may be seen: what its place among the others is told by. */
export interface Candidate {
  readonly id: number;
  readonly kind: EntryKind;
  readonly productNumber: number;
  /** the words of its names, in lines */
  readonly nameKey: string;
  readonly deprecated: boolean;
  /** how well its prose fits, where that was asked for */
  readonly score: number;
}

/** Where is looked. */
export interface Scope {
  readonly portal: Portal;
  readonly visitor: Visitor;
  /** numbers of the only products that are seen, or wanted, where these are few enough to be named */
  readonly products?: readonly number[] | undefined;
  /** how many entries of each kind are looked for at most */
  readonly limits: Readonly<Record<EntryKind, number>>;
}

/** Of so few products each is asked for by name; of more, those of others are passed over. */
const NAMED_PRODUCTS = 60;
/** Of more products than this, or than one of so many, nothing is passed over: enough of what is found may be seen anyway. */
const LISTED_PRODUCTS = 2_000;
const LISTED_SHARE = 4;

/** The numbers of the products that a visitor may see, those with `slug` only; undefined when they are too many to be of use. */
export const visibleNumbers = async (
  ctx: Context,
  portal: Portal,
  visitor: Visitor,
  slug: string | undefined,
): Promise<number[] | undefined> => {
  const visible = ctx.db
    .selectFrom('product_assignments')
    .where(isVisibleAssignment(portal, visitor))
    .$if(slug !== undefined, (query) =>
      query.where('product_assignments.product_id', 'in', (eb) =>
        eb
          .selectFrom('products')
          .select('id')
          .where('slug', '=', slug ?? ''),
      ),
    );
  const some = visible.select('product_assignments.product_id').limit(LISTED_PRODUCTS + 1);
  const { count } = await ctx.db
    .selectFrom(some.as('some'))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (count > LISTED_PRODUCTS) return undefined;
  const { all } = await ctx.db
    .selectFrom('search_products')
    .select(({ fn }) => fn.max('number').as('all'))
    .executeTakeFirstOrThrow();
  if (slug === undefined && count > 0 && count * LISTED_SHARE > (all ?? 0)) return undefined;
  const rows = await visible
    .innerJoin('search_products', 'search_products.product_id', 'product_assignments.product_id')
    .select('search_products.number')
    .orderBy('search_products.number')
    .execute();
  return rows.map(({ number }) => number);
};

/**
 * What is found of each kind and may be seen. Where that is more than the limit, those whose names fit are among them, and first those
 * that are called so.
 */
export const findCandidates = async (
  ctx: Context,
  wanted: Query,
  scope: Scope,
): Promise<{ readonly candidates: readonly Candidate[]; readonly cutKinds: readonly EntryKind[] }> => {
  const query = await withForms(ctx, wanted);
  if (query.some(({ forms }) => forms?.length === 0)) return { candidates: [], cutKinds: [] };
  const cutKindsOf = (found: readonly Candidate[]): EntryKind[] =>
    ENTRY_KINDS.filter((kind) => found.filter((one) => one.kind === kind).length >= scope.limits[kind]);
  if (isNamed(scope)) {
    const found = await select(ctx, scope, ['any'], anywhere(query));
    if (found.length < limitOf(scope, 'any')) return { candidates: found, cutKinds: [] };
  }
  const all = await select(ctx, scope, ENTRY_KINDS, anywhere(query));
  const cutKinds = cutKindsOf(all);
  if (cutKinds.length === 0) return { candidates: await scored(ctx, scope, query, all), cutKinds };
  const named = await select(ctx, scope, cutKinds, inNames(query));
  const called = await select(ctx, scope, cutKindsOf(named), asName(query));
  const best = new Map([...called, ...named, ...all].map((one) => [one.id, one]));
  const counts = new Map<EntryKind, number>();
  const candidates = [...best.values()].filter(({ kind }) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count <= scope.limits[kind];
  });
  return { candidates, cutKinds };
};

/**
 * Tells how well the prose of documents fits. An engine has to count all entries that hold a word for that, whoever may see them: so it
 * is asked only where these are few: for one term that was not found often, of which most may be seen.
 */
const scored = async (
  ctx: Context,
  { products }: Scope,
  query: Query,
  candidates: readonly Candidate[],
): Promise<readonly Candidate[]> => {
  if (products !== undefined || query.length > 1 || candidates.filter(({ kind }) => kind === 'document').length < 2)
    return candidates;
  const hits = textIndexOf(ctx.engine).hits({ kind: 'document', match: anywhere(query), isScored: true });
  const { rows } = await sql<Pick<Candidate, 'id' | 'score'>>`select id, score from ${hits} as hit`.execute(ctx.db);
  const scores = new Map(rows.map(({ id, score }) => [id, score]));
  return candidates.map((candidate) => ({ ...candidate, score: scores.get(candidate.id) ?? 0 }));
};

interface Row {
  readonly id: number;
  readonly name_key: string;
  readonly deprecated: StoredBoolean;
  readonly version_deprecated: StoredBoolean;
}

const isNamed = ({ products }: Scope): boolean => products !== undefined && products.length <= NAMED_PRODUCTS;

const limitOf = ({ limits }: Scope, kind: EntryKind | 'any'): number =>
  kind === 'any' ? Object.values(limits).reduce((sum, limit) => sum + limit, 0) : limits[kind];

const select = async (ctx: Context, scope: Scope, kinds: readonly (EntryKind | 'any')[], match: Match): Promise<Candidate[]> => {
  if (kinds.length === 0) return [];
  const index = textIndexOf(ctx.engine);
  const parts = kinds.map((kind) => sql`select * from (${partOf(index, scope, kind, match)}) as found`);
  const { rows } = await sql<Row>`${sql.join(parts, sql` union all `)}`.execute(ctx.db);
  return rows.map(({ id, name_key, deprecated, version_deprecated }) => ({
    ...{ id, kind: kindOf(id), productNumber: productNumberOf(id), nameKey: name_key, score: 0 },
    deprecated: fromBit(deprecated) || fromBit(version_deprecated),
  }));
};

/** The hits of a kind that may be seen, each looked at in its turn until there are enough. */
const partOf = ({ hits, join }: TextIndex, scope: Scope, kind: EntryKind | 'any', match: Match): RawBuilder<unknown> => {
  const { portal, visitor, products = [] } = scope;
  const found = hits({
    kind,
    match: isNamed(scope) ? { all: [match, { any: products.map((number) => ({ phrase: [productMark(number)] })) }] } : match,
    products: isNamed(scope) ? undefined : scope.products,
    isScored: false,
  });
  // Rights are a value, not joins: an engine that plans may begin with them, or take longer for planning than for searching.
  return sql`select * from (
      select entry.id, entry.name_key, entry.deprecated,
        case when ${isSeen(portal, visitor)} then ${IN_PORTAL[kind](portal)} end as version_deprecated
      from ${found} as hit
      ${join} search_entries as entry on entry.id = hit.id
      ${join} search_sources as source on source.id = entry.source_id
    ) as looked_at
    where version_deprecated is not null
    limit ${sql.lit(limitOf(scope, kind))}`;
};

/** Whether the visitor sees the product of a source. */
const isSeen = (portal: Portal, visitor: Visitor): RawBuilder<SqlBool> => sql`exists (select 1 from product_assignments
  where product_assignments.product_id = source.product_id and ${isVisibleAssignment(portal, visitor)})`;

const NOT_DEPRECATED = sql.lit(false);

/** Whether what a source stands for is deprecated in a portal; null where it is not there. */
type InPortal = (portal: Portal) => RawBuilder<unknown>;

/** A version is there where it is published; what its specification says, once that is what the entries were made of. */
const versionInPortal: InPortal = (portal) => sql`(select publications.deprecated from publications
  left join specifications on specifications.version_id = publications.version_id
  where publications.version_id = source.subject_id and ${isPublishedIn(portal)}
    and specifications.content_hash is not distinct from source.content_hash)`;

const documentInPortal: InPortal = () => sql`(select ${NOT_DEPRECATED} from documents
  where documents.id = source.subject_id and documents.content_hash = source.content_hash and ${isReadableDocument})`;

const productInPortal: InPortal = () => sql`${NOT_DEPRECATED}`;

const anyInPortal: InPortal = (portal) => sql`(case source.kind when 'product' then ${productInPortal(portal)}
  when 'document' then ${documentInPortal(portal)} else ${versionInPortal(portal)} end)`;

const IN_PORTAL: Readonly<Record<EntryKind | 'any', InPortal>> = {
  any: anyInPortal,
  product: productInPortal,
  version: versionInPortal,
  operation: versionInPortal,
  schema: versionInPortal,
  document: documentInPortal,
};
