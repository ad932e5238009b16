import type { AuditRecord } from '../../../domain/audit/index.ts';
import { html, type SafeHtml } from '../../../lib/html.ts';

/** What events of a region are about, as a menu offers them. */
export const REGION_SUBJECTS: Readonly<Record<string, string>> = {
  application: 'Applications',
  credential: 'API keys',
  product: 'API products',
  'audit-destination': 'Audit log destinations',
  'audit-replay': 'Audit log replays',
  'audit-webhook': 'Audit log webhooks',
  'auth-strategy': 'Auth strategies',
  'control-plane': 'Control planes',
  developer: 'Developers',
  document: 'Documents',
  'gateway-route': 'Gateway routes',
  'gateway-service': 'Gateway services',
  session: 'Log-ins of developers',
  portal: 'Portals',
  publication: 'Publications',
  registration: 'Registrations',
  role: 'Roles',
  specification: 'Specifications',
  team: 'Teams',
  version: 'Versions',
};

/** What events of the organisation are about. */
export const ORGANISATION_SUBJECTS: Readonly<Record<string, string>> = {
  'administrator-session': 'Log-ins of administrators',
  administrator: 'People',
  'organisation-role': 'Roles',
  'system-account': 'System accounts',
  'administrator-team': 'Teams',
  token: 'Tokens',
};

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `session.device-added` → `Session: device added` */
export const actionText = (action: string): string => {
  const [subject = '', act = ''] = action.split('.');
  return `${sentence(subject.replaceAll('-', ' '))}: ${act.replaceAll('-', ' ')}`;
};

/** `displayName` → `Display name` */
export const fieldText = (field: string): string =>
  sentence(
    field
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .replaceAll('_', ' ')
      .toLowerCase(),
  );

/** {@link fieldText} of a detail, which is said by its name where it was kept as an id: `applicationId` → `Application`. */
export const detailText = (field: string): string => fieldText(field.replace(/_?ids?$/i, '') || field);

/** The end of an id, which tells ids of one time apart. */
export const shortId = (id: string): string => id.slice(-8);

/** A thing by its name, or by what is left of it. */
export const nameText = ({ id, name }: { readonly id: string; readonly name: string | undefined }): string =>
  name ?? `…${shortId(id)}`;

/** Who did something, in words. */
export const actorText = ({ kind, id, name }: AuditRecord['actor']): string => {
  if (kind === 'system') return 'Portico';
  if (id === null) return kind === 'visitor' ? 'Somebody' : sentence(kind);
  return name ?? `${sentence(kind)} …${shortId(id)}`;
};

/** A value of a setting, as it was kept. `named`: what is said instead of a text, such as the name of what an id is of. */
export const valueHtml = (value: unknown, named: (text: string) => SafeHtml | undefined = () => undefined): SafeHtml => {
  if (value === null || value === undefined || value === '') return html`<span class="muted">nothing</span>`;
  if (value === true || value === false) return html`${value ? 'yes' : 'no'}`;
  if (typeof value === 'string') return named(value) ?? html`${value}`;
  if (typeof value === 'number') return html`${String(value)}`;
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string'))
    return html`${value.map((item, index) => html`${index > 0 && ', '}${valueHtml(item, named)}`)}`;
  return html`<code>${JSON.stringify(value)}</code>`;
};
