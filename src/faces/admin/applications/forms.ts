import { z } from 'zod';
import { REGISTRATION_STATUSES, type RegistrationStatus } from '../../../domain/registrations/index.ts';
import type { FieldSpec } from '../../../http/form-fields.ts';

const reason = z.string().trim().max(1000, 'Write at most 1000 characters').default('');

const status = z.enum(REGISTRATION_STATUSES, 'Choose a status');

/** `expected`: what the status was when the page was made */
export const decisionForm = z.object({ status, expected: status, reason });

export const deletionForm = z.object({ reason });

export const applicationForm = z.object({
  name: z.string().trim().min(1, 'Enter a name').max(255, 'A name has at most 255 characters'),
  description: z.string().trim().max(2000, 'Write at most 2000 characters').default(''),
});

export const APPLICATION_FIELDS: readonly FieldSpec[] = [
  { name: 'name', label: 'Name', required: true, autocomplete: 'off', hint: 'Unique among those of the same developer.' },
  { name: 'description', label: 'Description', type: 'textarea', rows: 3, optional: true },
];

export const REASON_FIELD: FieldSpec = {
  ...{ name: 'reason', label: 'Reason', type: 'textarea', rows: 2, optional: true },
  hint: 'The developer reads it in the e-mail that tells of it.',
};

/** What a status is called. */
export const STATUS_BADGES = {
  approved: { text: 'Approved', kind: 'success' },
  pending: { text: 'Waiting', kind: 'warning' },
  rejected: { text: 'Rejected', kind: 'danger' },
  revoked: { text: 'Revoked', kind: 'danger' },
} as const satisfies Record<RegistrationStatus, object>;

/** What can be done with a registration of each status: the status that follows, and what the button says. */
export const NEXT: Record<RegistrationStatus, readonly { readonly status: RegistrationStatus; readonly text: string }[]> = {
  pending: [
    { status: 'approved', text: 'Approve' },
    { status: 'rejected', text: 'Reject' },
  ],
  approved: [{ status: 'revoked', text: 'Revoke' }],
  rejected: [{ status: 'approved', text: 'Approve after all' }],
  revoked: [{ status: 'approved', text: 'Reinstate' }],
};
