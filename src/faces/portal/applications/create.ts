import type { Request, Response } from 'express';
import { createApplication } from '../../../domain/applications/index.ts';
import { forbidden, notFound } from '../../../domain/errors.ts';
import { asId, type VersionId } from '../../../domain/ids.ts';
import {
  createRegisteredApplication,
  listApplicationsOfVersion,
  type OwnRegistration,
  registerApplication,
} from '../../../domain/registrations/index.ts';
import {
  findVisibleProduct,
  findVisibleVersions,
  listVisibleStrategies,
  mayConsume,
  type VisibleVersion,
} from '../../../domain/visibility/index.ts';
import { shownFields } from '../../../http/form-fields.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { queryText } from '../../../http/page-query.ts';
import type { Route } from '../../../http/routes.ts';
import type { PortalContext } from '../context.ts';
import { paths } from '../paths.ts';
import { chooseForm, createForm, NAMES, NEW, newFields, settingsFields } from './forms.ts';
import { ownerOf } from './owner.ts';
import { statusBadge } from './pages.ts';
import { leadTo, send, trailOf } from './respond.ts';

/** What a new application is to be registered for; undefined where it is for nothing yet. @throws not-found; forbidden */
const wantedVersion = async (req: Request, ctx: PortalContext): Promise<VisibleVersion | undefined> => {
  const text = queryText(req, 'productVersion');
  if (text === '') return undefined;
  const id = asId<VersionId>(text);
  const version = id && (await findVisibleVersions(ctx, ctx.portal, ctx.visitor, [id])).get(id);
  if (!version) throw notFound('Product version');
  if (!(await mayConsume(ctx, ctx.portal, ctx.visitor, version.productId))) throw forbidden();
  return version;
};

const showCreate = async (req: Request, res: Response, ctx: PortalContext, form: FormState = emptyForm()): Promise<void> => {
  const version = await wantedVersion(req, ctx);
  if (version) return showRegister(req, res, ctx, version, form);
  const strategies = await listVisibleStrategies(ctx, ctx.portal, ctx.visitor);
  await send(
    req,
    res,
    ctx,
    'form',
    { title: 'New application', breadcrumbs: trailOf(undefined, { label: 'New' }) },
    {
      action: paths.createApplication(),
      cancelHref: paths.applications(),
      submit: 'Create application',
      fields: shownFields(form, newFields(strategies, ctx.portal.defaultAuthStrategyId)),
      summary: form.summary,
    },
  );
};

/** How many applications are offered; whoever has more finds the others by their own pages. */
const MAX_OFFERED = 100;
const PAGE = { number: 1, size: MAX_OFFERED };

/** Asks which application is registered for a version: one that fits, or a new one. */
const showRegister = async (
  req: Request,
  res: Response,
  ctx: PortalContext,
  version: VisibleVersion,
  form: FormState,
): Promise<void> => {
  const owner = ownerOf(ctx);
  const product = await findVisibleProduct(ctx, ctx.portal, ctx.visitor, version.productId);
  if (!product) throw notFound('API product');
  const [strategy] = version.authStrategies;
  const fitting = strategy ? [{ field: 'auth_strategy_id', op: 'eq', value: strategy.id } as const] : [];
  const offered = await listApplicationsOfVersion(ctx, owner, version, { filters: fitting, page: PAGE, registered: false });
  const registered = await listApplicationsOfVersion(ctx, owner, version, { filters: [], page: PAGE, registered: true });
  const chosen = form.values['application'] ?? offered.items[0]?.id ?? NEW;
  const title = `Register for ${product.name} ${version.name}`;
  await send(
    req,
    res,
    ctx,
    'register',
    { title, breadcrumbs: trailOf(undefined, { label: title }) },
    {
      isOpen: version.applicationRegistrationEnabled && strategy !== undefined,
      isImmediate: version.autoApproveRegistration || ctx.portal.autoApproveApplications,
      referenceHref: paths.reference(product.slug, version.slug),
      way: strategy?.displayName ?? '',
      registered: registered.items.map(({ id, name, registration }) => ({
        name,
        href: paths.application(id),
        badge: registration && statusBadge(registration.status),
      })),
      choices: offered.items.map(({ id, name }) => ({ value: id, text: name, checked: chosen === id })),
      isNew: chosen === NEW,
      action: paths.createApplication(version.id),
      fields: shownFields(form, settingsFields(strategy)),
      error: form.errors['application'] ?? '',
      summary: form.summary,
    },
  );
};

const create = async (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const version = await wantedVersion(req, ctx);
  if (version) return register(req, res, ctx, version.id);
  await handleForm(req, res, createForm, {
    act: async (input) => {
      const { id, name } = await createApplication(ctx, ownerOf(ctx), input);
      leadTo(req, res, ctx, paths.application(id), `${name} is created. Now register it for an API.`);
    },
    again: (form) => showCreate(req, res, ctx, form),
    names: NAMES,
  });
};

const register = async (req: Request, res: Response, ctx: PortalContext, versionId: VersionId): Promise<void> => {
  const again = (form: FormState) => showCreate(req, res, ctx, form);
  const done = ({ applicationId, productName, versionName, status }: OwnRegistration): void => {
    const what = `${productName} ${versionName}`;
    const text = status === 'approved' ? `Registered for ${what}: it can be called now.` : `The request for ${what} is sent.`;
    leadTo(req, res, ctx, paths.application(applicationId), text);
  };
  const { application = NEW } = (req.body ?? {}) as { application?: unknown };
  if (application === NEW)
    return handleForm(req, res, createForm, {
      act: async (input) => done(await createRegisteredApplication(ctx, ownerOf(ctx), versionId, input)),
      again,
      names: NAMES,
    });
  return handleForm(req, res, chooseForm, {
    act: async ({ application: applicationId }) =>
      done(await registerApplication(ctx, { ...ownerOf(ctx), applicationId }, versionId)),
    again,
    names: NAMES,
  });
};

export const createRoutes: readonly Route<PortalContext>[] = [
  {
    method: 'get',
    path: '/application/create',
    access: 'developer',
    audit: null,
    handler: (req, res, ctx) => showCreate(req, res, ctx),
  },
  { method: 'post', path: '/application/create', access: 'developer', audit: 'application.created', handler: create },
];
