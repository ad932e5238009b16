import { z } from 'zod';
import { type LabelChanges, type Labels, labelIssues } from '../../domain/labels/index.ts';
import type { FieldSpec } from '../../http/form-fields.ts';

/** Labels as a text of lines `key: value`, for a form. */
export const labelLines = (labels: Labels): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n');

/** The key and the value in a line, both empty where nothing parts them. */
const readLabel = (line: string): readonly [key: string, value: string] => {
  const at = line.search(/[:=]/);
  return at === -1 ? ['', ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
};

/** Reads labels from lines `key: value` (or `key=value`); empty lines say nothing. */
export const labelsField = () =>
  z
    .string()
    .default('')
    .transform((text, context): Labels => {
      const labels = new Map<string, string>();
      for (const [index, line] of text.split('\n').entries()) {
        if (line.trim() === '') continue;
        const [key, value] = readLabel(line);
        const wrong =
          key === '' || value === ''
            ? 'a label is a key and a value, such as team: payments'
            : labels.has(key)
              ? `there are two labels “${key}”`
              : labelIssues({ [key]: value }, '')[0]?.reason;
        if (wrong !== undefined) {
          context.addIssue({ code: 'custom', message: `Line ${index + 1}: ${wrong}` });
          return z.NEVER;
        }
        labels.set(key, value);
      }
      const [tooMany] = labelIssues(Object.fromEntries(labels), 'labels');
      if (tooMany) context.addIssue({ code: 'custom', message: 'A thing has at most 50 labels' });
      return Object.fromEntries(labels);
    });

/** The change that leaves exactly these labels. */
export const replacingLabels = (before: Labels, after: Labels): LabelChanges => ({
  ...Object.fromEntries(Object.keys(before).map((key) => [key, null])),
  ...after,
});

/** What asks for labels. */
export const labelsSpec = (spec: Pick<FieldSpec, 'name' | 'label' | 'hint'>): FieldSpec => ({
  ...spec,
  type: 'textarea',
  rows: 3,
  optional: true,
  attributes: { spellcheck: 'false' },
});
