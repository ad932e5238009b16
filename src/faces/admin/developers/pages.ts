import { may } from '../../../domain/access/index.ts';
import { type ApplicationDetails, listApplications } from '../../../domain/applications/index.ts';
import { DEVELOPER_STATUSES, type DeveloperDetails, type DeveloperStatus } from '../../../domain/developers/index.ts';
import type { Listed } from '../../../domain/listing.ts';
import type { PortalDetails } from '../../../domain/portals/index.ts';
import { listTeamsOfDeveloper } from '../../../domain/teams/index.ts';
import { shownFields } from '../../../http/form-fields.ts';
import { emptyForm, type FormState } from '../../../http/forms.ts';
import { counted, paginate } from '../../../http/pagination.ts';
import { html } from '../../../lib/html.ts';
import type { Confirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { filtersText } from '../filters.ts';
import { applicationPaths, type DeveloperPlace, developerPaths } from '../portals/paths.ts';
import { timeHtml } from '../time.ts';
import { STATUS_FIELDS, STATUS_WORDS } from './forms.ts';

export interface DeveloperView {
  readonly search: string;
  readonly status: DeveloperStatus | undefined;
  readonly page: number;
}

const listHref = (ctx: AdminContext, { id }: PortalDetails, { search, status, page }: DeveloperView): string =>
  developerPaths.list(ctx.region, id, { q: search, status, page: page === 1 ? undefined : page });

const placeOf = ({ portalId, id }: DeveloperDetails): DeveloperPlace => ({ portalId, developerId: id });

const badgeHtml = (status: DeveloperStatus) =>
  html`<span class="badge badge-${STATUS_WORDS[status].kind}">${STATUS_WORDS[status].text}</span>`;

/** The form that the boxes in the table belong to. */
const MANY_FORM = 'many';

const tableOf = (ctx: AdminContext, developers: readonly DeveloperDetails[], canDecide: boolean) => ({
  caption: 'Developers',
  head: [
    ...(canDecide ? [{ text: 'Choose' }] : []),
    { text: 'Name' },
    { text: 'Status' },
    { text: 'Applications', numeric: true },
    { text: 'Since' },
  ],
  rows: developers.map((developer) => [
    ...(canDecide
      ? [
          {
            html: html`<input type="checkbox" name="developer" value="${developer.id}" form="${MANY_FORM}" aria-label="Choose ${developer.fullName}">`,
          },
        ]
      : []),
    {
      html: html`<a class="row-name" href="${developerPaths.developer(ctx.region, placeOf(developer))}">${developer.fullName}</a><span class="row-text">${developer.email}${developer.emailVerifiedAt === null && ' (not confirmed)'}</span>`,
      header: true,
    },
    { html: badgeHtml(developer.status) },
    { text: String(developer.applicationCount), numeric: true },
    { html: timeHtml(developer.createdAt) },
  ]),
});

const filtersOf = (ctx: AdminContext, portal: PortalDetails, view: DeveloperView) => ({
  action: developerPaths.list(ctx.region, portal.id),
  label: 'Filter developers',
  fold: filtersText(view.search, view.status),
  fields: [
    { id: 'filter-q', name: 'q', label: 'Name or e-mail', type: 'search', value: view.search },
    {
      ...{ id: 'filter-status', name: 'status', label: 'Status', type: 'select', value: view.status ?? '' },
      options: [{ value: '', text: 'All' }, ...DEVELOPER_STATUSES.map((value) => ({ value, text: STATUS_WORDS[value].text }))],
    },
  ],
  clearHref: view.search === '' && view.status === undefined ? false : developerPaths.list(ctx.region, portal.id),
});

const emptyOf = (ctx: AdminContext, portal: PortalDetails) =>
  portal.developerCount > 0
    ? {
        icon: 'search',
        title: 'No developer fits these filters',
        action: { text: 'Show all developers', href: developerPaths.list(ctx.region, portal.id) },
      }
    : {
        icon: 'user',
        title: 'Nobody has signed up yet',
        text: portal.isPublic
          ? 'In a public portal nobody signs up: make it private in its settings if developers are to register applications.'
          : 'Developers sign up on the portal’s own pages; those who have to be approved show under Requests.',
      };

/** The developers of a portal. */
export const listModel = (
  ctx: AdminContext,
  portal: PortalDetails,
  view: DeveloperView,
  found: Listed<DeveloperDetails>,
  form: FormState,
) => {
  const canDecide = may(ctx.actor, 'portal.administer', portal.id) && found.items.length > 0;
  return {
    form,
    filters: portal.developerCount === 0 ? false : filtersOf(ctx, portal, view),
    summary: counted(found.total, 'developer', 'developers'),
    table: found.items.length > 0 ? tableOf(ctx, found.items, canDecide) : false,
    many: canDecide
      ? { id: MANY_FORM, action: developerPaths.decide(ctx.region, portal.id), fields: shownFields(form, STATUS_FIELDS) }
      : false,
    empty: found.items.length === 0 ? emptyOf(ctx, portal) : false,
    pagination: paginate(found, (page) => listHref(ctx, portal, { ...view, page })) ?? false,
  };
};

const SHOWN_APPLICATIONS = 20;

const applicationsOf = async (ctx: AdminContext, { portalId, id }: DeveloperDetails): Promise<readonly ApplicationDetails[]> => {
  const { items } = await listApplications(ctx, portalId, {
    filters: [{ field: 'developer_id', op: 'eq', value: id }],
    sort: [{ field: 'created_at', direction: 'desc' }],
    page: { number: 1, size: SHOWN_APPLICATIONS },
  });
  return items;
};

/** One developer: who they are, what they have, and what can be decided. */
export const developerModel = async (ctx: AdminContext, developer: DeveloperDetails, form?: FormState) => {
  const place = placeOf(developer);
  const canDecide = may(ctx.actor, 'portal.administer', developer.portalId);
  const { items: teams } = await listTeamsOfDeveloper(ctx, place, { filters: [], sort: [], page: { number: 1, size: 100 } });
  const applications = await applicationsOf(ctx, developer);
  const shown = form ?? emptyForm({ status: developer.status });
  return {
    badge: STATUS_WORDS[developer.status],
    reason: developer.statusReason ?? false,
    email: developer.email,
    verifiedAt: developer.emailVerifiedAt ?? false,
    createdAt: developer.createdAt,
    id: developer.id,
    teams: teams.map(({ name }) => name),
    applications: applications.map(({ id, name, registrationCount, createdAt }) => ({
      name,
      href: applicationPaths.application(ctx.region, { portalId: developer.portalId, applicationId: id }),
      text: counted(registrationCount, 'registration', 'registrations'),
      createdAt,
    })),
    form: shown,
    decision: canDecide ? { action: developerPaths.status(ctx.region, place), fields: shownFields(shown, STATUS_FIELDS) } : false,
    deleteHref: canDecide ? developerPaths.delete(ctx.region, place) : false,
  };
};

/** What goes with a developer. */
export const deletionOf = (ctx: AdminContext, developer: DeveloperDetails): Confirmation => ({
  text: 'This cannot be undone. What goes with it:',
  consequences: [
    `the account of ${developer.email}, with sessions and memberships; the address may sign up anew`,
    `${counted(developer.applicationCount, 'application', 'applications')}, with registrations and keys: keys stop working at once`,
    'all mails to this developer; the audit trail keeps a mere id',
  ],
  action: developerPaths.delete(ctx.region, placeOf(developer)),
  submit: 'Delete developer',
  cancelHref: developerPaths.developer(ctx.region, placeOf(developer)),
});
