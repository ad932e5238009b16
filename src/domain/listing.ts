/** How lists are asked for, whichever face asks: filters, an order, a page. */

export type FilterValue =
  | { readonly op: 'eq' | 'neq' | 'contains'; readonly value: string }
  | { readonly op: 'oeq' | 'ocontains'; readonly values: readonly string[] }
  | { readonly op: 'lt' | 'lte' | 'gt' | 'gte'; readonly value: string }
  | { readonly op: 'is'; readonly value: boolean };

/** One condition; all conditions of a list hold together. */
export type Filter<Field extends string = string> = { readonly field: Field } & FilterValue;

export interface Sort<Field extends string = string> {
  readonly field: Field;
  readonly direction: 'asc' | 'desc';
}

/** A page of a list: `number` counts from 1, `size` is 1 to 100. */
export interface Page {
  readonly number: number;
  readonly size: number;
}

/** A label that must be there, with this value or with any. */
export interface LabelCondition {
  readonly key: string;
  readonly value: string | undefined;
}

export interface ListQuery<FilterField extends string = string, SortField extends string = string> {
  readonly filters: readonly Filter<FilterField>[];
  readonly sort: readonly Sort<SortField>[];
  readonly page: Page;
}

/** One page of a list, and how many there are in all. */
export interface Listed<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly page: Page;
}
