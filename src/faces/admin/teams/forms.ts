import { z } from 'zod';
import { asId, type ProductId } from '../../../domain/ids.ts';
import { TEAM_ROLES, type TeamRoleName } from '../../../domain/teams/index.ts';
import type { FieldSpec } from '../../../http/form-fields.ts';

export const teamForm = z.object({
  name: z.string().trim().min(1, 'Enter a name').max(250, 'A name has at most 250 characters'),
  description: z.string().trim().max(250, 'A description has at most 250 characters').default(''),
});

export const TEAM_FIELDS: readonly FieldSpec[] = [
  { name: 'name', label: 'Name', required: true, autocomplete: 'off', hint: 'Only administrators see it, such as “Partners”.' },
  { name: 'description', label: 'Description', type: 'textarea', rows: 3, optional: true },
];

export const memberForm = z.object({ email: z.string().trim().min(1, 'Enter the e-mail of a developer') });

export const MEMBER_FIELD: FieldSpec = {
  name: 'email',
  label: 'Add a developer',
  type: 'email',
  hint: 'The e-mail that they signed up with.',
  autocomplete: 'off',
};

/** What a role lets the team's members do, in words. */
export const ROLE_WORDS: Record<TeamRoleName, string> = {
  'API Viewer': 'Read it',
  'API Consumer': 'Read it and register applications for it',
};

export const roleForm = z.object({
  product: z.string().transform((text, issues): ProductId => {
    const id = asId<ProductId>(text);
    if (id !== undefined) return id;
    issues.addIssue({ code: 'custom', message: 'Choose an API product' });
    return z.NEVER;
  }),
  role: z.enum(TEAM_ROLES, 'Choose what the team may do'),
});

export const ROLE_FIELD: FieldSpec = {
  name: 'role',
  label: 'May',
  type: 'select',
  options: TEAM_ROLES.map((role) => ({ value: role, text: ROLE_WORDS[role] })),
};
