import { type Kysely, sql } from 'kysely';
import { columns, type Engine } from '../../columns.ts';

/** What a product is found by in a list, in one column: whoever looks for a word reads each product once. */
export const up = async (db: Kysely<unknown>, engine: Engine): Promise<void> => {
  await db.schema
    .alterTable('products')
    .addColumn('found_by', columns(engine).text, (col) => col.notNull().defaultTo(''))
    .execute();
  const labels = engine === 'sqlite' ? sql`group_concat(value_key, char(10))` : sql`string_agg(value_key, chr(10))`;
  const line = engine === 'sqlite' ? sql`char(10)` : sql`chr(10)`;
  await sql`update products set found_by = name_key || ${line} || lower(coalesce(description, '')) || ${line} || coalesce((
    select ${labels} from product_labels where product_id = products.id and audience = 'public'), '')`.execute(db);
};
