import { z } from 'zod';
import type { FieldSpec } from '../../../http/form-fields.ts';

/** What system accounts and teams consist of. */
export const namedForm = z.object({
  name: z.string().trim().min(1, 'Enter a name').max(255, 'Enter a name of at most 255 characters'),
  description: z.string().trim().max(2000, 'Enter at most 2000 characters').default(''),
});

export const NAMED_FIELDS: readonly FieldSpec[] = [
  { name: 'name', label: 'Name', required: true, autocomplete: 'off' },
  { name: 'description', label: 'Description', type: 'textarea', rows: 3, optional: true },
];
