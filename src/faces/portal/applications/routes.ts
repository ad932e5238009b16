import type { Request, Response } from 'express';
import {
  type Application,
  deleteOwnApplication,
  getOwnApplication,
  listOwnApplications,
  updateOwnApplication,
} from '../../../domain/applications/index.ts';
import { listAllCredentials } from '../../../domain/credentials/index.ts';
import { notFound } from '../../../domain/errors.ts';
import { countOwnRegistrations, listOwnRegistrations } from '../../../domain/registrations/index.ts';
import { findVisibleVersions } from '../../../domain/visibility/index.ts';
import { shownFields } from '../../../http/form-fields.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { queryPage } from '../../../http/page-query.ts';
import { counted, paginate } from '../../../http/pagination.ts';
import type { Route } from '../../../http/routes.ts';
import type { PortalContext } from '../context.ts';
import { paths } from '../paths.ts';
import { curlOf } from './calls.ts';
import { NAMES, settingsFields, settingsValues, updateForm } from './forms.ts';
import { ownApplicationOf, ownerOf } from './owner.ts';
import { keyTable, listItem, proofFacts, registrationItem } from './pages.ts';
import { leadTo, send, trailOf } from './respond.ts';

const PAGE_SIZE = 20;

const showList = async (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const owner = ownerOf(ctx);
  const page = { number: queryPage(req), size: PAGE_SIZE };
  const listed = await listOwnApplications(ctx, owner, { filters: [], page });
  if (listed.items.length === 0 && page.number > 1) throw notFound('Page');
  const counts = await countOwnRegistrations(
    ctx,
    owner,
    listed.items.map(({ id }) => id),
  );
  await send(
    req,
    res,
    ctx,
    'list',
    { title: 'My applications', path: paths.applications() },
    {
      summary: counted(listed.total, 'application', 'applications'),
      items: listed.items.map((application) => listItem(application, counts.get(application.id))),
      createHref: paths.createApplication(),
      catalogueHref: paths.catalogue(),
      pagination: paginate(listed, (number) => paths.applications(number)) ?? false,
    },
  );
};

/** What an application is registered for, with a command to call each with that it may call. */
const registrationsOf = async (req: Request, ctx: PortalContext, application: Application) => {
  const page = { number: queryPage(req), size: PAGE_SIZE };
  const listed = await listOwnRegistrations(ctx, ownApplicationOf(req, ctx), { filters: [], page });
  const ids = listed.items.map(({ versionId }) => versionId);
  const versions = await findVisibleVersions(ctx, ctx.portal, ctx.visitor, ids);
  const items = listed.items.map(async (registration) => {
    const contentHash = versions.get(registration.versionId)?.specification?.contentHash;
    const isOpen = registration.status === 'approved' && registration.fits;
    const curl = isOpen ? await curlOf(ctx, { strategy: application.authStrategy, contentHash }) : undefined;
    return registrationItem(registration, { email: ctx.developer?.email ?? '', curl });
  });
  return {
    items: await Promise.all(items),
    pagination: paginate(listed, (number) => `${paths.application(application.id)}?page=${number}`) ?? false,
  };
};

/** The page of an application; with the form for a new key as it was sent, where something was wrong with it. */
export const showApplication = async (
  req: Request,
  res: Response,
  ctx: PortalContext,
  keyForm: FormState = emptyForm(),
): Promise<void> => {
  const own = ownApplicationOf(req, ctx);
  const application = await getOwnApplication(ctx, own);
  const isKeyed = application.authStrategy?.config.type === 'key_auth';
  const keys = isKeyed ? await listAllCredentials(ctx, own) : [];
  const { id, name } = application;
  await send(
    req,
    res,
    ctx,
    'application',
    { title: name, breadcrumbs: trailOf(application) },
    {
      description: application.description ?? '',
      updateHref: paths.application(id, 'update'),
      deleteHref: paths.application(id, 'delete'),
      catalogueHref: paths.catalogue(),
      registrations: await registrationsOf(req, ctx, application),
      facts: proofFacts(application),
      keys: isKeyed && {
        table: keys.length > 0 && keyTable(keys, ctx.now()),
        action: paths.application(id, 'keys'),
        fields: shownFields(keyForm, [
          {
            name: 'name',
            label: 'Name',
            optional: true,
            autocomplete: 'off',
            hint: 'Where it is used, such as “Server in Oslo”.',
          },
        ]),
        keyNames: application.authStrategy?.config.type === 'key_auth' ? application.authStrategy.config.keyNames : [],
      },
      summary: keyForm.summary,
    },
  );
};

