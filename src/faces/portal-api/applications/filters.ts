import type { Filter } from '../../../domain/listing.ts';
import { fold } from '../../../lib/text.ts';

/** Whether an item of a short list that is there as a whole meets the conditions; its fields are given folded. */
export const matches = <Field extends string>(
  filters: readonly Filter<Field>[],
  fields: Readonly<Record<Field, string>>,
): boolean => filters.every((filter) => holds(filter, fields[filter.field]));

const holds = (filter: Filter, value: string): boolean => {
  switch (filter.op) {
    case 'eq':
      return value === fold(filter.value);
    case 'neq':
      return value !== fold(filter.value);
    case 'contains':
      return value.includes(fold(filter.value));
    case 'oeq':
      return filter.values.some((wanted) => value === fold(wanted));
    case 'ocontains':
      return filter.values.some((wanted) => value.includes(fold(wanted)));
    default:
      return true;
  }
};
