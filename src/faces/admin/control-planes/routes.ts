import type { Request, Response } from 'express';
import { demand, may, require } from '../../../domain/access/index.ts';
import { notFound } from '../../../domain/errors.ts';
import {
  type ControlPlane,
  createControlPlane,
  deleteControlPlane,
  listControlPlanes,
  updateControlPlane,
} from '../../../domain/gateways/index.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { queryPage } from '../../../http/page-query.ts';
import { counted, paginate } from '../../../http/pagination.ts';
import type { Route } from '../../../http/routes.ts';
import { html } from '../../../lib/html.ts';
import { sendConfirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { sendForm } from '../form.ts';
import { replacingLabels } from '../labels.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { timeHtml } from '../time.ts';
import { CONTROL_PLANE_FIELDS, controlPlaneForm, controlPlaneValues } from './forms.ts';
import { controlPlaneOf, planeTrail, sendPlanePart } from './frame.ts';
import { controlPlanePaths } from './paths.ts';
import { routeRoutes } from './route-routes.ts';
import { serviceRoutes } from './service-routes.ts';

const PAGE_SIZE = 25;

const tableOf = ({ region }: AdminContext, planes: readonly ControlPlane[]) => ({
  caption: 'Control planes',
  head: [{ text: 'Name' }, { text: 'Kind' }, { text: 'Updated' }],
  rows: planes.map(({ id, name, description, kind, updatedAt }) => [
    {
      html: html`<a class="row-name" href="${controlPlanePaths.controlPlane(region, id)}">${name}</a>${description && html`<span class="row-text">${description}</span>`}`,
      header: true,
    },
    { text: kind },
    { html: timeHtml(updatedAt) },
  ]),
});

const showList = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const page = { number: queryPage(req), size: PAGE_SIZE };
  const found = await listControlPlanes(ctx, { filters: [], sort: [], page });
  if (found.items.length === 0 && page.number > 1) throw notFound('Page');
  const mayCreate = may(ctx.actor, 'control-plane.create');
  const createHref = controlPlanePaths.create(ctx.region);
  await sendPage(
    req,
    res,
    ctx,
    'admin/shared/list.njk',
    { title: 'Control planes' },
    {
      create: mayCreate && { text: 'New control plane', href: createHref },
      summary: counted(found.total, 'control plane', 'control planes'),
      table: found.items.length > 0 && tableOf(ctx, found.items),
      empty: found.items.length === 0 && {
        icon: 'shield',
        title: 'There are no control planes that you may see',
        text: 'A control plane is a gateway installation. Its services are linked with versions; then it lets through who is registered.',
        ...(mayCreate ? { action: { text: 'Create a control plane', href: createHref } } : {}),
      },
      pagination: paginate(found, (number) => controlPlanePaths.list(ctx.region, { page: number })) ?? false,
    },
  );
};

const sendCreation = (req: Request, res: Response, ctx: AdminContext, form: FormState): Promise<void> => {
  require(may(ctx.actor, 'control-plane.create'));
  return sendForm(
    req,
    res,
    ctx,
    { title: 'New control plane', breadcrumbs: planeTrail(ctx) },
    {
      intro: 'A gateway that asks this installation about each request (forward authentication).',
      form,
      fields: CONTROL_PLANE_FIELDS,
      action: controlPlanePaths.create(ctx.region),
      submit: 'Create control plane',
      cancelHref: controlPlanePaths.list(ctx.region),
    },
  );
};

const showCreation = (req: Request, res: Response, ctx: AdminContext): Promise<void> => sendCreation(req, res, ctx, emptyForm());

const create = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, controlPlaneForm, {
    act: async ({ description, ...given }) => {
      const { id, name } = await createControlPlane(ctx, { ...given, description: description || null });
      redirectWith(req, res, ctx, controlPlanePaths.controlPlane(ctx.region, id), `“${name}” is created. Now add its services.`);
    },
    again: (form) => sendCreation(req, res, ctx, form),
  });

const showControlPlane = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const plane = await controlPlaneOf(req, ctx);
  await sendPlanePart(
    req,
    res,
    ctx,
    { plane, part: 'overview', template: 'admin/control-planes/overview.njk' },
    {
      description: plane.description ?? '',
      facts: {
        ...{ id: plane.id, kind: plane.kind, createdAt: plane.createdAt, updatedAt: plane.updatedAt },
        labels: Object.entries(plane.labels).map(([key, value]) => ({ key, value })),
      },
    },
  );
};

const sendEdit = (req: Request, res: Response, ctx: AdminContext, plane: ControlPlane, form: FormState): Promise<void> => {
  demand(ctx.actor, 'control-plane.edit', plane.id, 'Control plane');
  return sendForm(
    req,
    res,
    ctx,
    { title: `Edit ${plane.name}`, breadcrumbs: planeTrail(ctx, plane) },
    {
      form,
      fields: CONTROL_PLANE_FIELDS,
      action: controlPlanePaths.edit(ctx.region, plane.id),
      submit: 'Save',
      cancelHref: controlPlanePaths.controlPlane(ctx.region, plane.id),
    },
  );
};

const showEdit = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const plane = await controlPlaneOf(req, ctx);
  await sendEdit(req, res, ctx, plane, emptyForm(controlPlaneValues(plane)));
};

const edit = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const plane = await controlPlaneOf(req, ctx);
  await handleForm(req, res, controlPlaneForm, {
    act: async ({ name, description, labels }) => {
      const changes = { name, description: description || null, labels: replacingLabels(plane.labels, labels) };
      await updateControlPlane(ctx, plane.id, changes);
      redirectWith(req, res, ctx, controlPlanePaths.controlPlane(ctx.region, plane.id), 'Your changes are saved.');
    },
    again: (form) => sendEdit(req, res, ctx, plane, form),
  });
};

const showDeletion = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const plane = await controlPlaneOf(req, ctx);
  demand(ctx.actor, 'control-plane.edit', plane.id, 'Control plane');
  await sendConfirmation(
    req,
    res,
    ctx,
    { title: `Delete ${plane.name}?`, breadcrumbs: planeTrail(ctx, plane) },
    {
      text: 'This cannot be undone. What goes with it:',
      consequences: ['its services and routes', 'the link of every version that is linked with one of them'],
      action: controlPlanePaths.delete(ctx.region, plane.id),
      submit: 'Delete control plane',
      cancelHref: controlPlanePaths.controlPlane(ctx.region, plane.id),
    },
  );
};

const remove = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { id, name } = await controlPlaneOf(req, ctx);
  await deleteControlPlane(ctx, id);
  redirectWith(req, res, ctx, controlPlanePaths.list(ctx.region), `“${name}” is deleted.`);
};

const access = 'administrator';
const PLANES = '/:region/control-planes';
const PLANE = `${PLANES}/:controlPlaneId`;

export const controlPlaneRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: PLANES, access, audit: null, handler: showList },
  { method: 'get', path: `${PLANES}/create`, access, audit: null, handler: showCreation },
  { method: 'post', path: `${PLANES}/create`, access, audit: 'control-plane.created', handler: create },
  { method: 'get', path: PLANE, access, audit: null, handler: showControlPlane },
  { method: 'get', path: `${PLANE}/edit`, access, audit: null, handler: showEdit },
  { method: 'post', path: `${PLANE}/edit`, access, audit: 'control-plane.updated', handler: edit },
  { method: 'get', path: `${PLANE}/delete`, access, audit: null, handler: showDeletion },
  { method: 'post', path: `${PLANE}/delete`, access, audit: 'control-plane.deleted', handler: remove },
  ...serviceRoutes,
  ...routeRoutes,
];
