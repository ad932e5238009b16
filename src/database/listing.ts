import { type Expression, type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import { fold, likePattern } from '../lib/text.ts';
import { toBit, toJson } from './codec.ts';
import type { Engine } from './columns.ts';

/** How a filtered or sorted field is stored: `key` columns hold folded text; the others are compared as they are. */
export interface ListColumn {
  readonly column: Expression<unknown> | RawBuilder<unknown>;
  /** folded text, plain text (folded for comparison), id, boolean, or instant */
  readonly type: 'key' | 'text' | 'uuid' | 'boolean' | 'instant' | 'enum';
  /** whether the column may be null; nulls then come last on both engines */
  readonly nullable?: boolean;
}

type Condition =
  | { readonly op: 'eq' | 'neq' | 'contains' | 'lt' | 'lte' | 'gt' | 'gte'; readonly value: string }
  | { readonly op: 'oeq' | 'ocontains'; readonly values: readonly string[] }
  | { readonly op: 'is'; readonly value: boolean };

const OPERATORS = { lt: sql`<`, lte: sql`<=`, gt: sql`>`, gte: sql`>=` } as const;

/** A condition on a column as SQL. Text is compared without regard to case, as the reference API does for names. */
export const condition = ({ column, type }: ListColumn, filter: Condition): RawBuilder<SqlBool> => {
  const subject = type === 'text' ? sql`lower(${column})` : sql`${column}`;
  const value = (text: string): string =>
    type === 'key' || type === 'text' ? fold(text) : type === 'uuid' ? text.toLowerCase() : text;
  switch (filter.op) {
    case 'eq':
      return sql`${subject} = ${value(filter.value)}`;
    case 'neq':
      return sql`(${subject} <> ${value(filter.value)} or ${column} is null)`;
    case 'contains':
      return sql`${subject} like ${likePattern(value(filter.value))} escape '\\'`;
    case 'oeq':
      return filter.values.length === 0 ? sql`1 = 0` : sql`${subject} in (${sql.join(filter.values.map(value))})`;
    case 'ocontains':
      return filter.values.length === 0
        ? sql`1 = 0`
        : sql`(${sql.join(
            filter.values.map((text) => sql`${subject} like ${likePattern(value(text))} escape '\\'`),
            sql` or `,
          )})`;
    case 'is':
      return sql`${column} = ${toBit(filter.value)}`;
    default:
      return sql`${column} ${OPERATORS[filter.op]} ${filter.value}`;
  }
};

/** Adds conditions to a query; `columns` maps every field that the face lets through. */
export const applyFilters = <DB, TB extends keyof DB, O, Field extends string>(
  query: SelectQueryBuilder<DB, TB, O>,
  filters: readonly ({ readonly field: Field } & Condition)[],
  columns: Readonly<Record<Field, ListColumn>>,
): SelectQueryBuilder<DB, TB, O> =>
  filters.reduce((filtered, filter) => filtered.where(condition(columns[filter.field], filter)), query);

/**
 * Orders a query by the asked fields, then by a unique tie-break, so that pages neither repeat nor skip. The tie-break goes the way of
 * the last field: one index serves both directions, and of what was made in one millisecond the newest comes first in a list of the newest.
 */
export const applySort = <DB, TB extends keyof DB, O, Field extends string>(
  query: SelectQueryBuilder<DB, TB, O>,
  sort: readonly { readonly field: Field; readonly direction: 'asc' | 'desc' }[],
  columns: Readonly<Record<Field, ListColumn>>,
  tieBreak: Expression<unknown> | RawBuilder<unknown>,
): SelectQueryBuilder<DB, TB, O> => {
  const ordered = sort.reduce((sorted, { field, direction }) => {
    const { column, type, nullable } = columns[field];
    const subject = type === 'text' ? sql`lower(${column})` : sql`${column}`;
    return (nullable ? sorted.orderBy(sql`${column} is null`) : sorted).orderBy(subject, direction);
  }, query);
  return ordered.orderBy(sql`${tieBreak}`, sort.at(-1)?.direction ?? 'asc');
};

/** Bounds a query to one page. */
export const applyPage = <DB, TB extends keyof DB, O>(
  query: SelectQueryBuilder<DB, TB, O>,
  page: { readonly number: number; readonly size: number },
): SelectQueryBuilder<DB, TB, O> => query.limit(page.size).offset((page.number - 1) * page.size);

/** That an id is one of some, however many: they go as one parameter, of which databases take a bounded number. */
export const isAmong = (engine: Engine, column: string, ids: readonly string[]): RawBuilder<SqlBool> =>
  engine === 'postgres'
    ? sql`${sql.ref(column)} = any(cast(${ids} as uuid[]))`
    : sql`${sql.ref(column)} in (select value from json_each(${toJson(ids)}))`;

/** Leaves only those entities in a query that somebody may have, as `allowed` of `domain/access` tells. */
export const applyAllowed = <DB, TB extends keyof DB, O>(
  query: SelectQueryBuilder<DB, TB, O>,
  engine: Engine,
  column: string,
  allowed: 'all' | readonly string[],
): SelectQueryBuilder<DB, TB, O> => (allowed === 'all' ? query : query.where(isAmong(engine, column, allowed)));
