import { may } from '../../../domain/access/index.ts';
import type { ApplicationDetails } from '../../../domain/applications/index.ts';
import type { Listed } from '../../../domain/listing.ts';
import type { PortalDetails } from '../../../domain/portals/index.ts';
import { canDecide, listRegistrations, noLongerFits, type RegistrationDetails } from '../../../domain/registrations/index.ts';
import type { FormState } from '../../../http/forms.ts';
import { counted, paginate } from '../../../http/pagination.ts';
import { html } from '../../../lib/html.ts';
import type { Confirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { filtersText } from '../filters.ts';
import { type ApplicationPlace, applicationPaths, developerPaths } from '../portals/paths.ts';
import { publicationPaths } from '../products/paths.ts';
import { timeHtml } from '../time.ts';
import { NEXT, STATUS_BADGES } from './forms.ts';
import { UNFITTING } from './unfitting.ts';

export interface ApplicationView {
  readonly search: string;
  readonly page: number;
}

export const placeOf = ({ portalId, id }: ApplicationDetails): ApplicationPlace => ({ portalId, applicationId: id });

const strategyName = ({ authStrategy }: ApplicationDetails): string => authStrategy?.displayName ?? 'Auth strategy deleted';

const tableOf = (ctx: AdminContext, applications: readonly ApplicationDetails[]) => ({
  caption: 'Applications',
  head: [
    { text: 'Name' },
    { text: 'Developer' },
    { text: 'Auth strategy' },
    { text: 'Registrations', numeric: true },
    { text: 'Since' },
  ],
  rows: applications.map((application) => [
    { text: application.name, href: applicationPaths.application(ctx.region, placeOf(application)), header: true },
    { html: html`${application.developerName}<span class="row-text">${application.developerEmail}</span>` },
    { text: strategyName(application) },
    { text: String(application.registrationCount), numeric: true },
    { html: timeHtml(application.createdAt) },
  ]),
});

/** The applications in a portal. */
export const listModel = (ctx: AdminContext, portal: PortalDetails, view: ApplicationView, found: Listed<ApplicationDetails>) => {
  const action = applicationPaths.list(ctx.region, portal.id);
  const isWhole = view.search === '';
  return {
    filters:
      portal.applicationCount === 0
        ? false
        : {
            ...{ action, label: 'Filter applications', clearHref: isWhole ? false : action },
            fold: filtersText(view.search),
            fields: [
              { id: 'filter-q', name: 'q', label: 'Application, or e-mail of its developer', type: 'search', value: view.search },
            ],
          },
    summary: counted(found.total, 'application', 'applications'),
    table: found.items.length > 0 ? tableOf(ctx, found.items) : false,
    empty:
      found.items.length > 0
        ? false
        : isWhole
          ? {
              icon: 'key',
              title: 'No application yet',
              text: 'Developers create applications when they register for a version of an API product.',
            }
          : {
              icon: 'search',
              title: `No application matches “${view.search}”`,
              action: { text: 'Show all applications', href: action },
            },
    pagination:
      paginate(found, (page) =>
        applicationPaths.list(ctx.region, portal.id, { q: view.search, page: page === 1 ? undefined : page }),
      ) ?? false,
  };
};

const MAX_REGISTRATIONS = 100;

const registrationOf = (ctx: AdminContext, place: ApplicationPlace, registration: RegistrationDetails) => {
  const decides = canDecide(ctx.actor, registration);
  return {
    title: `${registration.productName} ${registration.versionName}`,
    badge: STATUS_BADGES[registration.status],
    reason: registration.statusReason ?? false,
    unfitting: noLongerFits(registration) && {
      text: UNFITTING,
      href: may(ctx.actor, 'product.read', registration.productId)
        ? publicationPaths.portals(ctx.region, registration.productId)
        : false,
    },
    createdAt: registration.createdAt,
    action: applicationPaths.registration(ctx.region, place, registration.id, 'decide'),
    expected: registration.status,
    buttons: decides ? NEXT[registration.status] : [],
    deleteHref: decides ? applicationPaths.registration(ctx.region, place, registration.id, 'delete') : false,
  };
};

/** One application: whose it is, and what it is registered for. */
export const applicationModel = async (ctx: AdminContext, application: ApplicationDetails, form: FormState) => {
  const place = placeOf(application);
  const { portalId, developerId } = application;
  const found = await listRegistrations(ctx, place, {
    ...{ filters: [], sort: [{ field: 'created_at', direction: 'desc' }] },
    page: { number: 1, size: MAX_REGISTRATIONS },
  });
  const canEdit = may(ctx.actor, 'portal.decide', portalId);
  return {
    form,
    description: application.description ?? false,
    editHref: canEdit ? applicationPaths.edit(ctx.region, place) : false,
    deleteHref: canEdit ? applicationPaths.delete(ctx.region, place) : false,
    registrations: found.items.map((registration) => registrationOf(ctx, place, registration)),
    facts: {
      developer: application.developerName,
      developerHref: developerPaths.developer(ctx.region, { portalId, developerId }),
      email: application.developerEmail,
      strategy: strategyName(application),
      referenceId: application.referenceId,
      id: application.id,
      createdAt: application.createdAt,
    },
  };
};

/** What goes with an application. */
export const deletionOf = (ctx: AdminContext, application: ApplicationDetails): Confirmation => ({
  text: 'This cannot be undone. What goes with it:',
  consequences: [
    counted(application.registrationCount, 'registration', 'registrations'),
    'all of its API keys: they stop working at once',
  ],
  action: applicationPaths.delete(ctx.region, placeOf(application)),
  submit: 'Delete application',
  cancelHref: applicationPaths.application(ctx.region, placeOf(application)),
});
