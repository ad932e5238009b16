import type { Request, Response } from 'express';
import { demand, may, mayAny, require } from '../../../domain/access/index.ts';
import { listAuthStrategies } from '../../../domain/auth-strategies/index.ts';
import { notFound } from '../../../domain/errors.ts';
import {
  createPortal,
  deletePortal,
  listPortals,
  readKeyPolicy,
  updateKeyPolicy,
  updatePortal,
  verifyPortalDomain,
} from '../../../domain/portals/index.ts';
import { shownFields } from '../../../http/form-fields.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { queryPage, queryText } from '../../../http/page-query.ts';
import type { Route } from '../../../http/routes.ts';
import { allOf } from '../all.ts';
import { sendConfirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { sendForm } from '../form.ts';
import { redirectWith, sendPage } from '../respond.ts';
import {
  deletionForm,
  KEY_POLICY_FIELDS,
  keyPolicyForm,
  keyPolicyValues,
  NEW_PORTAL_FIELDS,
  newPortalForm,
  PORTAL_NAMES,
  settingsFields,
  settingsForm,
  settingsValues,
} from './forms.ts';
import { portalIdOf, portalOf, portalTrail, sendPortalPart } from './frame.ts';
import { deletionOf, listModel, overviewModel } from './pages.ts';
import { portalPaths } from './paths.ts';

const PAGE_SIZE = 25;

const showList = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  require(mayAny(ctx.actor, 'portal.read') || mayAny(ctx.actor, 'portal.style') || may(ctx.actor, 'portal.create'));
  const view = { search: queryText(req, 'q'), page: queryPage(req) };
  const found = await listPortals(ctx, {
    filters: view.search === '' ? [] : [{ field: 'name', op: 'contains', value: view.search }],
    sort: [{ field: 'name', direction: 'asc' }],
    page: { number: view.page, size: PAGE_SIZE },
  });
  if (found.items.length === 0 && view.page > 1) throw notFound('Page');
  await sendPage(req, res, ctx, 'admin/portals/list.njk', { title: 'Portals' }, listModel(ctx, view, found));
};

const sendCreation = (req: Request, res: Response, ctx: AdminContext, form: FormState): Promise<void> => {
  require(may(ctx.actor, 'portal.create'));
  const head = { title: 'New portal', breadcrumbs: portalTrail(ctx) };
  const action = portalPaths.create(ctx.region);
  const cancelHref = portalPaths.list(ctx.region);
  return sendForm(req, res, ctx, head, { form, fields: NEW_PORTAL_FIELDS, action, submit: 'Create portal', cancelHref });
};

const create = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, newPortalForm, {
    act: async ({ name, displayName, description, visibility: isPublic }) => {
      const given = { name, displayName: displayName || name, description: description || null, isPublic };
      const portal = await createPortal(ctx, given, ctx.deps.hostSettings);
      redirectWith(req, res, ctx, portalPaths.portal(ctx.region, portal.id), `“${portal.displayName}” is there.`);
    },
    again: (form) => sendCreation(req, res, ctx, form),
    names: PORTAL_NAMES,
  });

const showOverview = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const portal = await portalOf(req, ctx);
  const model = await overviewModel(ctx, portal);
  await sendPortalPart(req, res, ctx, { portal, part: 'overview', template: 'admin/portals/overview.njk' }, model);
};

const sendSettings = async (req: Request, res: Response, ctx: AdminContext, given?: FormState): Promise<void> => {
  const portal = await portalOf(req, ctx);
  demand(ctx.actor, 'portal.administer', portal.id, 'Portal');
  const strategies = await allOf((page) => listAuthStrategies(ctx, { filters: [], sort: [], page }));
  const form = given ?? emptyForm(settingsValues(portal));
  await sendPortalPart(
    req,
    res,
    ctx,
    { portal, part: 'settings', template: 'admin/portals/form.njk' },
    { form, fields: shownFields(form, settingsFields(strategies)), action: portalPaths.settings(ctx.region, portal.id) },
  );
};

