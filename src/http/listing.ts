import type { Request } from 'express';
import { DomainError, type Issue, invalid } from '../domain/errors.ts';
import { isUuid } from '../domain/ids.ts';
import type { Filter, FilterValue, LabelCondition, Listed, ListQuery, Page, Sort } from '../domain/listing.ts';
import { queryOf } from './input.ts';

/** What values of a filterable field look like; decides which operators it knows. */
export type FilterKind = 'string' | 'uuid' | 'boolean' | 'datetime' | 'choice';

const OPERATORS: Record<FilterKind, readonly string[]> = {
  string: ['eq', 'neq', 'contains', 'oeq', 'ocontains'],
  uuid: ['eq', 'neq', 'oeq'],
  choice: ['eq', 'neq', 'oeq'],
  boolean: ['eq'],
  datetime: ['eq', 'lt', 'lte', 'gt', 'gte'],
};

const DEFAULT_SIZE = 10;
const MAX_SIZE = 100;
/** How many values a list can be asked to compare with; databases take queries of some size only. */
const MAX_CONDITIONS = 100;

/** What a list can be asked for. */
export interface Listing<FilterField extends string, SortField extends string> {
  readonly filters: Readonly<Record<FilterField, FilterKind>>;
  readonly sort: readonly SortField[];
}

/**
 * Filters, order and page of a list from the query: `filter[name][contains]=x`, `sort=name desc`, `page[size]`, `page[number]`.
 * @throws invalid naming each parameter that is unknown, repeated or malformed
 */
export const readListQuery = <FilterField extends string, SortField extends string>(
  req: Request,
  listing: Listing<FilterField, SortField>,
): ListQuery<FilterField, SortField> => {
  const query = queryOf(req);
  const issues: Issue[] = [];
  const attempt = <T>(read: () => T, otherwise: T): T => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind !== 'invalid') throw error;
      issues.push(...error.issues);
      return otherwise;
    }
  };
  const filters = [...query].flatMap(([name, value]) =>
    attempt(() => {
      const filter = readFilter(name, value, listing.filters);
      return filter ? [filter] : [];
    }, []),
  );
  attempt(() => {
    const values = filters.reduce((count, filter) => count + ('values' in filter ? filter.values.length : 1), 0);
    if (values > MAX_CONDITIONS) throw tooMany('filter', 'values to compare with');
  }, undefined);
  const sort = attempt(() => readSort(query.getAll('sort'), listing.sort), []);
  const page = attempt(() => readPage(query), { number: 1, size: DEFAULT_SIZE });
  const [first, ...rest] = issues;
  if (first) throw invalid(first, ...rest);
  return { filters, sort, page };
};

const tooMany = (field: string, what: string): DomainError =>
  invalid({
    field,
    rule: 'max_items',
    maximum: MAX_CONDITIONS,
    reason: `${field} must not hold more than ${MAX_CONDITIONS} ${what}`,
    source: 'query',
  });

const readFilter = <Field extends string>(
  name: string,
  value: string,
  fields: Readonly<Record<Field, FilterKind>>,
): Filter<Field> | undefined => {
  if (name !== 'filter' && !name.startsWith('filter[')) return undefined;
  const match = /^filter\[([^\][]+)\](?:\[([^\][]*)\])?$/.exec(name);
  const field = match?.[1] ?? '';
  if (!match || !Object.hasOwn(fields, field))
    throw invalid({
      field: name,
      rule: 'unknown_property',
      reason: `${name} is not a filter here; the fields are: ${Object.keys(fields).join(', ')}`,
      source: 'query',
    });
  const kind = fields[field as Field];
  const op = match[2] ?? 'eq';
  if (!OPERATORS[kind].includes(op))
    throw invalid({
      field: name,
      rule: 'enum',
      choices: OPERATORS[kind],
      reason: `${name}: the operators of ${field} are: ${OPERATORS[kind].join(', ')}`,
      source: 'query',
    });
  return { field: field as Field, ...filterValue(name, kind, op, value) };
};

