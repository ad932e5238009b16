import { listAuthStrategies } from '../../../domain/auth-strategies/index.ts';
import type { PortalDetails } from '../../../domain/portals/index.ts';
import { listVersions, type Product, type Version } from '../../../domain/products/index.ts';
import {
  listPortalsOfProducts,
  listPublicationsOfVersions,
  mayOpen,
  mayPublish,
  type Publication,
  type VersionPublication,
} from '../../../domain/publications/index.ts';
import { countUnfittingRegistrations } from '../../../domain/registrations/index.ts';
import { type FieldSpec, shownFields } from '../../../http/form-fields.ts';
import type { FormState } from '../../../http/forms.ts';
import { counted } from '../../../http/pagination.ts';
import { html } from '../../../lib/html.ts';
import { allOf } from '../all.ts';
import type { AdminContext } from '../context.ts';
import { calledAs } from '../names.ts';
import { addressOf } from '../portals/frame.ts';
import { portalPaths } from '../portals/paths.ts';
import { publicationPaths } from '../products/paths.ts';
import { readablePortals } from '../products/portals.ts';
import { stateOf } from '../versions/table.ts';
import { type Can, CONSOLE_PROXY, NOTIFY, openingFields, STATE_FIELDS } from './forms.ts';

const NEWEST_FIRST = [{ field: 'created_at', direction: 'desc' }] as const;

/** All versions of a product, the newest first. */
export const versionsOf = (ctx: AdminContext, { id }: Product): Promise<Version[]> =>
  allOf((page) => listVersions(ctx, id, { filters: [], sort: NEWEST_FIRST, page }));

/** What the actor may decide about a product in a portal. */
export const canOf = ({ actor }: AdminContext, productId: Product['id'], portalId: PortalDetails['id']): Can => ({
  publish: mayPublish(actor, { portalId, productId }),
  open: mayOpen(actor, { portalId, productId }),
});

const registrationOf = ({ applicationRegistrationEnabled, autoApproveRegistration }: VersionPublication): string =>
  applicationRegistrationEnabled ? (autoApproveRegistration ? 'Open, approved automatically' : 'Open') : 'Closed';

const registrationHtml = (publication: VersionPublication | undefined, unfitting = 0) =>
  html`${publication ? registrationOf(publication) : 'Closed'}${
    unfitting > 0 &&
    html`<span class="row-text">${counted(unfitting, 'registration no longer fits', 'registrations no longer fit')}</span>`
  }`;

/** The portals that an administrator sees, and how the versions of a product stand in each. */
export const portalsModel = async (ctx: AdminContext, product: Product) => {
  const { region } = ctx;
  const versions = await versionsOf(ctx, product);
  const assigned = (await listPortalsOfProducts(ctx, [product.id])).get(product.id) ?? [];
  const ids = versions.map(({ id }) => id);
  const publications = await listPublicationsOfVersions(ctx, ids);
  const unfitting = await countUnfittingRegistrations(ctx, ids);
  const rowOf = (portal: PortalDetails, version: Version, can: Can) => {
    const publication = publications.get(version.id)?.find(({ portalId }) => portalId === portal.id);
    const strategy = publication?.authStrategies[0];
    const state = publication ? stateOf(publication, assigned) : { text: 'Unpublished', kind: 'neutral' };
    const href = publicationPaths.publication(region, { productId: product.id, versionId: version.id, portalId: portal.id });
    return [
      { text: version.name, header: true },
      { html: html`<span class="badge badge-${state.kind}">${state.text}</span>` },
      { text: strategy ? calledAs(strategy) : 'Not required' },
      {
        html: registrationHtml(
          publication,
          unfitting.find((of) => of.portalId === portal.id && of.versionId === version.id)?.count,
        ),
      },
      {
        html:
          can.publish || can.open
            ? html`<a href="${href}">Change<span class="visually-hidden"> ${version.name} in ${calledAs(portal)}</span></a>`
            : html``,
      },
    ];
  };
  const portalOf = (portal: PortalDetails) => {
    const can = canOf(ctx, product.id, portal.id);
    const isAssigned = assigned.some(({ portalId }) => portalId === portal.id);
    const name = calledAs(portal);
    return {
      id: `portal-${portal.id}`,
      name,
      href: portalPaths.portal(region, portal.id),
      visitHref: isAssigned && `${addressOf(ctx, portal)}docs/${product.slug}`,
      access: portal.isPublic ? 'Public' : 'Private',
      state: isAssigned ? { text: 'Shows this product', kind: 'success' } : { text: 'Does not show it', kind: 'neutral' },
      assignment: can.publish && {
        action: publicationPaths.assignment(region, product.id, portal.id),
        status: isAssigned ? 'unpublished' : 'published',
        text: isAssigned ? 'Take out' : 'Add to portal',
        label: isAssigned ? `Take out of ${name}` : `Add to portal ${name}`,
      },
      table: versions.length > 0 && {
        caption: `Versions in ${name}`,
        head: [{ text: 'Version' }, { text: 'State' }, { text: 'Authentication' }, { text: 'Registration' }, { text: 'Change' }],
        rows: versions.map((version) => rowOf(portal, version, can)),
      },
    };
  };
  return { portals: (await readablePortals(ctx)).map(portalOf), hasVersions: versions.length > 0 };
};

