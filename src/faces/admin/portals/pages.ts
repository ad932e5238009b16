import { may } from '../../../domain/access/index.ts';
import type { Listed } from '../../../domain/listing.ts';
import type { PortalDetails } from '../../../domain/portals/index.ts';
import { countRequests } from '../../../domain/requests/index.ts';
import type { FormState } from '../../../http/forms.ts';
import { counted, paginate } from '../../../http/pagination.ts';
import { html } from '../../../lib/html.ts';
import type { Confirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { filtersText } from '../filters.ts';
import { paths } from '../paths.ts';
import { timeHtml } from '../time.ts';
import { addressOf } from './frame.ts';
import { applicationPaths, developerPaths, portalPaths } from './paths.ts';

export interface PortalView {
  readonly search: string;
  readonly page: number;
}

const tableOf = (ctx: AdminContext, portals: readonly PortalDetails[]) => ({
  caption: 'Portals',
  head: [
    { text: 'Name' },
    { text: 'Address' },
    { text: 'Products', numeric: true },
    { text: 'Developers', numeric: true },
    { text: 'Updated' },
  ],
  rows: portals.map((portal) => [
    {
      html: html`<a class="row-name" href="${portalPaths.portal(ctx.region, portal.id)}">${portal.displayName}</a><span class="row-text">${portal.name} · ${portal.isPublic ? 'public' : 'private'}</span>`,
      ...{ header: true, long: true },
    },
    { text: new URL(addressOf(ctx, portal)).host, href: addressOf(ctx, portal) },
    { text: String(portal.productCount), numeric: true },
    { text: String(portal.developerCount), numeric: true },
    { html: timeHtml(portal.updatedAt) },
  ]),
});

const emptyOf = (ctx: AdminContext, { search }: PortalView) => {
  if (search !== '')
    return {
      icon: 'search',
      title: `No portal is called “${search}”`,
      action: { text: 'Show all portals', href: portalPaths.list(ctx.region) },
    };
  return {
    icon: 'globe',
    title: 'There are no portals yet',
    text: 'A portal is a site with an address and a look of its own, where developers read the API products that you publish there.',
    ...(may(ctx.actor, 'portal.create')
      ? { action: { text: 'Create the first portal', href: portalPaths.create(ctx.region) } }
      : {}),
  };
};

/** The list of portals. */
export const listModel = (ctx: AdminContext, view: PortalView, found: Listed<PortalDetails>) => ({
  createHref: may(ctx.actor, 'portal.create') ? portalPaths.create(ctx.region) : false,
  filters:
    found.total === 0 && view.search === ''
      ? false
      : {
          action: portalPaths.list(ctx.region),
          label: 'Filter portals',
          fold: filtersText(view.search),
          fields: [{ id: 'filter-q', name: 'q', label: 'Name', type: 'search', value: view.search }],
          clearHref: view.search === '' ? false : portalPaths.list(ctx.region),
        },
  summary: counted(found.total, 'portal', 'portals'),
  table: found.items.length > 0 ? tableOf(ctx, found.items) : false,
  empty: found.items.length === 0 ? emptyOf(ctx, view) : false,
  pagination:
    paginate(found, (page) => portalPaths.list(ctx.region, { q: view.search, page: page === 1 ? undefined : page })) ?? false,
});

const yesNo = (value: boolean): string => (value ? 'on' : 'off');

/** What a portal is, and what waits there. */
export const overviewModel = async (ctx: AdminContext, portal: PortalDetails) => {
  const reads = may(ctx.actor, 'portal.read', portal.id);
  const waiting = reads ? await countRequests(ctx, { portalId: portal.id }) : 0;
  const canVerify = portal.customDomain !== null && may(ctx.actor, 'portal.administer', portal.id);
  return {
    description: portal.description ?? false,
    waiting:
      waiting > 0
        ? {
            text: `${counted(waiting, 'request waits', 'requests wait')} for a decision.`,
            href: paths.requests(ctx.region, { portal: portal.id }),
          }
        : false,
    numbers: reads
      ? [
          { text: 'API products', value: portal.productCount, href: false },
          { text: 'Developers', value: portal.developerCount, href: developerPaths.list(ctx.region, portal.id) },
          { text: 'Applications', value: portal.applicationCount, href: applicationPaths.list(ctx.region, portal.id) },
        ]
      : [],
    verifyAction: canVerify ? portalPaths.verify(ctx.region, portal.id) : false,
    facts: {
      visibility: portal.isPublic ? 'Public: anyone reads it' : 'Private: approved developers only',
      address: addressOf(ctx, portal),
      defaultDomain: portal.defaultDomain,
      customDomain: portal.customDomain ?? false,
      customClientDomain: portal.customClientDomain ?? false,
      rbac: yesNo(portal.rbacEnabled),
      developers: yesNo(portal.autoApproveDevelopers),
      applications: yesNo(portal.autoApproveApplications),
      id: portal.id,
      createdAt: portal.createdAt,
    },
  };
};

/** What goes with a portal. */
export const deletionOf = (ctx: AdminContext, portal: PortalDetails, form?: FormState): Confirmation => ({
  text: 'This cannot be undone. What goes with it:',
  consequences: [
    `its address ${new URL(addressOf(ctx, portal)).host}, with settings and look`,
    `${counted(portal.developerCount, 'developer', 'developers')}, with accounts, teams and sessions`,
    `${counted(portal.applicationCount, 'application', 'applications')}, with registrations and keys: keys stop working at once`,
    `the publication of ${counted(portal.productCount, 'API product', 'API products')} there; the products stay`,
  ],
  fields: [
    {
      ...{ id: 'field-force', name: 'force', type: 'checkbox', label: 'Also if it has developers, or takes registrations' },
      ...(form?.errors['force'] === undefined ? {} : { error: form.errors['force'] }),
    },
  ],
  action: portalPaths.delete(ctx.region, portal.id),
  submit: 'Delete portal',
  cancelHref: portalPaths.portal(ctx.region, portal.id),
  ...(form ? { form } : {}),
});
