import { type RawBuilder, sql } from 'kysely';
import { PREPARED } from '../../database/prepared.ts';
import { isAssigned, maybeVisibleProducts, seesByRole } from '../visibility/index.ts';
import { type CandidateRow, candidateOf, cutKindsOf, type FindHits, type NoCandidateRow, type Scope } from './candidate.ts';
import { ENTRY_KINDS, PRODUCT_BITS } from './entry.ts';
import { findExpression, holds, inParts, readExpression } from './postgres-index.ts';
import { anywhere, asName, inNames, type Match, type Query } from './query.ts';
import { IN_PORTAL, isSeen, productCalled } from './seen.ts';

/**
 * In one statement where there are few hits, in two where there are many: the server and this process wake each other as seldom as can be,
 * which takes as long as to look at some fifty hits.
 */
export const findInPostgres: FindHits = async ({ db }, query, scope) => {
  const { rows: few } = await amongFew(query, scope).execute(db);
  if (few[0] && few[0].count <= scope.bounds.hits) {
    const candidates = few.flatMap((row) => (row.id === null ? [] : [candidateOf(row)]));
    return { candidates, cutKinds: [], isWhole: scope.product === undefined };
  }
  const { rows } = await amongMany(query, scope).execute(db);
  const candidates = rows.map(candidateOf);
  const cutKinds = cutKindsOf(candidates, scope.limits);
  const isWhole = scope.product === undefined && cutKinds.length === 0 && rows[0]?.is_large === true;
  return { candidates, cutKinds, isWhole };
};

/** The hits that may be seen, where there are not many, whoever may see them; none, and their count, where there are. */
const amongFew = (query: Query, scope: Scope) => {
  const match = anywhere(query);
  const found = inParts(sql`id`, holds(match, ASKED.anywhere, ASKED.anywhere_read));
  const few = sql`select id from hits where (select count from counted) <= ${sql.lit(scope.bounds.hits)}`;
  return sql<(CandidateRow | NoCandidateRow) & { readonly count: number }>`select ${PREPARED} * from (
    with asked as materialized (select ${findExpression(match)} as anywhere, ${readExpression(match)} as anywhere_read),
      hits as materialized (select id from (${found}) as hit limit ${sql.lit(scope.bounds.hits + 1)}),
      counted as materialized (select count(*) as count from hits)
    select * from counted left join (${seenAmong(few, scope, isSeen(scope))}) as seen on true) as found`;
};

/** The parts of {@link amongMany} by name. Values in a table of one row, which PostgreSQL does not plan by. */
const asked = (column: string): RawBuilder<unknown> => sql`(select ${sql.ref(column)} from asked)`;
const ASKED = {
  ...{ anywhere: asked('anywhere'), anywhere_read: asked('anywhere_read') },
  ...{ names: asked('names'), names_read: asked('names_read'), called: asked('called') },
};
const IS_READ = sql`(select is_read from plan)`;
const IS_LISTED = sql`(select is_listed from plan)`;

const PRODUCT = sql`((id >> ${sql.lit(PRODUCT_BITS.shift)}) & ${sql.lit(PRODUCT_BITS.mask)})`;

/**
 * Of each kind as many hits as are wanted, of those that may be seen: first what is called so, then what has it in its names, then the
 * rest. Of few products of many all entries are read; else hits are looked at one after the other, and those in products that are not listed
 * passed over. Of which way it goes the statement itself decides: what a condition without columns leaves out is not run.
 */
