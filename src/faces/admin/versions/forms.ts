import { z } from 'zod';
import type { Version } from '../../../domain/products/index.ts';
import type { FieldSpec } from '../../../http/form-fields.ts';
import { labelLines, labelsField, labelsSpec } from '../labels.ts';

export const versionForm = z.object({
  name: z.string().trim().min(1, 'Enter a name').max(255, 'A name has at most 255 characters'),
  labels: labelsField(),
});

export const VERSION_FIELDS: readonly FieldSpec[] = [
  { name: 'name', label: 'Name', required: true, hint: 'Such as v1 or 2026-03; unique in the product.', autocomplete: 'off' },
  labelsSpec({ name: 'labels', label: 'Labels', hint: 'Only administrators see them. One a line, such as team: payments.' }),
];

/** A version as the form shows it. */
export const versionValues = ({ name, labels }: Version) => ({ name, labels: labelLines(labels) });
