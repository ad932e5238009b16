import { z } from 'zod';
import { DEVELOPER_STATUSES, type DeveloperDetails } from '../../../domain/developers/index.ts';
import { asId, type DeveloperId } from '../../../domain/ids.ts';
import type { FieldSpec } from '../../../http/form-fields.ts';

const MAX_AT_ONCE = 100;

const status = z.enum(DEVELOPER_STATUSES, 'Choose a status');
const reason = z.string().trim().max(1000, 'Write at most 1000 characters').default('');

export const statusForm = z.object({ status, reason });

export const manyForm = z.object({
  status,
  reason,
  developer: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((value) => [value ?? []].flat().flatMap((text) => asId<DeveloperId>(text) ?? []))
    .pipe(z.array(z.custom<DeveloperId>()).min(1, 'Choose at least one developer').max(MAX_AT_ONCE)),
});

/** What a status is called, and what it means. */
export const STATUS_WORDS = {
  approved: { text: 'Approved', kind: 'success', meaning: 'may log in' },
  pending: { text: 'Waiting', kind: 'warning', meaning: 'waits for a decision' },
  rejected: { text: 'Rejected', kind: 'danger', meaning: 'was not let in, and cannot sign up again' },
  revoked: { text: 'Revoked', kind: 'danger', meaning: 'is no longer let in; their keys go on working' },
} as const satisfies Record<DeveloperDetails['status'], object>;

const STATUS_OPTIONS = DEVELOPER_STATUSES.map((value) => ({
  value,
  text: `${STATUS_WORDS[value].text}: ${STATUS_WORDS[value].meaning}`,
}));

export const STATUS_FIELDS: readonly FieldSpec[] = [
  { name: 'status', label: 'Status', type: 'select', required: true, options: STATUS_OPTIONS },
  {
    ...{ name: 'reason', label: 'Reason', type: 'textarea', rows: 2, optional: true },
    hint: 'The developer reads it in the e-mail that tells of your decision.',
  },
];
