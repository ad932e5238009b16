import type { Request, Response } from 'express';
import { z } from 'zod';
import { require } from '../../../domain/access/index.ts';
import { DomainError, forbidden, notFound } from '../../../domain/errors.ts';
import type { PortalId } from '../../../domain/ids.ts';
import { getPortal, type PortalDetails } from '../../../domain/portals/index.ts';
import type { Product, Version } from '../../../domain/products/index.ts';
import {
  deletePublication,
  getPublication,
  NOTHING_DECIDED,
  PUBLISH_STATUSES,
  type Publication,
  publishProducts,
  publishVersion,
  putPublication,
  updatePublication,
} from '../../../domain/publications/index.ts';
import { shownField } from '../../../http/form-fields.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { pathId } from '../../../http/input.ts';
import { queryText } from '../../../http/page-query.ts';
import type { Route } from '../../../http/routes.ts';
import { sendConfirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { calledAs } from '../names.ts';
import { mayPublishSomewhere, productOf, productTrail, sendProductPart } from '../products/frame.ts';
import { publicationPaths } from '../products/paths.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { type ShownVersion, versionOf } from '../versions/version.ts';
import {
  type Can,
  changesOf,
  NOTIFY,
  PUBLICATION_NAMES,
  type PublicationInput,
  publicationForm,
  publicationValues,
  publishForm,
} from './forms.ts';
import { canOf, portalsModel, publicationFields, publishModel, versionsOf } from './pages.ts';
import { sendStrategyQuestion, unfittingIn, unfittingText } from './strategy-change.ts';

const showPortals = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  const model = await portalsModel(ctx, product);
  await sendProductPart(req, res, ctx, { product, part: 'portals', template: 'admin/publications/portals.njk' }, model);
};

const assignmentForm = z.object({ status: z.enum(PUBLISH_STATUSES) });

const assign = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  const portalId = pathId<PortalId>(req, 'portalId', 'Portal');
  const back = publicationPaths.portals(ctx.region, product.id);
  await handleForm(req, res, assignmentForm, {
    act: async ({ status }) => {
      await publishProducts(ctx, portalId, { [product.id]: status });
      const name = calledAs(await getPortal(ctx, portalId));
      redirectWith(req, res, ctx, back, status === 'published' ? `${name} shows the product.` : `${name} no longer shows it.`);
    },
    again: () => res.redirect(303, back),
  });
};

const sendPublish = async (
  req: Request,
  res: Response,
  ctx: AdminContext,
  product: Product,
  { wanted, form }: { readonly wanted: unknown; readonly form: FormState },
): Promise<void> => {
  require(mayPublishSomewhere(ctx.actor, product.id));
  const versions = await versionsOf(ctx, product);
  const version: Version | undefined = versions.find(({ id }) => id === wanted) ?? versions[0];
  const head = { title: `Publish ${product.name}`, breadcrumbs: productTrail(ctx, product) };
  const model = await publishModel(ctx, product, version, versions, form);
  await sendPage(req, res, ctx, 'admin/publications/publish.njk', head, model);
};

const showPublish = async (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  sendPublish(req, res, ctx, await productOf(req, ctx), { wanted: queryText(req, 'version'), form: emptyForm() });

const publish = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  const back = publicationPaths.portals(ctx.region, product.id);
  await handleForm(req, res, publishForm, {
    act: async ({ version: versionId, portals, strategy, registration, autoApprove, notify, confirmed }) => {
      const unfitting = strategy && !confirmed ? await unfittingIn(ctx, versionId, portals, strategy) : undefined;
      const head = { title: 'Change the authentication?', breadcrumbs: productTrail(ctx, product) };
      if (unfitting && unfitting.total > 0) return sendStrategyQuestion(req, res, ctx, head, unfitting, back);
      await publishVersion(ctx, { productId: product.id, versionId }, portals, {
        authStrategyIds: strategy && [strategy],
        applicationRegistrationEnabled: registration && true,
        autoApproveRegistration: autoApprove && true,
        notifyDevelopers: notify !== undefined,
      });
      const where = portals.length === 1 ? 'the portal' : `${portals.length} portals`;
      redirectWith(req, res, ctx, back, `Published to ${where}.`);
    },
    again: (form) => sendPublish(req, res, ctx, product, { wanted: form.values['version'], form }),
    names: PUBLICATION_NAMES,
  });
};