const filterValue = (name: string, kind: FilterKind, op: string, value: string): FilterValue => {
  const fail = (rule: 'is_uuid' | 'is_boolean' | 'is_date_time' | 'invalid', words: string): never => {
    throw invalid({ field: name, rule, reason: `${name} must be ${words}`, source: 'query' });
  };
  if (value.includes('\0')) fail('invalid', 'free of the character NUL');
  if (kind === 'boolean')
    return value === 'true' || value === 'false' ? { op: 'is', value: value === 'true' } : fail('is_boolean', 'true or false');
  if (op === 'oeq' || op === 'ocontains') {
    const values = value.split(',').map((item) => item.trim());
    if (kind === 'uuid' && !values.every(isUuid)) fail('is_uuid', 'a comma-separated list of UUIDs');
    return { op, values };
  }
  if (kind === 'uuid' && !isUuid(value)) fail('is_uuid', 'a UUID');
  if (kind === 'datetime')
    return { op: op as 'eq', value: instantOf(value) ?? fail('is_date_time', 'an instant such as 2026-01-31T09:30:00Z') };
  return { op: op as 'eq' | 'neq' | 'contains', value };
};

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

const instantOf = (value: string): string | undefined => {
  const date = INSTANT.test(value) ? new Date(value) : undefined;
  const instant = date && !Number.isNaN(date.getTime()) ? date.toISOString() : undefined;
  return instant !== undefined && /^(?!0000)\d{4}-/.test(instant) ? instant : undefined; // PostgreSQL knows no year 0
};

const readSort = <Field extends string>(values: readonly string[], fields: readonly Field[]): Sort<Field>[] => {
  const parts = values.flatMap((value) => value.split(',')).filter((part) => part.trim() !== '');
  if (parts.length > MAX_CONDITIONS) throw tooMany('sort', 'fields');
  return parts.map((part) => {
    const match = /^([\w.]+)(?:\s+(asc|desc))?$/i.exec(part.trim());
    const field = fields.find((name) => name === match?.[1]);
    if (!match || field === undefined)
      throw invalid({
        field: 'sort',
        rule: 'enum',
        choices: fields,
        reason: `sort must be one of: ${fields.join(', ')}, each with "asc" or "desc" after it if wanted`,
        source: 'query',
      });
    return { field, direction: match[2]?.toLowerCase() === 'desc' ? 'desc' : 'asc' };
  });
};

/**
 * The page asked for: 10 items unless told, at most 100 (more is answered as 100).
 * @throws invalid for anything but positive integers
 */
export const readPage = (query: URLSearchParams): Page => ({
  number: Math.min(positive(query, 'page[number]', 1), 1_000_000_000),
  size: Math.min(positive(query, 'page[size]', DEFAULT_SIZE), MAX_SIZE),
});

const positive = (query: URLSearchParams, name: string, otherwise: number): number => {
  const [value, ...more] = query.getAll(name);
  if (value === undefined || value === '') return otherwise;
  if (more.length > 0 || !/^-?\d+$/.test(value))
    throw invalid({ field: name, rule: 'is_integer', reason: `${name} must be an integer`, source: 'query' });
  const number = Number(value);
  if (number < 1)
    throw invalid({ field: name, rule: 'min', minimum: 1, reason: `${name} must not be less than 1`, source: 'query' });
  return number;
};

/**
 * Conditions on labels: `labels=env:test,team` asks for `env` with the value `test` and for `team` with any.
 * @throws invalid for too many conditions, and for the character NUL, which no label has and PostgreSQL does not take
 */
export const readLabelConditions = (req: Request, name: string): LabelCondition[] => {
  const parts = queryOf(req)
    .getAll(name)
    .flatMap((value) => {
      if (value.includes('\0'))
        throw invalid({ field: name, rule: 'invalid', reason: `${name} must be free of the character NUL`, source: 'query' });
      return value.split(',');
    })
    .filter((part) => part.trim() !== '');
  if (parts.length > MAX_CONDITIONS) throw tooMany(name, 'conditions');
  return parts.map((part) => {
    const colon = part.indexOf(':');
    return colon === -1
      ? { key: part.trim(), value: undefined }
      : { key: part.slice(0, colon).trim(), value: part.slice(colon + 1).trim() };
  });
};

/** A page of a list as the APIs answer it. */
export const presentPage = <T, R>(listed: Listed<T>, present: (item: T) => R) => ({
  meta: { page: { number: listed.page.number, size: listed.page.size, total: listed.total } },
  data: listed.items.map(present),
});
