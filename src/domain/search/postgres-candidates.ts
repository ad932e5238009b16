import { type RawBuilder, sql } from 'kysely';
import { PREPARED } from '../../database/prepared.ts';
import { isAssigned, maybeVisibleProducts, seesByRole } from '../visibility/index.ts';
import {
  type Bounds,
  type CandidateRow,
  candidateOf,
  cutKindsOf,
  type FindHits,
  type NoCandidateRow,
  type Scope,
} from './candidate.ts';
import { ENTRY_KINDS, PRODUCT_BITS } from './entry.ts';
import { findExpressions, holds, IS_OF_REST, inParts, readExpression } from './postgres-index.ts';
import { anywhere, asName, inNames, type Match, type Query } from './query.ts';
import { IN_PORTAL, isSeen, productCalled } from './seen.ts';

/**
 * In one statement where there are few hits, in two where there are many: the server and this process wake each other as seldom as can be,
 * which takes as long as to look at some fifty hits.
 */
export const findInPostgres: FindHits = async ({ db }, query, scope) => {
  const { rows: few } = await amongFew(query, scope).execute(db);
  const [counts] = few;
  if (!counts || counts.product_count === null) {
    const candidates = few.flatMap((row) => (row.id === null ? [] : [candidateOf(row)]));
    return { candidates, cutKinds: [], isWhole: scope.product === undefined };
  }
  const isLarge = counts.product_count * scope.bounds.share > counts.last_number;
  const { rows } = await amongMany(query, scope, isLarge ? 'each' : wayFor(counts, scope.bounds)).execute(db);
  const candidates = rows.map(candidateOf);
  const cutKinds = cutKindsOf(candidates, scope.limits);
  return { candidates, cutKinds, isWhole: scope.product === undefined && cutKinds.length === 0 && isLarge };
};

interface Counts {
  /** of the products that are seen, up to one more than are ever listed; null where there are few hits */
  readonly product_count: number | null;
  /** the highest number of a product */
  readonly last_number: number;
  /** whether so many hits are in the first parts of the index already */
  readonly is_frequent: boolean;
}

/** What an entry is known by that was found. */
const HIT = sql`id, source_id, name_key, deprecated`;

/** A value in a table of one row, which PostgreSQL does not plan by. */
const asked = (column: string): RawBuilder<unknown> => sql`(select ${sql.ref(column)} from asked)`;
const ANY = { find: asked('any_find'), read: asked('any_read') };
const NAMES = { find: asked('names_find'), read: asked('names_read') };
const CALLED = { find: asked('called_find'), read: asked('called_read') };

/** The hits that may be seen, where there are not many, whoever may see them; where there are, how many products are seen. */
const amongFew = (query: Query, scope: Scope) => {
  const any = anywhere(query);
  const most = sql.lit(scope.bounds.hits);
  const few = sql`select * from hits where (select count from counted) <= ${most}`;
  const found = inParts(HIT, holds(any, ANY));
  const some = countOf(scope, scope.bounds.listed);
  // How well prose fits is asked for one term, where it is known how much there is of it in all products.
  const isReadFirst = scope.product !== undefined || (query.length > 1 && seesByRole(scope.portal));
  return sql<(CandidateRow | NoCandidateRow) & Counts>`select ${PREPARED} * from (
    with asked as materialized (select ${findExpressions(any)} as any_find, ${readExpression(any)} as any_read)
      ${isReadFirst ? sql`, listed as materialized (${listed(scope)})` : sql``},
      hits as materialized (${isReadFirst ? ofFewProducts(found, scope) : found} limit ${sql.lit(scope.bounds.hits + 1)}),
      counted as materialized (select count(*) as count from hits)
    select seen.*, case when count > ${most} then ${some} end as product_count, (select max(number) from search_products) as last_number,
        not exists (select from hits where ${IS_OF_REST}) as is_frequent
      from counted left join (${seenAmong(few, scope, isSeen(scope))}) as seen on true) as found`;
};

/** The same where few products are seen: what they hold is read, rather than found in all and passed over. */
const ofFewProducts = (found: RawBuilder<unknown>, scope: Scope): RawBuilder<unknown> => {
  const isFew = sql`${countOf(scope, scope.bounds.first)} <= ${sql.lit(scope.bounds.first)}`;
  return sql`select ${HIT} from (${found}) as hit where not (${isFew})
    union all select entry.* from listed
      cross join lateral (select ${HIT} from search_index where ${PRODUCT} = listed.number and words @@ ${ANY.read} offset 0) as entry
      where ${isFew}`;
};

/**
 * How many products are maybe seen, up to one more than a bound; by role, each as often as there is one. Those of a portal are counted in the
 * order of its index, which holds all that is asked for: else the rows of other portals would be read, too.
 */
const countOf = (scope: Scope, bound: number): RawBuilder<number> => {
  const inOrder = seesByRole(scope.portal) ? sql`` : sql`order by product_id`;
  return sql`(select count(*) from (${productsOf(scope)} ${inOrder} limit ${sql.lit(bound + 1)}) as products)`;
};