const saveSettings = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, settingsForm, {
    act: async ({ visibility: isPublic, displayName, name, description, customDomain, customClientDomain, ...rest }) => {
      const id = portalIdOf(req);
      const names = { name, displayName: displayName || name, description: description || null };
      const domains = { customDomain: customDomain || null, customClientDomain: customClientDomain || null };
      await updatePortal(ctx, id, { ...rest, ...names, ...domains, isPublic }, ctx.deps.hostSettings);
      redirectWith(req, res, ctx, portalPaths.settings(ctx.region, id), 'Your changes are saved.');
    },
    again: (form) => sendSettings(req, res, ctx, form),
    names: PORTAL_NAMES,
  });

const sendKeyPolicy = async (req: Request, res: Response, ctx: AdminContext, given?: FormState): Promise<void> => {
  const portal = await portalOf(req, ctx);
  demand(ctx.actor, 'portal.administer', portal.id, 'Portal');
  const form = given ?? emptyForm(keyPolicyValues(await readKeyPolicy(ctx, portal.id)));
  await sendPortalPart(
    req,
    res,
    ctx,
    { portal, part: 'keys', template: 'admin/portals/form.njk' },
    { form, fields: shownFields(form, KEY_POLICY_FIELDS), action: portalPaths.keys(ctx.region, portal.id) },
  );
};

const saveKeyPolicy = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, keyPolicyForm, {
    act: async (policy) => {
      const id = portalIdOf(req);
      await updateKeyPolicy(ctx, id, policy);
      redirectWith(req, res, ctx, portalPaths.keys(ctx.region, id), 'Your changes are saved.');
    },
    again: (form) => sendKeyPolicy(req, res, ctx, form),
  });

const verify = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const portal = await portalOf(req, ctx);
  const { isCnameVerified } = await verifyPortalDomain(ctx, portal.id);
  const notice = isCnameVerified
    ? `The CNAME record of ${portal.customDomain} names ${portal.defaultDomain}.`
    : ({ kind: 'warning', text: `No CNAME record of ${portal.customDomain} names ${portal.defaultDomain} yet.` } as const);
  redirectWith(req, res, ctx, portalPaths.portal(ctx.region, portal.id), notice);
};

const sendDeletion = async (req: Request, res: Response, ctx: AdminContext, form?: FormState): Promise<void> => {
  const portal = await portalOf(req, ctx);
  demand(ctx.actor, 'portal.delete', portal.id, 'Portal');
  const head = { title: `Delete ${portal.displayName}?`, breadcrumbs: portalTrail(ctx, portal) };
  await sendConfirmation(req, res, ctx, head, deletionOf(ctx, portal, form));
};

const remove = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, deletionForm, {
    act: async ({ force }) => {
      const portal = await portalOf(req, ctx);
      await deletePortal(ctx, portal.id, { force });
      redirectWith(req, res, ctx, portalPaths.list(ctx.region), `“${portal.displayName}” is deleted.`);
    },
    again: (form) => sendDeletion(req, res, ctx, form),
  });

const access = 'administrator';

export const portalRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: '/:region/portals', access, audit: null, handler: showList },
  {
    ...{ method: 'get', path: '/:region/portals/create', access, audit: null },
    handler: (req, res, ctx) => sendCreation(req, res, ctx, emptyForm({ visibility: 'private' })),
  },
  { method: 'post', path: '/:region/portals/create', access, audit: 'portal.created', handler: create },
  { method: 'get', path: '/:region/portals/:portalId', access, audit: null, handler: showOverview },
  {
    ...{ method: 'get', path: '/:region/portals/:portalId/settings', access, audit: null },
    handler: (req, res, ctx) => sendSettings(req, res, ctx),
  },
  { method: 'post', path: '/:region/portals/:portalId/settings', access, audit: 'portal.updated', handler: saveSettings },
  {
    ...{ method: 'get', path: '/:region/portals/:portalId/keys', access, audit: null },
    handler: (req, res, ctx) => sendKeyPolicy(req, res, ctx),
  },
  { method: 'post', path: '/:region/portals/:portalId/keys', access, audit: 'portal.key-policy-updated', handler: saveKeyPolicy },
  { method: 'post', path: '/:region/portals/:portalId/verify-domain', access, audit: null, handler: verify },
  {
    ...{ method: 'get', path: '/:region/portals/:portalId/delete', access, audit: null },
    handler: (req, res, ctx) => sendDeletion(req, res, ctx),
  },
  { method: 'post', path: '/:region/portals/:portalId/delete', access, audit: 'portal.deleted', handler: remove },
];