/** A version in a portal, on the page that changes how it stands there. */
interface ShownPublication extends ShownVersion {
  readonly portal: PortalDetails;
  readonly publication: Publication | undefined;
  readonly can: Can;
}

/** The version and the portal that an address names. @throws not-found; forbidden for who may decide nothing there */
const publicationOf = async (req: Request, ctx: AdminContext): Promise<ShownPublication> => {
  const shown = await versionOf(req, ctx);
  const portal = await getPortal(ctx, pathId<PortalId>(req, 'portalId', 'Portal'));
  const can = canOf(ctx, shown.product.id, portal.id);
  if (!can.publish && !can.open) throw forbidden();
  const publication = await getPublication(ctx, { portalId: portal.id, versionId: shown.version.id }).catch(absent);
  return { ...shown, portal, publication, can };
};

const absent = (error: unknown): undefined => {
  if (error instanceof DomainError && error.kind === 'not-found') return undefined;
  throw error;
};

/** What should be known of a version in a portal before it is changed there. */
const introOf = async (
  ctx: AdminContext,
  version: Version,
  portal: PortalDetails,
  publication: Publication | undefined,
): Promise<string> => {
  const strategy = publication?.authStrategies[0]?.id;
  const unfitting = publication && (await unfittingIn(ctx, version.id, [portal.id], strategy));
  return [
    ...(portal.isPublic ? ['This portal is public: anyone reads it, and nobody registers applications.'] : []),
    ...(unfitting && unfitting.total > 0 ? [unfittingText(unfitting)] : []),
  ].join(' ');
};

const sendPublication = async (
  req: Request,
  res: Response,
  ctx: AdminContext,
  { product, version, ref, portal, publication, can }: ShownPublication,
  form: FormState,
): Promise<void> => {
  const portals = { label: 'Dev Portals', href: publicationPaths.portals(ctx.region, product.id) };
  const head = { title: `${version.name} in ${calledAs(portal)}`, breadcrumbs: [...productTrail(ctx, product), portals] };
  await sendPage(req, res, ctx, 'admin/shared/form.njk', head, {
    intro: await introOf(ctx, version, portal, publication),
    form,
    fields: await publicationFields(ctx, form, can, publication),
    action: publicationPaths.publication(ctx.region, { ...ref, portalId: portal.id }),
    submit: 'Save',
    cancelHref: portals.href,
    ...(publication && can.publish
      ? { deleteHref: publicationPaths.remove(ctx.region, { ...ref, portalId: portal.id }), deleteText: 'Take out' }
      : {}),
  });
};

const showPublication = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const shown = await publicationOf(req, ctx);
  await sendPublication(req, res, ctx, shown, emptyForm(publicationValues(shown.publication)));
};

/** Whether registrations stand in the way of a change, which nobody has confirmed yet; asks then. */
const hasAsked = async (
  req: Request,
  res: Response,
  ctx: AdminContext,
  { product, version, portal, publication, can }: ShownPublication,
  { strategy, confirmed }: PublicationInput,
): Promise<boolean> => {
  if (!can.open || confirmed || !publication || strategy === publication.authStrategies[0]?.id) return false;
  const unfitting = await unfittingIn(ctx, version.id, [portal.id], strategy);
  if (unfitting.total === 0) return false;
  const head = { title: 'Change the authentication?', breadcrumbs: productTrail(ctx, product) };
  await sendStrategyQuestion(req, res, ctx, head, unfitting, publicationPaths.portals(ctx.region, product.id));
  return true;
};

