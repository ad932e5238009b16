import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { fromBit, type StoredBoolean } from '../../database/codec.ts';
import type { Context } from '../context.ts';
import type { Portal } from '../portals/index.ts';
import {
  isAmongVisibleAssignments,
  isPublishedIn,
  isReadableDocument,
  isVisibleAssignment,
  type Visitor,
} from '../visibility/index.ts';
import { ENTRY_KINDS, type EntryKind, kindOf, productNumberOf } from './entry.ts';
import { productMark } from './marked-words.ts';
import { anywhere, asName, inNames, type Match, type Query } from './query.ts';
import { type IndexQuery, type TextIndex, textIndexOf } from './text-index.ts';
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
    .where(isAmongVisibleAssignments(portal, visitor))
    .$if(slug !== undefined, (query) =>
      query.where('product_assignments.product_id', 'in', (eb) =>
        eb
          .selectFrom('products')
          .select('id')
          .where('slug', '=', slug ?? ''),
      ),
    );
  const some = visible.select('product_assignments.product_id').limit(LISTED_PRODUCTS + 1);
  const { count, all } = await ctx.db
    .selectFrom(some.as('some'))
    .select(({ fn, selectFrom }) => [
      fn.countAll<number>().as('count'),
      selectFrom('search_products')
        .select(({ fn }) => fn.max('number').as('number'))
        .as('all'),
    ])
    .executeTakeFirstOrThrow();
  if (count === 0) return [];
  if (count > LISTED_PRODUCTS || (slug === undefined && count * LISTED_SHARE > (all ?? 0))) return undefined;
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
  const few = await fewHits(ctx, scope, anywhere(query));
  if (few) return { candidates: await scored(ctx, scope, query, await lookAt(ctx, scope, few)), cutKinds: [] };
  const named = await select(ctx, scope, ENTRY_KINDS, inNames(query));
  const full = cutKindsOf(named);
  const called = await select(ctx, scope, full, asName(query));
  const all = await select(
    ctx,
    scope,
    ENTRY_KINDS.filter((kind) => !full.includes(kind)),
    anywhere(query),
  );
  const cutKinds = [...full, ...cutKindsOf(all)];
  const best = new Map([...called, ...named, ...all].map((one) => [one.id, one]));
  const counts = new Map<EntryKind, number>();
  const candidates = [...best.values()].filter(({ kind }) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count <= scope.limits[kind];
  });
  return { candidates: cutKinds.length === 0 ? await scored(ctx, scope, query, candidates) : candidates, cutKinds };
};

/** Up to so many hits, of whatever kind, are all looked at. */
const FEW_HITS = 200;

/** The ids of the hits in the products that are named, whoever may see them; undefined where they are too many. */
const fewHits = async ({ db, engine }: Context, scope: Scope, match: Match): Promise<number[] | undefined> => {
  const index = textIndexOf(engine);
  const hits = index.hits({ kind: 'any', ...within(index, scope, match), isScored: false });
  const { rows } = await sql<{ id: number }>`select id from ${hits} as hit limit ${sql.lit(FEW_HITS + 1)}`.execute(db);
  return rows.length > FEW_HITS ? undefined : rows.map(({ id }) => id);
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

/** What is asked of the index about the products of a scope: of few each by its mark, of more, those of others are passed over. */
const within = ({ mostMarks }: TextIndex, { products }: Scope, match: Match): Pick<IndexQuery, 'match' | 'products'> =>
  products === undefined || products.length > mostMarks
    ? { match, products }
    : { match: { all: [match, { any: products.map((number) => ({ phrase: [productMark(number)] })) }] } };

/** Of each of some kinds as many hits as are wanted, of those that may be seen. */
const select = async (ctx: Context, scope: Scope, kinds: readonly EntryKind[], match: Match): Promise<Candidate[]> => {
  if (kinds.length === 0) return [];
  const index = textIndexOf(ctx.engine);
  const parts = kinds.map((kind) => {
    const found = index.hits({ kind, ...within(index, scope, match), isScored: false });
    return sql`select * from (${seenAmong(found, index.join, scope, kind)} limit ${sql.lit(scope.limits[kind])}) as found`;
  });
  const { rows } = await sql<Row>`${sql.join(parts, sql` union all `)}`.execute(ctx.db);
  return rows.map(candidateOf);
};

/** Those of some entries that may be seen. */
const lookAt = async (ctx: Context, scope: Scope, ids: readonly number[]): Promise<Candidate[]> => {
  if (ids.length === 0) return [];
  const { listed, join } = textIndexOf(ctx.engine);
  const { rows } = await sql<Row>`${seenAmong(listed(ids), join, scope, 'any')}`.execute(ctx.db);
  return rows.map(candidateOf);
};

const candidateOf = ({ id, name_key, deprecated, version_deprecated }: Row): Candidate => ({
  ...{ id, kind: kindOf(id), productNumber: productNumberOf(id), nameKey: name_key, score: 0 },
  deprecated: fromBit(deprecated) || fromBit(version_deprecated),
});

/** More than there are. A bound keeps what is inside by itself: else rights are asked for twice, to leave out and to show. */
const ALL = 1_000_000_000;

/** The hits that may be seen, looked at one after the other. Rights are a value, not joins: an engine that plans may begin with them, or take longer for planning than for searching. */
const seenAmong = (
  hits: RawBuilder<unknown>,
  join: RawBuilder<unknown>,
  { portal, visitor }: Scope,
  kind: EntryKind | 'any',
): RawBuilder<unknown> => sql`select * from (
      select entry.id, entry.name_key, entry.deprecated,
        case when ${isSeen(portal, visitor)} then ${IN_PORTAL[kind](portal)} end as version_deprecated
      from ${hits} as hit
      ${join} search_entries as entry on entry.id = hit.id
      ${join} search_sources as source on source.id = entry.source_id
      limit ${sql.lit(ALL)}
    ) as looked_at
    where version_deprecated is not null`;

/** Whether the visitor sees the product of a source: as a value, or PostgreSQL would list all products that the visitor sees beforehand. */
const isSeen = (portal: Portal, visitor: Visitor): RawBuilder<SqlBool> => sql`(select 1 from product_assignments
  where product_assignments.product_id = source.product_id and ${isVisibleAssignment(portal, visitor)} limit 1) is not null`;

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
