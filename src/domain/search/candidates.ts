import { sql } from 'kysely';
import { fromBit, type StoredBoolean } from '../../database/codec.ts';
import { PREPARED } from '../../database/prepared.ts';
import type { Context } from '../context.ts';
import type { Portal } from '../portals/index.ts';
import { isAmongVisibleAssignments, type Visitor } from '../visibility/index.ts';
import { ENTRY_KINDS, type EntryKind, kindOf, productNumberOf } from './entry.ts';
import { productMark } from './marked-words.ts';
import { anywhere, asName, inNames, type Match, type Query } from './query.ts';
import { seenAmong } from './seen.ts';
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
  /** the slug of the only product that is wanted */
  readonly product?: string | undefined;
  /** how many entries of each kind are looked for at most */
  readonly limits: Readonly<Record<EntryKind, number>>;
}

/** What is found. */
export interface Found {
  readonly candidates: readonly Candidate[];
  /** kinds of which there is more than is wanted */
  readonly cutKinds: readonly EntryKind[];
}

const NOTHING: Found = { candidates: [], cutKinds: [] };

/** Numbers of the products that are looked into; undefined: all. */
type Products = readonly number[] | undefined;

/** Of more products than this, or than one of so many, nothing is passed over: enough of what is found may be seen anyway. */
const LISTED_PRODUCTS = 2_000;
const LISTED_SHARE = 4;

/** The numbers of the only products that are seen, or wanted; undefined when they are too many to be of use. */
const visibleNumbers = async (ctx: Context, { portal, visitor, product: slug }: Scope): Promise<number[] | undefined> => {
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
export const findCandidates = async (ctx: Context, wanted: Query, scope: Scope): Promise<Found> => {
  const query = await withForms(ctx, wanted);
  if (query.some(({ forms }) => forms?.length === 0)) return NOTHING;
  const few = scope.product === undefined ? await amongFew(ctx, scope, undefined, anywhere(query)) : undefined;
  if (few) return { candidates: await scored(ctx, query, few), cutKinds: [] };
  const products = await visibleNumbers(ctx, scope);
  if (products?.length === 0) return NOTHING;
  const fewOfThem = products && (await amongFew(ctx, scope, products, anywhere(query)));
  return fewOfThem ? { candidates: fewOfThem, cutKinds: [] } : bestOfMany(ctx, scope, products, query);
};

/** Of what is found often as many of each kind as are wanted, those that fit best. */
const bestOfMany = async (ctx: Context, scope: Scope, products: Products, query: Query): Promise<Found> => {
  const cutKindsOf = (found: readonly Candidate[]): EntryKind[] =>
    ENTRY_KINDS.filter((kind) => found.filter((one) => one.kind === kind).length >= scope.limits[kind]);
  const named = await select(ctx, scope, products, ENTRY_KINDS, inNames(query));
  const full = cutKindsOf(named);
  const others = ENTRY_KINDS.filter((kind) => !full.includes(kind));
  const [called, all] = await Promise.all([
    select(ctx, scope, products, full, asName(query), true),
    select(ctx, scope, products, others, anywhere(query)),
  ]);
  const cutKinds = [...full, ...cutKindsOf(all)];
  const best = new Map([...called, ...named, ...all].map((one) => [one.id, one]));
  const counts = new Map<EntryKind, number>();
  const candidates = [...best.values()].filter(({ kind }) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count <= scope.limits[kind];
  });
  const isWhole = cutKinds.length === 0 && products === undefined;
  return { candidates: isWhole ? await scored(ctx, query, candidates) : candidates, cutKinds };
};

/** Up to so many hits, of whatever kind, are all looked at. */
const FEW_HITS = 200;

/** Those hits in some products that may be seen, where there are not many, whoever may see them; undefined where there are. */
const amongFew = async (ctx: Context, scope: Scope, products: Products, match: Match): Promise<Candidate[] | undefined> => {
  const index = textIndexOf(ctx.engine);
  const hits = index.hits({ kind: 'any', ...within(index, products, match), isScored: false });
  const few = sql`(select id from hits where (select count from counted) <= ${sql.lit(FEW_HITS)})`;
  const { rows } = await sql<(Row | NoRow) & { readonly count: number }>`select ${PREPARED} * from (
    with hits as materialized (select id from ${hits} as hit limit ${sql.lit(FEW_HITS + 1)}),
      counted as materialized (select count(*) as count from hits)
    select * from counted left join (${seenAmong(few, index.join, scope, products !== undefined, 'any')}) as seen on true) as found`.execute(
    ctx.db,
  );
  if (rows[0] && rows[0].count > FEW_HITS) return undefined;
  return rows.flatMap((row) => (row.id === null ? [] : [candidateOf(row)]));
};

/**
 * Tells how well the prose of documents fits. An engine has to count all entries that hold a word for that, whoever may see them: so it
 * is asked only where these are few: for one term that was not found often.
 */
const scored = async (ctx: Context, query: Query, candidates: readonly Candidate[]): Promise<readonly Candidate[]> => {
  if (query.length > 1 || candidates.filter(({ kind }) => kind === 'document').length < 2) return candidates;
  const hits = textIndexOf(ctx.engine).hits({ kind: 'document', match: anywhere(query), isScored: true });
  const { rows } = await sql<Pick<Candidate, 'id' | 'score'>>`select id, score from ${hits} as hit`.execute(ctx.db);
  const scores = new Map(rows.map(({ id, score }) => [id, score]));
  return candidates.map((candidate) => ({ ...candidate, score: scores.get(candidate.id) ?? 0 }));
};

type NoRow = { readonly [Column in keyof Row]: null };

interface Row {
  readonly id: number;
  readonly name_key: string;
  readonly deprecated: StoredBoolean;
  readonly version_deprecated: StoredBoolean;
}

/** What is asked of the index about some products: of few each by its mark, of more, those of others are passed over. */
const within = ({ mostMarks }: TextIndex, products: Products, match: Match): Pick<IndexQuery, 'match' | 'products'> =>
  products === undefined || products.length > mostMarks
    ? { match, products }
    : { match: { all: [match, { any: products.map((number) => ({ phrase: [productMark(number)] })) }] } };

/** Of each of some kinds as many hits as are wanted, of those that may be seen. */
const select = async (
  ctx: Context,
  scope: Scope,
  products: Products,
  kinds: readonly EntryKind[],
  match: Match,
  isRare = false,
): Promise<Candidate[]> => {
  if (kinds.length === 0) return [];
  const index = textIndexOf(ctx.engine);
  const wanted = kinds.map((kind) => ({ kind, limit: scope.limits[kind] }));
  const found = index.eachKind(wanted, (kind) =>
    seenAmong(
      index.hits({ kind, ...within(index, products, match), isRare, isScored: false }),
      index.join,
      scope,
      products !== undefined,
      kind,
    ),
  );
  const { rows } = await sql<Row>`select ${PREPARED} * from (${found}) as found`.execute(ctx.db);
  return rows.map(candidateOf);
};

const candidateOf = ({ id, name_key, deprecated, version_deprecated }: Row): Candidate => ({
  ...{ id, kind: kindOf(id), productNumber: productNumberOf(id), nameKey: name_key, score: 0 },
  deprecated: fromBit(deprecated) || fromBit(version_deprecated),
});