/** Products that are maybe seen, of those that are wanted. */
const productsOf = ({ portal, visitor, product }: Scope): RawBuilder<unknown> => sql`select product_id
  from (${maybeVisibleProducts(portal, visitor)}) as maybe where ${product === undefined ? sql`true` : sql`product_id = ${productCalled(product)}`}`;

/** The same, each once. */
const each = (scope: Scope): RawBuilder<unknown> =>
  seesByRole(scope.portal) ? sql`select distinct product_id from (${productsOf(scope)}) as maybe` : productsOf(scope);

/** Each hit is looked at; or those in products that are listed; or the entries of these are read, where there are sooner enough of them. */
type Way = 'each' | 'listed' | 'read';

const wayFor = ({ product_count, is_frequent }: Counts, { first, read, listed }: Bounds): Way => {
  const count = product_count ?? 0;
  if (count <= (is_frequent ? read : first)) return 'read';
  return count <= listed ? 'listed' : 'each';
};

/** Of each kind as many hits as are wanted, of those that may be seen: first what is called so, then what has it in its names, then the rest. */
const amongMany = (query: Query, scope: Scope, way: Way) => {
  const [any, names, called] = [anywhere(query), inNames(query), asName(query)];
  const hits = way === 'read' ? readHits(called) : foundHits(any, names, called, way);
  return sql<CandidateRow>`select ${PREPARED} * from (
    with asked as materialized (select ${findExpressions(any)} as any_find, ${readExpression(any)} as any_read,
        ${findExpressions(names)} as names_find, ${readExpression(names)} as names_read,
        ${findExpressions(called)} as called_find, ${readExpression(called)} as called_read,
        ${ENTRY_KINDS}::text[] as kinds, ${ENTRY_KINDS.map((kind) => scope.limits[kind])}::integer[] as limits),
      wanted as materialized (select * from unnest(${asked('kinds')}, ${asked('limits')}) as kinds (kind, most))
      ${way === 'each' ? sql`` : sql`, listed as materialized (${listed(scope)})`}
    select found.* from wanted
      cross join lateral (${seenAmong(hits, scope, way === 'each' ? isSeen(scope) : sql`true`)} limit wanted.most) as found) as found`;
};

/** The numbers of the products that are seen. Of an array PostgreSQL plans the same however many these are: else it would plan each time anew. */
const listed = (
  scope: Scope,
): RawBuilder<unknown> => sql`select (select number from search_products where search_products.product_id = one.product_id) as number
  from unnest(array(${each(scope)})) as one (product_id) where ${isAssigned(scope.portal, sql`one.product_id`)} order by number`;

const PRODUCT = sql`((id >> ${sql.lit(PRODUCT_BITS.shift)}) & ${sql.lit(PRODUCT_BITS.mask)})`;

/** What an index finds of the kind of a row of `wanted`. */
const found = (match: Match, expressions: typeof ANY, also: RawBuilder<unknown>, way: Way): RawBuilder<unknown> => {
  const isListed = way === 'each' ? sql`true` : sql`${PRODUCT} in (select number from listed)`;
  // The bound keeps the parts together: else each would look for the products by itself.
  return sql`select ${HIT} from (${inParts(sql`${HIT}, words`, sql`kind = wanted.kind and ${holds(match, expressions)}`)} offset 0) as hit
    where ${isListed} and ${also}`;
};

const foundHits = (any: Match, names: Match, called: Match, way: Way): RawBuilder<unknown> => {
  const isOther = sql`not words @@ ${CALLED.read}`;
  return sql`${found(called, CALLED, sql`true`, way)}
    union all ${found(names, NAMES, isOther, way)}
    union all ${found(any, ANY, sql`${isOther} and not words @@ ${NAMES.read}`, way)}`;
};

/** The same by reading one product after the other, as far as is needed: what was read is not read again to look for the rest. */
const readHits = (called: Match): RawBuilder<unknown> => sql`with entries as materialized (select entry.* from listed
      cross join lateral (select ${HIT}, words @@ ${CALLED.read} as is_called, words @@ ${NAMES.read} as is_named from search_index
        where kind = wanted.kind and ${PRODUCT} = listed.number and words @@ ${ANY.read} offset 0) as entry)
  ${found(called, CALLED, sql`true`, 'read')}
  union all select ${HIT} from entries where is_named and not is_called
  union all select ${HIT} from entries where not is_named and not is_called`;

/**
 * Those of some hits that may be seen, in their order, no more of them than are needed: a row that is bounded to one is looked up for each
 * hit when its turn comes.
 * @param isSeen whether the product of a `source` is seen
 */
const seenAmong = (hits: RawBuilder<unknown>, { portal }: Scope, isSeen: RawBuilder<unknown>): RawBuilder<unknown> => sql`select
    hit.id, hit.name_key, hit.deprecated, looked_at.version_deprecated
  from (${hits}) as hit
  cross join lateral (select case when ${isSeen} then ${IN_PORTAL.any(portal)} end as version_deprecated
    from search_sources as source where source.id = hit.source_id limit 1) as looked_at
  where version_deprecated is not null`;
