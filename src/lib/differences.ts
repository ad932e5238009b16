import { isDeepStrictEqual } from 'node:util';

/** What changed between two states of a thing: the old and the new value of each of these fields that differs. */
export const differences = <T extends object>(before: T, after: T, fields: readonly (keyof T & string)[]) => ({
  changed: Object.fromEntries(
    fields
      .filter((field) => !isDeepStrictEqual(before[field], after[field]))
      .map((field) => [field, { before: before[field], after: after[field] }]),
  ),
});

/** Whether {@link differences} found none. */
export const isUnchanged = ({ changed }: { changed: object }): boolean => Object.keys(changed).length === 0;
