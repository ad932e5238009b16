import { z } from 'zod';
import type { Product } from '../../../domain/products/index.ts';
import type { FieldSpec } from '../../../http/form-fields.ts';
import { labelLines, labelsField, labelsSpec } from '../labels.ts';

export const productForm = z.object({
  name: z.string().trim().min(1, 'Enter a name').max(100, 'A name has at most 100 characters'),
  description: z.string().trim().default(''),
  labels: labelsField(),
  publicLabels: labelsField(),
});

/** Names of the form's fields for those of the domain. */
export const PRODUCT_NAMES = { public_labels: 'publicLabels' } as const;

export const PRODUCT_FIELDS: readonly FieldSpec[] = [
  { name: 'name', label: 'Name', required: true, hint: 'What developers look for, such as “Sailings”.', autocomplete: 'off' },
  {
    name: 'description',
    label: 'Description',
    type: 'textarea',
    rows: 3,
    optional: true,
    hint: 'A sentence or two; shown in the catalogue.',
  },
  labelsSpec({
    name: 'publicLabels',
    label: 'Public labels',
    hint: 'Developers see them and filter the catalogue by them. One a line, such as domain: travel.',
  }),
  labelsSpec({ name: 'labels', label: 'Labels', hint: 'Only administrators see them. One a line, such as team: payments.' }),
];

/** A product as the form shows it. */
export const productValues = ({ name, description, labels, publicLabels }: Product) => ({
  name,
  description: description ?? '',
  labels: labelLines(labels),
  publicLabels: labelLines(publicLabels),
});