const amongMany = (query: Query, scope: Scope) => {
  const { portal, bounds, limits } = scope;
  const [any, names, called] = [anywhere(query), inNames(query), asName(query)];
  return sql<CandidateRow & { readonly is_large: boolean }>`select ${PREPARED} * from (
    with asked as materialized (select ${findExpression(any)} as anywhere, ${readExpression(any)} as anywhere_read,
        ${findExpression(names)} as names, ${readExpression(names)} as names_read, ${findExpression(called)} as called,
        ${ENTRY_KINDS}::text[] as kinds, ${ENTRY_KINDS.map((kind) => limits[kind])}::integer[] as limits),
      wanted as materialized (select * from unnest(${asked('kinds')}, ${asked('limits')}) as kinds (kind, most)),
      ${seenProducts(scope)},
      counted as materialized (select (select count(*) from seen_products) as count, (select max(number) from search_products) as all_count),
      share as materialized (select count, count * ${sql.lit(bounds.share)} > all_count as is_large from counted),
      plan as materialized (select is_large, count <= ${sql.lit(bounds.read)} and not is_large as is_read,
        count <= ${sql.lit(bounds.listed)} and not is_large as is_listed from share),
      listed as materialized (select ${NUMBER} as number from seen_products where ${IS_LISTED} and ${isAssigned(portal, sql`seen_products.product_id`)}),
      entries as materialized (select kind, id, words @@ ${ASKED.called} as is_called, words @@ ${ASKED.names_read} as is_named from search_index
        where ${IS_READ} and ${PRODUCT} = any((select array_agg(number) from listed)::bigint[]) and words @@ ${ASKED.anywhere_read})
    select found.*, (select is_large from plan) as is_large from wanted
      cross join lateral (${seenAmong(hitsOfKind(any, names, called), scope, sql`(${IS_LISTED} or ${isSeen(scope)})`)} limit wanted.most) as found
    ) as found`;
};

/** Ids of what holds what is looked for, of the kind of a row of `wanted`, the best first. */
const hitsOfKind = (any: Match, names: Match, called: Match): RawBuilder<unknown> => {
  const found = (match: Match, find: RawBuilder<unknown>, read: RawBuilder<unknown>) =>
    inParts(sql`id, words`, sql`kind = wanted.kind and ${holds(match, find, read)}`);
  const isOther = sql`not words @@ ${ASKED.called}`;
  // The bound keeps the parts together: else each would look for the products by itself.
  const inListed = (hits: RawBuilder<unknown>, also: RawBuilder<unknown>) => sql`select id from (${hits} offset 0) as hit
    where not ${IS_READ} and (not ${IS_LISTED} or ${PRODUCT} in (select number from listed)) and ${also}`;
  return sql`(select id from entries where entries.kind = wanted.kind order by is_called desc, is_named desc, id)
    union all ${inListed(found(called, ASKED.called, ASKED.called), sql`true`)}
    union all ${inListed(found(names, ASKED.names, ASKED.names_read), isOther)}
    union all ${inListed(found(any, ASKED.anywhere, ASKED.anywhere_read), sql`${isOther} and not words @@ ${ASKED.names_read}`)}`;
};

const NUMBER = sql`(select number from search_products where search_products.product_id = seen_products.product_id)`;

/** Products that may be seen, counted in any case, and listed where they are few: so up to one more than that. */
const seenProducts = ({ portal, visitor, product, bounds }: Scope): RawBuilder<unknown> => {
  const wanted = product === undefined ? sql`true` : sql`product_id = ${productCalled(product)}`;
  // Where they are all that are assigned they are rarely listed.
  return sql`seen_products as ${seesByRole(portal) ? sql`materialized` : sql`not materialized`} (select product_id
    from (${maybeVisibleProducts(portal, visitor)}) as maybe where ${wanted} limit ${sql.lit(bounds.listed + 1)})`;
};

/**
 * Those of some hits that may be seen, in their order, no more of them than are needed: a row that is bounded to one is looked up for each
 * hit when its turn comes.
 * @param isSeen whether the product of a `source` is seen
 */
const seenAmong = (
  hits: RawBuilder<unknown>,
  { portal }: Scope,
  isSeen: RawBuilder<unknown>,
): RawBuilder<unknown> => sql`select looked_at.*
  from (${hits}) as hit
  cross join lateral (select entry.id, entry.name_key, entry.deprecated,
      case when ${isSeen} then ${IN_PORTAL.any(portal)} end as version_deprecated
    from search_entries as entry inner join search_sources as source on source.id = entry.source_id
    where entry.id = hit.id limit 1) as looked_at
  where version_deprecated is not null`;
