import type { Request, Response } from 'express';
import { demand, may, require } from '../../../domain/access/index.ts';
import {
  type ApplicationDetails,
  deleteApplication,
  getApplication,
  listApplications,
  updateApplication,
} from '../../../domain/applications/index.ts';
import type { ApplicationId, RegistrationId } from '../../../domain/ids.ts';
import { canDecide, decideRegistration, deleteRegistration, getRegistration } from '../../../domain/registrations/index.ts';
import { shownField } from '../../../http/form-fields.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { pathId } from '../../../http/input.ts';
import type { Breadcrumb } from '../../../http/layout-model.ts';
import { queryPage, queryText } from '../../../http/page-query.ts';
import type { Route } from '../../../http/routes.ts';
import { sendConfirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { sendForm } from '../form.ts';
import { paths } from '../paths.ts';
import { portalIdOf, portalOf, portalTrail, sendPortalPart } from '../portals/frame.ts';
import { type ApplicationPlace, applicationPaths } from '../portals/paths.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { APPLICATION_FIELDS, applicationForm, decisionForm, deletionForm, REASON_FIELD, STATUS_BADGES } from './forms.ts';
import { applicationModel, deletionOf, listModel } from './pages.ts';

const PAGE_SIZE = 50;

const showList = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const portal = await portalOf(req, ctx);
  const view = { search: queryText(req, 'q'), page: queryPage(req) };
  const field = view.search.includes('@') ? 'developer_email' : 'name';
  const found = await listApplications(ctx, portal.id, {
    filters: view.search === '' ? [] : [{ field, op: 'contains', value: view.search }],
    sort: [{ field: 'created_at', direction: 'desc' }],
    page: { number: view.page, size: PAGE_SIZE },
  });
  const model = listModel(ctx, portal, view, found);
  await sendPortalPart(req, res, ctx, { portal, part: 'applications', template: 'admin/applications/list.njk' }, model);
};

const placeOf = (req: Request): ApplicationPlace => ({
  portalId: portalIdOf(req),
  applicationId: pathId<ApplicationId>(req, 'applicationId', 'Application'),
});

const trailOf = async (
  req: Request,
  ctx: AdminContext,
  application?: Pick<ApplicationDetails, 'name'>,
): Promise<Breadcrumb[]> => {
  const portal = await portalOf(req, ctx);
  return [
    ...portalTrail(ctx, portal),
    { label: 'Applications', href: applicationPaths.list(ctx.region, portal.id) },
    ...(application ? [{ label: application.name, href: applicationPaths.application(ctx.region, placeOf(req)) }] : []),
  ];
};

const sendApplication = async (req: Request, res: Response, ctx: AdminContext, form = emptyForm()): Promise<void> => {
  const application = await getApplication(ctx, placeOf(req));
  const head = { title: application.name, breadcrumbs: await trailOf(req, ctx) };
  await sendPage(req, res, ctx, 'admin/applications/application.njk', head, await applicationModel(ctx, application, form));
};

const toEdit = async (req: Request, ctx: AdminContext): Promise<ApplicationDetails> => {
  const application = await getApplication(ctx, placeOf(req));
  demand(ctx.actor, 'portal.decide', application.portalId, 'Application');
  return application;
};

const sendEdit = async (req: Request, res: Response, ctx: AdminContext, given?: FormState): Promise<void> => {
  const application = await toEdit(req, ctx);
  const head = { title: `Edit ${application.name}`, breadcrumbs: await trailOf(req, ctx, application) };
  await sendForm(req, res, ctx, head, {
    form: given ?? emptyForm({ name: application.name, description: application.description ?? '' }),
    fields: APPLICATION_FIELDS,
    action: applicationPaths.edit(ctx.region, placeOf(req)),
    submit: 'Save',
    cancelHref: applicationPaths.application(ctx.region, placeOf(req)),
  });
};

const edit = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, applicationForm, {
    act: async ({ name, description }) => {
      await updateApplication(ctx, placeOf(req), { name, description: description || null });
      redirectWith(req, res, ctx, applicationPaths.application(ctx.region, placeOf(req)), 'Your changes are saved.');
    },
    again: (form) => sendEdit(req, res, ctx, form),
  });

