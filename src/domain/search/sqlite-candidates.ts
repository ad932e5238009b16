import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../context.ts';
import { isAmongVisibleAssignments } from '../visibility/index.ts';
import {
  type Candidate,
  type CandidateRow,
  candidateOf,
  cutKindsOf,
  type FindHits,
  type NoCandidateRow,
  type Scope,
} from './candidate.ts';
import { ENTRY_KINDS, type EntryKind } from './entry.ts';
import { productMark } from './marked-words.ts';
import { anywhere, asName, inNames, type Match } from './query.ts';
import { IN_PORTAL, isSeen, productCalled } from './seen.ts';
import { sqliteHits } from './sqlite-index.ts';

/** Numbers of the products that are looked into; undefined: all. */
type Products = readonly number[] | undefined;

/** In several statements, each for what the ones before did not find: SQLite answers within this process. */
export const findInSqlite: FindHits = async (ctx, query, scope) => {
  const few = scope.product === undefined ? await amongFew(ctx, scope, undefined, anywhere(query)) : undefined;
  if (few) return { candidates: few, cutKinds: [], isWhole: true };
  const products = await visibleNumbers(ctx, scope);
  if (products?.length === 0) return { candidates: [], cutKinds: [], isWhole: false };
  const fewOfThem = products && (await amongFew(ctx, scope, products, anywhere(query)));
  if (fewOfThem) return { candidates: fewOfThem, cutKinds: [], isWhole: false };
  const named = await select(ctx, scope, products, ENTRY_KINDS, inNames(query));
  const full = cutKindsOf(named, scope.limits);
  const others = ENTRY_KINDS.filter((kind) => !full.includes(kind));
  const called = await select(ctx, scope, products, full, asName(query));
  const all = await select(ctx, scope, products, others, anywhere(query));
  const cutKinds = [...full, ...cutKindsOf(all, scope.limits)];
  const best = new Map([...called, ...named, ...all].map((one) => [one.id, one]));
  return {
    candidates: upToLimits([...best.values()], scope),
    ...{ cutKinds, isWhole: cutKinds.length === 0 && products === undefined },
  };
};

const upToLimits = (candidates: readonly Candidate[], { limits }: Scope): Candidate[] => {
  const counts = new Map<EntryKind, number>();
  return candidates.filter(({ kind }) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count <= limits[kind];
  });
};

/** The numbers of the only products that are seen, or wanted; undefined when they are too many to be of use. */
const visibleNumbers = async (ctx: Context, { portal, visitor, product: slug, bounds }: Scope): Promise<number[] | undefined> => {
  const visible = ctx.db
    .selectFrom('product_assignments')
    .where(isAmongVisibleAssignments(portal, visitor))
    .$if(slug !== undefined, (query) => query.where('product_assignments.product_id', '=', productCalled(slug ?? '')));
  const some = visible.select('product_assignments.product_id').limit(bounds.listed + 1);
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
  if (count > bounds.listed || (slug === undefined && count * bounds.share > (all ?? 0))) return undefined;
  const rows = await visible
    .innerJoin('search_products', 'search_products.product_id', 'product_assignments.product_id')
    .select('search_products.number')
    .orderBy('search_products.number')
    .execute();
  return rows.map(({ number }) => number);
};

/** Those hits in some products that may be seen, where there are not many, whoever may see them; undefined where there are. */
const amongFew = async (ctx: Context, scope: Scope, products: Products, match: Match): Promise<Candidate[] | undefined> => {
  const hits = sqliteHits({ ...within(products, match) });
  const most = sql.lit(scope.bounds.hits);
  const few = sql`(select id from hits where (select count from counted) <= ${most})`;
  const { rows } = await sql<(CandidateRow | NoCandidateRow) & { readonly count: number }>`
    with hits as materialized (select id from ${hits} as hit limit ${sql.lit(scope.bounds.hits + 1)}),
      counted as materialized (select count(*) as count from hits)
    select * from counted left join (${seenAmong(few, scope, products !== undefined, 'any')}) as seen on true`.execute(ctx.db);
  if (rows[0] && rows[0].count > scope.bounds.hits) return undefined;
  return rows.flatMap((row) => (row.id === null ? [] : [candidateOf(row)]));
};

/** Of so many products at most each is better asked for by its mark than by its number. */
const MOST_MARKS = 60;

/** What is asked of the index about some products: of few each by its mark, of more, those of others are passed over. */
const within = (products: Products, match: Match): { readonly match: Match; readonly products?: Products } =>
  products === undefined || products.length > MOST_MARKS
    ? { match, products }
    : { match: { all: [match, { any: products.map((number) => ({ phrase: [productMark(number)] })) }] } };

/** Of each of some kinds as many hits as are wanted, of those that may be seen. */
const select = async (
  ctx: Context,
  scope: Scope,
  products: Products,
  kinds: readonly EntryKind[],
  match: Match,
): Promise<Candidate[]> => {
  if (kinds.length === 0) return [];
  const rowsOf = (kind: EntryKind) =>
    seenAmong(sqliteHits({ kind, ...within(products, match) }), scope, products !== undefined, kind);
  const found = kinds.map((kind) => sql`select * from (${rowsOf(kind)} limit ${sql.lit(scope.limits[kind])}) as found`);
  const { rows } = await sql<CandidateRow>`${sql.join(found, sql` union all `)}`.execute(ctx.db);
  return rows.map(candidateOf);
};

/** More than there are. A bound keeps what is inside by itself: else rights are asked for twice, to leave out and to show. */
const ALL = 1_000_000_000;

/**
 * The hits that may be seen, looked at one after the other, and no more of them than are needed: SQLite takes a cross join for the order.
 * @param isOfSeen whether they are of products that are known to be seen
 */
const seenAmong = (
  hits: RawBuilder<unknown>,
  scope: Scope,
  isOfSeen: boolean,
  kind: EntryKind | 'any',
): RawBuilder<unknown> => sql`select * from (
      select entry.id, entry.name_key, entry.deprecated,
        case when ${isOfSeen ? sql`true` : isSeen(scope)} then ${IN_PORTAL[kind](scope.portal)} end as version_deprecated
      from ${hits} as hit
      cross join search_entries as entry on entry.id = hit.id
      cross join search_sources as source on source.id = entry.source_id
      limit ${sql.lit(ALL)}
    ) as looked_at
    where version_deprecated is not null`;