const editPublication = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const shown = await publicationOf(req, ctx);
  const { product, version, portal, publication, can } = shown;
  await handleForm(req, res, publicationForm, {
    act: async (input) => {
      if (await hasAsked(req, res, ctx, shown, input)) return;
      const ref = { portalId: portal.id, versionId: version.id };
      const changes = { ...changesOf(input, can), notifyDevelopers: input.notify !== undefined };
      await (publication ? updatePublication(ctx, ref, changes) : putPublication(ctx, ref, { ...NOTHING_DECIDED, ...changes }));
      const back = publicationPaths.portals(ctx.region, product.id);
      redirectWith(req, res, ctx, back, `${version.name} is changed in ${calledAs(portal)}.`);
    },
    again: (form) => sendPublication(req, res, ctx, shown, form),
    names: PUBLICATION_NAMES,
  });
};

const sendRemoval = async (req: Request, res: Response, ctx: AdminContext, form = emptyForm()): Promise<void> => {
  const { product, version, ref, portal, publication, can } = await publicationOf(req, ctx);
  require(can.publish);
  if (!publication) throw notFound('Portal product version');
  const place = { ...ref, portalId: portal.id };
  const portals = { label: 'Dev Portals', href: publicationPaths.portals(ctx.region, product.id) };
  const head = {
    title: `Take ${version.name} out of ${calledAs(portal)}?`,
    breadcrumbs: [...productTrail(ctx, product), portals],
  };
  await sendConfirmation(req, res, ctx, head, {
    text: 'Its developers no longer find this version.',
    consequences: [
      'What was decided about it there is forgotten: its state, its authentication, whether it accepts registrations.',
      'Registrations stay, and come back when it is published there again.',
    ],
    fields: [shownField(form, NOTIFY)],
    action: publicationPaths.remove(ctx.region, place),
    submit: 'Take out',
    cancelHref: publicationPaths.publication(ctx.region, place),
    form,
  });
};

const removalForm = z.object({ notify: z.literal('on').optional() });

const remove = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, removalForm, {
    act: async ({ notify }) => {
      const { product, version, portal } = await publicationOf(req, ctx);
      await deletePublication(ctx, { portalId: portal.id, versionId: version.id }, { notifyDevelopers: notify !== undefined });
      const back = publicationPaths.portals(ctx.region, product.id);
      redirectWith(req, res, ctx, back, `${version.name} is taken out of ${calledAs(portal)}.`);
    },
    again: (form) => sendRemoval(req, res, ctx, form),
  });

const access = 'administrator';
const PRODUCT = '/:region/products/:productId';

export const publicationRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: `${PRODUCT}/portals`, access, audit: null, handler: showPortals },
  { method: 'get', path: `${PRODUCT}/publish`, access, audit: null, handler: showPublish },
  { method: 'post', path: `${PRODUCT}/publish`, access, audit: 'publication.created', handler: publish },
  { method: 'post', path: `${PRODUCT}/portals/:portalId`, access, audit: 'product.assigned', handler: assign },
  { method: 'get', path: `${PRODUCT}/portals/:portalId/versions/:versionId`, access, audit: null, handler: showPublication },
  {
    ...{ method: 'post', path: `${PRODUCT}/portals/:portalId/versions/:versionId`, access },
    ...{ audit: 'publication.updated', handler: editPublication },
  },
  {
    ...{ method: 'get', path: `${PRODUCT}/portals/:portalId/versions/:versionId/remove`, access, audit: null },
    handler: (req, res, ctx) => sendRemoval(req, res, ctx),
  },
  {
    ...{ method: 'post', path: `${PRODUCT}/portals/:portalId/versions/:versionId/remove`, access },
    ...{ audit: 'publication.deleted', handler: remove },
  },
];