const showDeletion = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const application = await toEdit(req, ctx);
  const head = { title: `Delete ${application.name}?`, breadcrumbs: await trailOf(req, ctx, application) };
  await sendConfirmation(req, res, ctx, head, deletionOf(ctx, application));
};

const remove = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { name, portalId } = await toEdit(req, ctx);
  await deleteApplication(ctx, placeOf(req));
  redirectWith(req, res, ctx, applicationPaths.list(ctx.region, portalId), `“${name}” is deleted.`);
};

const registrationOf = (req: Request) => ({
  ...placeOf(req),
  registrationId: pathId<RegistrationId>(req, 'registrationId', 'Registration'),
});

/** Where one comes from: whoever decides for a product only does not see the application. */
const backOf = (req: Request, { actor, region }: AdminContext): string =>
  may(actor, 'portal.read', portalIdOf(req)) ? applicationPaths.application(region, placeOf(req)) : paths.requests(region);

const decide = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, decisionForm, {
    act: async ({ status, reason, expected }) => {
      const { productName, versionName } = await decideRegistration(ctx, registrationOf(req), { status, reason, expected });
      const notice = `${productName} ${versionName}: ${STATUS_BADGES[status].text.toLowerCase()}.`;
      redirectWith(req, res, ctx, backOf(req, ctx), notice);
    },
    again: (form) => sendApplication(req, res, ctx, form),
  });

const sendRegistrationDeletion = async (req: Request, res: Response, ctx: AdminContext, form = emptyForm()): Promise<void> => {
  const registration = await getRegistration(ctx, registrationOf(req));
  require(canDecide(ctx.actor, registration));
  const { id, productName, versionName, applicationName: name } = registration;
  const backHref = backOf(req, ctx);
  const isSeen = may(ctx.actor, 'portal.read', registration.portalId);
  const head = {
    title: `Delete the registration for ${productName} ${versionName}?`,
    breadcrumbs: isSeen ? await trailOf(req, ctx, { name }) : [{ label: 'Requests', href: backHref }],
  };
  await sendConfirmation(req, res, ctx, head, {
    text: 'The application stops being let through at once. Its developer may ask for this version again.',
    fields: [shownField(form, REASON_FIELD)],
    action: applicationPaths.registration(ctx.region, placeOf(req), id, 'delete'),
    submit: 'Delete registration',
    cancelHref: backHref,
    form,
  });
};

const removeRegistration = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, deletionForm, {
    act: async ({ reason }) => {
      await deleteRegistration(ctx, registrationOf(req), reason || null);
      redirectWith(req, res, ctx, backOf(req, ctx), 'The registration is deleted.');
    },
    again: (form) => sendRegistrationDeletion(req, res, ctx, form),
  });

const access = 'administrator';
const LIST = '/:region/portals/:portalId/applications';
const ONE = `${LIST}/:applicationId`;
const REGISTRATION = `${ONE}/registrations/:registrationId`;

export const applicationRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: LIST, access, audit: null, handler: showList },
  { method: 'get', path: ONE, access, audit: null, handler: (req, res, ctx) => sendApplication(req, res, ctx) },
  { method: 'get', path: `${ONE}/edit`, access, audit: null, handler: (req, res, ctx) => sendEdit(req, res, ctx) },
  { method: 'post', path: `${ONE}/edit`, access, audit: 'application.updated', handler: edit },
  { method: 'get', path: `${ONE}/delete`, access, audit: null, handler: showDeletion },
  { method: 'post', path: `${ONE}/delete`, access, audit: 'application.deleted', handler: remove },
  { method: 'post', path: `${REGISTRATION}/decide`, access, audit: 'registration.approved', handler: decide },
  {
    ...{ method: 'get', path: `${REGISTRATION}/delete`, access, audit: null },
    handler: (req, res, ctx) => sendRegistrationDeletion(req, res, ctx),
  },
  { method: 'post', path: `${REGISTRATION}/delete`, access, audit: 'registration.deleted', handler: removeRegistration },
];
