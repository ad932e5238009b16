import { type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import type { Schema } from '../../database/schema.ts';
import { likePattern } from '../../lib/text.ts';
import type { Context } from '../context.ts';
import type { Listed, Page } from '../listing.ts';
import type { Portal } from '../portals/index.ts';
import { type CatalogueProduct, catalogue, mentions, SHOWN, withCounts, wordsOf } from './catalogue.ts';
import { isPublishedIn, isVisibleProduct, seesPortal, type Visitor } from './visitor.ts';

export interface CatalogueSearch {
  readonly query: string;
  readonly page: Page;
}

/**
 * The products in which each word of a query is found, in what a visitor may see of them: name, description, public labels, names of
 * published versions, titles of readable documents. Those whose name fits best come first; an empty query finds all.
 */
export const searchCatalogue = async (
  ctx: Context,
  portal: Portal,
  visitor: Visitor,
  { query, page }: CatalogueSearch,
): Promise<Listed<CatalogueProduct>> => {
  const words = wordsOf(query);
  if (words.length === 0) return catalogue(ctx, portal, visitor, { page });
  if (!seesPortal(portal, visitor)) return { items: [], total: 0, page };
  const found = words.reduce(
    (products, word) => products.where(sql<SqlBool>`(${mentions(word)} or ${isIn('named', word)} or ${isIn('titled', word)})`),
    ctx.db
      .with('named', () => versionNames(portal))
      .with('titled', () => DOCUMENT_TITLES)
      .selectFrom('products')
      .where(isVisibleProduct(portal, visitor)),
  );
  const rows = await found
    .select([...SHOWN, sql<number>`count(*) over ()`.as('total')])
    .orderBy(rank(words.join(' ')))
    .orderBy('products.name_key')
    .orderBy('products.id')
    .limit(page.size)
    .offset((page.number - 1) * page.size)
    .execute();
  // past the end there is no row that could tell
  const total = rows[0]?.total ?? (page.number === 1 ? 0 : await countAll(found));
  return { items: await withCounts(ctx, portal, rows), total, page };
};

const countAll = async (products: SelectQueryBuilder<Schema, 'products', object>): Promise<number> => {
  const { total } = await products.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return total;
};

/** How well a name fits: it is the query, begins with it, contains it, or something else of the product does. */
const rank = (query: string): RawBuilder<number> => {
  const contained = likePattern(query);
  return sql<number>`case when products.name_key = ${query} then 0
    when products.name_key like ${contained.slice(1)} escape '\\' then 1
    when products.name_key like ${contained} escape '\\' then 2
    else 3 end`;
};

/** A text that belongs to a product, folded. */
interface Text {
  readonly product_id: string;
  readonly text: string;
}

const isIn = (texts: 'named' | 'titled', word: string): RawBuilder<SqlBool> =>
  sql`products.id in (select product_id from ${sql.table(texts)} where text like ${likePattern(word)} escape '\\')`;

/** Names of the versions that are published in a portal. */
const versionNames = (portal: Portal): RawBuilder<Text> => sql`(
  select product_versions.product_id, product_versions.name_key as text from publications
    inner join product_versions on product_versions.id = publications.version_id
    where ${isPublishedIn(portal)})`;

/** Titles of published documents, but of those below an unpublished one: folded once, for however many words. */
const DOCUMENT_TITLES: RawBuilder<Text> = sql`(
  select product_id, lower(title) as text from documents
    where status = 'published' and id not in (
      with recursive hidden(id) as (
        select id from documents where status <> 'published'
        union all
        select documents.id from hidden inner join documents on documents.parent_id = hidden.id)
      select id from hidden))`;
