import type { Application } from '../../../domain/applications/index.ts';
import { type Credential, isLiving } from '../../../domain/credentials/index.ts';
import { canUnregister, type OwnRegistration, type RegistrationStatus } from '../../../domain/registrations/index.ts';
import { html, type SafeHtml } from '../../../lib/html.ts';
import { paths } from '../paths.ts';

const STATUS: Record<RegistrationStatus, { text: string; kind: string }> = {
  approved: { text: 'Approved', kind: 'success' },
  pending: { text: 'Waiting', kind: 'warning' },
  rejected: { text: 'Rejected', kind: 'danger' },
  revoked: { text: 'Revoked', kind: 'danger' },
};

export const statusBadge = (status: RegistrationStatus) => STATUS[status];

const STATUSES = Object.keys(STATUS) as RegistrationStatus[];

/** An application in the list of all. */
export const listItem = (application: Application, counts: Partial<Record<RegistrationStatus, number>> = {}) => ({
  name: application.name,
  href: paths.application(application.id),
  description: application.description ?? '',
  badges: STATUSES.filter((status) => counts[status] !== undefined).map((status) => ({
    text: `${counts[status]} ${STATUS[status].text.toLowerCase()}`,
    kind: STATUS[status].kind,
  })),
  way: application.authStrategy?.displayName ?? 'No way to prove itself',
  createdAt: application.createdAt,
});

/** What a registration means for whoever asked. */
const meaningOf = ({ status, fits }: OwnRegistration, email: string): string => {
  if (status === 'approved')
    return fits
      ? 'The API can be called now.'
      : 'The API asks for another way of proving oneself by now, so calls may be turned away. A new application can be registered for it.';
  if (status === 'pending')
    return `Somebody who runs this portal looks at the request. A mail to ${email} will say how it went; until then calls are turned away.`;
  return status === 'rejected' ? 'The request was turned down.' : 'Calls are turned away since access was taken back.';
};

/** A registration on the page of its application. */
export const registrationItem = (
  registration: OwnRegistration,
  { email, curl }: { email: string; curl: string | undefined },
) => ({
  product: registration.productName,
  version: registration.versionName,
  href: paths.reference(registration.productSlug, registration.versionSlug),
  badge: statusBadge(registration.status),
  deprecated: registration.deprecated,
  meaning: meaningOf(registration, email),
  isWrong: registration.status === 'approved' && !registration.fits,
  reason: registration.statusReason ?? '',
  since: registration.decidedAt ?? registration.createdAt,
  curl: curl ?? '',
  unregisterHref: canUnregister(registration)
    ? paths.application(registration.applicationId, 'registrations', registration.id, 'unregister')
    : '',
});

const timeHtml = (instant: string | null, otherwise: string): SafeHtml =>
  instant === null ? html`${otherwise}` : html`<time datetime="${instant}" data-relative>${instant.slice(0, 10)}</time>`;

const stateHtml = (credential: Credential, replaced: ReadonlySet<string>, now: Date): SafeHtml => {
  if (!isLiving(credential, now)) return html`<span class="badge badge-danger">Expired</span>`;
  return replaced.has(credential.id) ? html`<span class="badge badge-warning">Being replaced</span>` : html``;
};

/** The keys of an application as a table; those that have expired are only told. */
export const keyTable = (credentials: readonly Credential[], now: Date) => {
  const replaced = new Set(credentials.map(({ replacesId }) => replacesId).filter((id) => id !== null));
  return {
    caption: 'All keys',
    head: [
      { text: 'Name' },
      { text: 'Begins with' },
      { text: 'Created' },
      { text: 'Last used' },
      { text: 'Expires' },
      { text: 'Change' },
    ],
    rows: credentials.map((credential) => [
      { html: html`<span class="cluster">${credential.name} ${stateHtml(credential, replaced, now)}</span>`, header: true },
      { html: html`<code>${credential.prefix}…</code>` },
      { html: timeHtml(credential.createdAt, '') },
      { html: timeHtml(credential.lastUsedAt, 'Never') },
      { html: timeHtml(credential.expiresAt, 'Never') },
      {
        html: isLiving(credential, now)
          ? html`<a href="${paths.application(credential.applicationId, 'keys', credential.id)}">Manage<span class="visually-hidden"> ${credential.name}</span></a>`
          : html``,
      },
    ]),
  };
};

/** How an application proves itself, where that is not by keys. */
export const proofFacts = ({ authStrategy, referenceId, redirectUri }: Application) => [
  ...(authStrategy?.config.type === 'openid_connect'
    ? [
        { name: 'How it proves itself', value: authStrategy.displayName },
        { name: 'Identity provider', value: authStrategy.config.issuer },
        { name: 'Client ID', value: referenceId },
      ]
    : []),
  ...(redirectUri === null ? [] : [{ name: 'Redirect address', value: redirectUri }]),
];

/** How long an old key goes on where nobody says otherwise, and the portal lets it. */
export const USUAL_OVERLAP_HOURS = 24;

/** How long an old key may go on, from what a portal allows. */
export const overlapOptions = (maxHours: number) => {
  const offered = [0, 1, 24, 72, 168, 720].filter((hours) => hours <= maxHours);
  const hours = offered.includes(maxHours) ? offered : [...offered, maxHours];
  return hours.map((value) => ({ value: String(value), text: overlapText(value) }));
};

const overlapText = (hours: number): string => {
  if (hours === 0) return 'Not at all: it stops at once';
  if (hours % 24 === 0) return hours === 24 ? 'For a day' : `For ${hours / 24} days`;
  return hours === 1 ? 'For an hour' : `For ${hours} hours`;
};