/** The strategies that the actor may choose, and the one that is chosen already. */
const strategyOptions = async (ctx: AdminContext, chosen: Publication | undefined) => {
  const strategies = await allOf((page) => listAuthStrategies(ctx, { filters: [], sort: [], page }));
  const named = [...(chosen?.authStrategies ?? []), ...strategies];
  return [...new Map(named.map((strategy) => [strategy.id, { value: strategy.id, text: calledAs(strategy) }])).values()];
};

/** The fields of a publication that somebody may decide. */
export const publicationFields = async (ctx: AdminContext, form: FormState, can: Can, publication: Publication | undefined) => {
  const specs: readonly FieldSpec[] = [
    ...(can.publish ? STATE_FIELDS : []),
    ...(can.open ? [...openingFields(await strategyOptions(ctx, publication)), CONSOLE_PROXY] : []),
    NOTIFY,
  ];
  return shownFields(form, specs);
};

/** The page that publishes a version to portals. */
export const publishModel = async (
  ctx: AdminContext,
  product: Product,
  version: Version | undefined,
  versions: readonly Version[],
  form: FormState,
) => {
  const { region } = ctx;
  const publications = version ? ((await listPublicationsOfVersions(ctx, [version.id])).get(version.id) ?? []) : [];
  const assigned = (await listPortalsOfProducts(ctx, [product.id])).get(product.id) ?? [];
  const isShown = (id: string): boolean =>
    assigned.some(({ portalId }) => portalId === id) &&
    publications.some(({ portalId, publishStatus }) => portalId === id && publishStatus === 'published');
  const portals = (await readablePortals(ctx)).filter(({ id }) => canOf(ctx, product.id, id).publish);
  const open = portals.filter(({ id }) => !isShown(id));
  const chosen = new Set([form.values['portals'] ?? (open.length === 1 ? open[0]?.id : [])].flat());
  const mayOpenSome = open.some(({ id }) => canOf(ctx, product.id, id).open);
  const fields = [...(mayOpenSome ? openingFields(await strategyOptions(ctx, undefined)) : []), NOTIFY];
  return {
    form,
    versions: versions.map(({ id, name }) => ({ value: id, text: name, selected: id === version?.id })),
    version: version?.id ?? '',
    portals: open.map((portal) => ({
      ...{ value: portal.id, text: calledAs(portal), checked: chosen.has(portal.id) },
      hint: portal.isPublic ? 'Public: anyone reads it, nobody registers.' : 'Private: its developers read it.',
    })),
    shownIn: portals
      .filter(({ id }) => isShown(id))
      .map(calledAs)
      .join(', '),
    hasPortals: portals.length > 0,
    fields: shownFields(form, fields),
    action: publicationPaths.publish(region, product.id),
    cancelHref: publicationPaths.portals(region, product.id),
  };
};