const showUpdate = async (req: Request, res: Response, ctx: PortalContext, form?: FormState): Promise<void> => {
  const application = await getOwnApplication(ctx, ownApplicationOf(req, ctx));
  const { id, name, authStrategy } = application;
  const shown = form ?? emptyForm(settingsValues(application));
  await send(
    req,
    res,
    ctx,
    'form',
    { title: `Edit ${name}`, breadcrumbs: trailOf(application, { label: 'Edit' }) },
    {
      action: paths.application(id, 'update'),
      cancelHref: paths.application(id),
      submit: 'Save',
      fields: shownFields(shown, settingsFields(authStrategy)),
      summary: shown.summary,
    },
  );
};

const update = (req: Request, res: Response, ctx: PortalContext): Promise<void> =>
  handleForm(req, res, updateForm, {
    act: async (changes) => {
      const { id, name } = await updateOwnApplication(ctx, ownApplicationOf(req, ctx), changes);
      leadTo(req, res, ctx, paths.application(id), `${name} is saved.`);
    },
    again: (form) => showUpdate(req, res, ctx, form),
    names: NAMES,
  });

/** How many registrations are named before they go. */
const MAX_NAMED = 20;

const showDelete = async (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const own = ownApplicationOf(req, ctx);
  const application = await getOwnApplication(ctx, own);
  const registered = await listOwnRegistrations(ctx, own, { filters: [], page: { number: 1, size: MAX_NAMED } });
  const keys = await listAllCredentials(ctx, own);
  await send(
    req,
    res,
    ctx,
    'confirm',
    { title: `Delete ${application.name}?`, breadcrumbs: trailOf(application, { label: 'Delete' }) },
    {
      text: 'The application goes for good, and with it:',
      consequences: [
        ...registered.items.map(({ productName, versionName }) => `its registration for ${productName} ${versionName}`),
        ...(registered.total > MAX_NAMED ? [`${registered.total - MAX_NAMED} more registrations`] : []),
        ...(keys.length > 0 ? [`${counted(keys.length, 'API key', 'API keys')}: whatever uses one stops working at once`] : []),
        'its name, which you may then use again',
      ],
      action: paths.application(application.id, 'delete'),
      submit: 'Delete application',
      cancelHref: paths.application(application.id),
    },
  );
};

const remove = async (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  await deleteOwnApplication(ctx, ownApplicationOf(req, ctx));
  leadTo(req, res, ctx, paths.applications(), 'The application is deleted.');
};

const ONE = '/application/:applicationId';
const access = 'developer';

/** A developer's applications; the page that makes them stands before those of single ones. */
export const applicationRoutes: readonly Route<PortalContext>[] = [
  { method: 'get', path: '/my-apps', access, audit: null, handler: showList },
  { method: 'get', path: '/application', access, audit: null, handler: (_req, res) => res.redirect(303, paths.applications()) },
  { method: 'get', path: ONE, access, audit: null, handler: (req, res, ctx) => showApplication(req, res, ctx) },
  { method: 'get', path: `${ONE}/update`, access, audit: null, handler: (req, res, ctx) => showUpdate(req, res, ctx) },
  { method: 'post', path: `${ONE}/update`, access, audit: 'application.updated', handler: update },
  { method: 'get', path: `${ONE}/delete`, access, audit: null, handler: showDelete },
  { method: 'post', path: `${ONE}/delete`, access, audit: 'application.deleted', handler: remove },
  {
    method: 'get',
    path: `${ONE}/application-dashboard`,
    access,
    audit: null,
    handler: (req, res, ctx) => res.redirect(303, paths.application(ownApplicationOf(req, ctx).applicationId)),
  },
];
