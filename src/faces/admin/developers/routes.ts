import type { Request, Response } from 'express';
import { demand } from '../../../domain/access/index.ts';
import {
  DEVELOPER_STATUSES,
  type DeveloperDetails,
  deleteDeveloper,
  getDeveloper,
  listDevelopers,
  setDeveloperStatus,
  setDeveloperStatuses,
} from '../../../domain/developers/index.ts';
import type { DeveloperId } from '../../../domain/ids.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { pathId } from '../../../http/input.ts';
import { queryChoice, queryPage, queryText } from '../../../http/page-query.ts';
import { counted } from '../../../http/pagination.ts';
import type { Route } from '../../../http/routes.ts';
import { sendConfirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { portalIdOf, portalOf, portalTrail, sendPortalPart } from '../portals/frame.ts';
import { type DeveloperPlace, developerPaths } from '../portals/paths.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { manyForm, STATUS_WORDS, statusForm } from './forms.ts';
import { deletionOf, developerModel, listModel } from './pages.ts';

const PAGE_SIZE = 50;

const sendList = async (req: Request, res: Response, ctx: AdminContext, form = emptyForm()): Promise<void> => {
  const portal = await portalOf(req, ctx);
  const status = queryChoice(req, 'status', ['', ...DEVELOPER_STATUSES]) || undefined;
  const view = { search: queryText(req, 'q'), status, page: queryPage(req) };
  const field = view.search.includes('@') ? 'email' : 'name';
  const found = await listDevelopers(ctx, portal.id, {
    filters: [
      ...(view.search === '' ? [] : [{ field, op: 'contains', value: view.search } as const]),
      ...(status === undefined ? [] : [{ field: 'status', op: 'eq', value: status } as const]),
    ],
    sort: [{ field: 'created_at', direction: 'desc' }],
    page: { number: view.page, size: PAGE_SIZE },
  });
  const model = listModel(ctx, portal, view, found, form);
  await sendPortalPart(req, res, ctx, { portal, part: 'developers', template: 'admin/developers/list.njk' }, model);
};

const decideMany = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, manyForm, {
    act: async ({ developer, status, reason }) => {
      const portalId = portalIdOf(req);
      const decided = await setDeveloperStatuses(ctx, portalId, developer, { status, reason: reason || undefined });
      const notice = `${counted(decided.length, 'developer', 'developers')}: ${STATUS_WORDS[status].text.toLowerCase()}.`;
      redirectWith(req, res, ctx, developerPaths.list(ctx.region, portalId), notice);
    },
    again: (form) => sendList(req, res, ctx, form),
  });

const placeOf = (req: Request): DeveloperPlace => ({
  portalId: portalIdOf(req),
  developerId: pathId<DeveloperId>(req, 'developerId', 'Developer'),
});

const sendDeveloper = async (req: Request, res: Response, ctx: AdminContext, form?: FormState): Promise<void> => {
  const portal = await portalOf(req, ctx);
  const developer = await getDeveloper(ctx, placeOf(req));
  const developers = { label: 'Developers', href: developerPaths.list(ctx.region, portal.id) };
  const head = { title: developer.fullName, breadcrumbs: [...portalTrail(ctx, portal), developers] };
  await sendPage(req, res, ctx, 'admin/developers/developer.njk', head, await developerModel(ctx, developer, form));
};

const decide = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, statusForm, {
    act: async ({ status, reason }) => {
      const place = placeOf(req);
      const { fullName } = await setDeveloperStatus(ctx, place, { status, reason: reason || undefined });
      const notice = `${fullName}: ${STATUS_WORDS[status].text.toLowerCase()}.`;
      redirectWith(req, res, ctx, developerPaths.developer(ctx.region, place), notice);
    },
    again: (form) => sendDeveloper(req, res, ctx, form),
  });

/** A developer whom the actor may delete. @throws not-found, forbidden */
const deletable = async (req: Request, ctx: AdminContext): Promise<DeveloperDetails> => {
  const developer = await getDeveloper(ctx, placeOf(req));
  demand(ctx.actor, 'portal.administer', developer.portalId, 'Portal');
  return developer;
};

const showDeletion = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const portal = await portalOf(req, ctx);
  const developer = await deletable(req, ctx);
  const head = { title: `Delete ${developer.fullName}?`, breadcrumbs: portalTrail(ctx, portal) };
  await sendConfirmation(req, res, ctx, head, deletionOf(ctx, developer));
};

const remove = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const place = placeOf(req);
  const { fullName } = await deletable(req, ctx);
  await deleteDeveloper(ctx, place);
  redirectWith(req, res, ctx, developerPaths.list(ctx.region, place.portalId), `${fullName} is deleted.`);
};

const access = 'administrator';
const LIST = '/:region/portals/:portalId/developers';
const ONE = `${LIST}/:developerId`;

export const developerRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: LIST, access, audit: null, handler: (req, res, ctx) => sendList(req, res, ctx) },
  { method: 'post', path: `${LIST}/decide`, access, audit: 'developer.approved', handler: decideMany },
  { method: 'get', path: ONE, access, audit: null, handler: (req, res, ctx) => sendDeveloper(req, res, ctx) },
  { method: 'post', path: `${ONE}/status`, access, audit: 'developer.approved', handler: decide },
  { method: 'get', path: `${ONE}/delete`, access, audit: null, handler: showDeletion },
  { method: 'post', path: `${ONE}/delete`, access, audit: 'developer.deleted', handler: remove },
];
