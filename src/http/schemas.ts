import { z } from 'zod';
import { labelIssues } from '../domain/labels/index.ts';

/** Pieces of body schemas that several nouns share. */

/** A UUID, answered in lower case. */
export const uuid = () => z.guid().transform((id) => id.toLowerCase());

/** A text within bounds, in Unicode characters as the reference counts them; its JSON Schema says so. */
export const text = ({ min = 0, max }: { min?: number; max?: number } = {}) => {
  const schema = z.string().min(min);
  if (max === undefined) return schema;
  const bounded = schema.check(({ value, issues }) => {
    // a character takes one or two units of length
    if (value.length <= max || (value.length <= 2 * max && [...value].length <= max)) return;
    issues.push({ code: 'too_big', origin: 'string', maximum: max, inclusive: true, input: value });
  });
  return bounded.meta({ maxLength: max });
};

/** Labels of a new thing. */
export const labels = () => z.record(z.string(), z.string()).superRefine(checkLabels);

/** Labels of a change: null removes. */
export const labelChanges = () => z.record(z.string(), z.string().nullable()).superRefine(checkLabels).nullable();

const checkLabels = (value: Record<string, string | null>, context: z.RefinementCtx): void => {
  for (const issue of labelIssues(value, '')) {
    const { field, ...rest } = issue;
    const path = field.replace(/^\./, '');
    context.addIssue({
      code: 'custom',
      message: issue.reason.trim(),
      path: path === '' ? [] : [path],
      params: { issue: { ...rest, reason: issue.reason.trim() } },
    });
  }
};
