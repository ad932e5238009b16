import { z } from 'zod';
import type { AuthStrategy } from '../../../domain/auth-strategies/index.ts';
import type { AuthStrategyId } from '../../../domain/ids.ts';
import type { KeyPolicy, Portal } from '../../../domain/portals/index.ts';
import type { FieldSpec } from '../../../http/form-fields.ts';
import { calledAs } from '../names.ts';

const name = z.string().trim().min(1, 'Enter a name').max(255, 'A name has at most 255 characters');
const line = z.string().trim().max(255, 'Write at most 255 characters').default('');
const paragraph = z.string().trim().max(512, 'Write at most 512 characters').default('');
const box = z
  .string()
  .optional()
  .transform((value) => value !== undefined);
const visibility = z.enum(['private', 'public'], 'Choose who may read the portal').transform((value) => value === 'public');

export const newPortalForm = z.object({ name, displayName: line, description: paragraph, visibility });

export const settingsForm = z.object({
  name,
  displayName: line,
  description: paragraph,
  visibility,
  customDomain: line,
  customClientDomain: line,
  rbacEnabled: box,
  autoApproveDevelopers: box,
  autoApproveApplications: box,
  defaultAuthStrategyId: z.string().transform((id) => (id === '' ? null : (id as AuthStrategyId))),
});

/** Names of the forms' fields for those of the domain. */
export const PORTAL_NAMES = {
  custom_domain: 'customDomain',
  custom_client_domain: 'customClientDomain',
  default_application_auth_strategy_id: 'defaultAuthStrategyId',
} as const;

const NAME_FIELDS: readonly FieldSpec[] = [
  {
    ...{ name: 'name', label: 'Name', required: true, autocomplete: 'off' },
    hint: 'Names the portal among others; developers do not see it.',
  },
  {
    ...{ name: 'displayName', label: 'Display name', optional: true, autocomplete: 'off' },
    hint: 'What developers see in titles and mails. The name when empty.',
  },
  {
    name: 'description',
    label: 'Description',
    type: 'textarea',
    rows: 2,
    optional: true,
    hint: 'For search engines and link previews.',
  },
  {
    ...{ name: 'visibility', label: 'Who may read it', type: 'select', required: true },
    options: [
      { value: 'private', text: 'Private: approved developers only' },
      { value: 'public', text: 'Public: anyone, without an account' },
    ],
    hint: 'In a public portal nobody signs up, logs in or registers; what developers have there stays, and comes back when the portal is private again.',
  },
];

export const NEW_PORTAL_FIELDS = NAME_FIELDS;

/** The fields of the settings; applications get one of these strategies unless they name one. */
export const settingsFields = (strategies: readonly AuthStrategy[]): readonly FieldSpec[] => [
  ...NAME_FIELDS,
  {
    ...{ name: 'customDomain', label: 'Custom domain', optional: true, autocomplete: 'off' },
    hint: 'Such as developers.example.com. Its CNAME record names the portal’s default domain.',
  },
  {
    ...{ name: 'customClientDomain', label: 'Domain of a portal client of your own', optional: true, autocomplete: 'off' },
    hint: 'Its pages may use this portal’s API, and mails lead there. Needs a custom domain.',
  },
  {
    ...{ name: 'rbacEnabled', label: 'Access by teams', type: 'checkbox' },
    hint: 'Developers see only products on which one of their teams has a role.',
  },
  {
    ...{ name: 'autoApproveDevelopers', label: 'Approve developers at once', type: 'checkbox' },
    hint: 'Whoever confirms their e-mail address is let in.',
  },
  {
    ...{ name: 'autoApproveApplications', label: 'Approve registrations at once', type: 'checkbox' },
    hint: 'For all versions; a version can also do so by itself.',
  },
  {
    ...{ name: 'defaultAuthStrategyId', label: 'Auth strategy of new applications', type: 'select' },
    options: [
      { value: '', text: 'None: developers choose one' },
      ...strategies.map((strategy) => ({ value: strategy.id, text: calledAs(strategy) })),
    ],
  },
];

/** A portal as the settings show it. */
export const settingsValues = (portal: Portal) => ({
  name: portal.name,
  displayName: portal.displayName === portal.name ? '' : portal.displayName,
  description: portal.description ?? '',
  visibility: portal.isPublic ? 'public' : 'private',
  customDomain: portal.customDomain ?? '',
  customClientDomain: portal.customClientDomain ?? '',
  rbacEnabled: portal.rbacEnabled,
  autoApproveDevelopers: portal.autoApproveDevelopers,
  autoApproveApplications: portal.autoApproveApplications,
  defaultAuthStrategyId: portal.defaultAuthStrategyId ?? '',
});

const DAYS = 'Enter a whole number of days, from 1 to 3650, or nothing';
const HOURS = 'Enter a whole number of hours, from 0 to 8760';

export const keyPolicyForm = z.object({
  maxAgeDays: z
    .string()
    .trim()
    .regex(/^(\d{1,4})?$/, DAYS)
    .transform((text) => (text === '' ? null : Number(text)))
    .refine((days) => days === null || (days >= 1 && days <= 3650), DAYS),
  maxOverlapHours: z
    .string()
    .trim()
    .regex(/^\d{1,4}$/, HOURS)
    .transform(Number)
    .refine((hours) => hours <= 8760, HOURS),
});

export const KEY_POLICY_FIELDS: readonly FieldSpec[] = [
  {
    ...{ name: 'maxAgeDays', label: 'Keys expire after', type: 'number', optional: true, attributes: { min: '1', max: '3650' } },
    hint: 'In days. Empty: never. Holds for keys made from now on; their owners get a mail a week before.',
  },
  {
    ...{
      name: 'maxOverlapHours',
      label: 'Longest overlap',
      type: 'number',
      required: true,
      attributes: { min: '0', max: '8760' },
    },
    hint: 'In hours: so long a key may go on working beside the one that replaces it.',
  },
];

/** A key policy as the form shows it. */
export const keyPolicyValues = ({ maxAgeDays, maxOverlapHours }: KeyPolicy) => ({
  maxAgeDays: maxAgeDays === null ? '' : String(maxAgeDays),
  maxOverlapHours: String(maxOverlapHours),
});

export const deletionForm = z.object({ force: box });
