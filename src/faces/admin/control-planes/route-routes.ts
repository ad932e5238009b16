import type { Request, Response } from 'express';
import { demand, may } from '../../../domain/access/index.ts';
import {
  type ControlPlane,
  createGatewayRoute,
  deleteGatewayRoute,
  type GatewayRoute,
  getGatewayRoute,
  listGatewayRoutes,
  listGatewayServices,
  updateGatewayRoute,
} from '../../../domain/gateways/index.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { pathText } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import { html } from '../../../lib/html.ts';
import { sendConfirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { sendFacts, sendForm } from '../form.ts';
import { redirectWith } from '../respond.ts';
import { serviceName } from '../versions/gateway-service.ts';
import { entityPage, readEntityQuery } from './entities.ts';
import { NEW_ROUTE, routeFields, routeForm, routeValues } from './forms.ts';
import { controlPlaneOf, planeTrail, sendPlanePart } from './frame.ts';
import { controlPlanePaths } from './paths.ts';

const KIND = 'routes';
/** How many services are offered. */
const MAX_SERVICES = 1000;

/** Names of the form's fields for those of the gateway. */
const NAMES = { 'service.id': 'service' } as const;

const servicesOf = async (ctx: AdminContext, { id }: ControlPlane) => {
  const { items } = await listGatewayServices(ctx, id, { size: MAX_SERVICES, after: undefined, tags: undefined });
  return items.map((service) => ({ value: service.id, text: serviceName(service) }));
};

/** What a route is called: its name, or else what it lets through. */
const routeName = ({ id, fields: { name, methods, hosts, paths } }: GatewayRoute): string =>
  name ??
  ([methods, hosts, paths]
    .map((items) => (items ?? []).join(', '))
    .filter(Boolean)
    .join(' ') ||
    id);

const showList = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const plane = await controlPlaneOf(req, ctx);
  const found = await listGatewayRoutes(ctx, plane.id, readEntityQuery(req));
  const services = new Map((await servicesOf(ctx, plane)).map(({ value, text }) => [value as string, text]));
  const rows = found.items.map((route) => [
    { text: routeName(route), href: controlPlanePaths.entity(ctx.region, plane.id, KIND, route.id), header: true },
    { html: html`<code>${(route.fields.paths ?? []).join(', ')}</code>` },
    { text: (route.fields.methods ?? ['All']).join(', ') },
    { text: services.get(route.fields.service?.id ?? '') ?? 'None' },
  ]);
  const head = [{ text: 'Route' }, { text: 'Paths' }, { text: 'Methods' }, { text: 'Service' }];
  const model = entityPage(ctx, plane, KIND, { table: { caption: 'Routes', head, rows }, next: found.next });
  await sendPlanePart(req, res, ctx, { plane, part: KIND, template: 'admin/control-planes/entities.njk' }, model);
};

const sendCreation = async (req: Request, res: Response, ctx: AdminContext, plane: ControlPlane, form: FormState) => {
  demand(ctx.actor, 'control-plane.edit', plane.id, 'Control plane');
  await sendForm(
    req,
    res,
    ctx,
    { title: 'New route', breadcrumbs: planeTrail(ctx, plane, KIND) },
    {
      form,
      fields: routeFields(await servicesOf(ctx, plane)),
      action: controlPlanePaths.createEntity(ctx.region, plane.id, KIND),
      submit: 'Create route',
      cancelHref: controlPlanePaths.entities(ctx.region, plane.id, KIND),
    },
  );
};

const showCreation = async (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  sendCreation(req, res, ctx, await controlPlaneOf(req, ctx), emptyForm(NEW_ROUTE));

const create = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const plane = await controlPlaneOf(req, ctx);
  await handleForm(req, res, routeForm, {
    act: async (given) => {
      const route = await createGatewayRoute(ctx, plane.id, given);
      const back = controlPlanePaths.entities(ctx.region, plane.id, KIND);
      redirectWith(req, res, ctx, back, `“${routeName(route)}” is created.`);
    },
    again: (form) => sendCreation(req, res, ctx, plane, form),
    names: NAMES,
  });
};

interface Shown {
  readonly plane: ControlPlane;
  readonly route: GatewayRoute;
}

/** The route that an address names. @throws not-found */
const shownOf = async (req: Request, ctx: AdminContext): Promise<Shown> => {
  const plane = await controlPlaneOf(req, ctx);
  return { plane, route: await getGatewayRoute(ctx, { controlPlaneId: plane.id, route: pathText(req, 'routeId') }) };
};

const sendEdit = async (
  req: Request,
  res: Response,
  ctx: AdminContext,
  { plane, route }: Shown,
  form: FormState,
): Promise<void> => {
  demand(ctx.actor, 'control-plane.edit', plane.id, 'Control plane');
  await sendForm(
    req,
    res,
    ctx,
    { title: routeName(route), breadcrumbs: planeTrail(ctx, plane, KIND) },
    {
      form,
      fields: routeFields(await servicesOf(ctx, plane)),
      action: controlPlanePaths.entity(ctx.region, plane.id, KIND, route.id),
      submit: 'Save',
      cancelHref: controlPlanePaths.entities(ctx.region, plane.id, KIND),
      deleteHref: controlPlanePaths.deleteEntity(ctx.region, plane.id, KIND, route.id),
    },
  );
};

const showRoute = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const shown = await shownOf(req, ctx);
  const values = routeValues(shown.route);
  if (may(ctx.actor, 'control-plane.edit', shown.plane.id)) return sendEdit(req, res, ctx, shown, emptyForm(values));
  const services = await servicesOf(ctx, shown.plane);
  const head = { title: routeName(shown.route), breadcrumbs: planeTrail(ctx, shown.plane, KIND) };
  await sendFacts(req, res, ctx, head, routeFields(services), {
    ...values,
    service: services.find(({ value }) => value === values.service)?.text,
    stripPath: values.stripPath ? 'Yes' : 'No',
    preserveHost: values.preserveHost ? 'Yes' : 'No',
  });
};

const edit = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const shown = await shownOf(req, ctx);
  await handleForm(req, res, routeForm, {
    act: async (given) => {
      const { plane, route } = shown;
      await updateGatewayRoute(ctx, { controlPlaneId: plane.id, route: route.id }, given);
      redirectWith(req, res, ctx, controlPlanePaths.entities(ctx.region, plane.id, KIND), 'Your changes are saved.');
    },
    again: (form) => sendEdit(req, res, ctx, shown, form),
    names: NAMES,
  });
};

const showDeletion = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { plane, route } = await shownOf(req, ctx);
  demand(ctx.actor, 'control-plane.edit', plane.id, 'Control plane');
  const head = { title: `Delete ${routeName(route)}?`, breadcrumbs: planeTrail(ctx, plane, KIND) };
  await sendConfirmation(req, res, ctx, head, {
    text: 'Requests no longer reach its service by it. This cannot be undone.',
    action: controlPlanePaths.deleteEntity(ctx.region, plane.id, KIND, route.id),
    submit: 'Delete route',
    cancelHref: controlPlanePaths.entity(ctx.region, plane.id, KIND, route.id),
  });
};

const remove = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { plane, route } = await shownOf(req, ctx);
  await deleteGatewayRoute(ctx, { controlPlaneId: plane.id, route: route.id });
  redirectWith(req, res, ctx, controlPlanePaths.entities(ctx.region, plane.id, KIND), `“${routeName(route)}” is deleted.`);
};

const access = 'administrator';
const ROUTES = '/:region/control-planes/:controlPlaneId/routes';
const ROUTE = `${ROUTES}/:routeId`;

export const routeRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: ROUTES, access, audit: null, handler: showList },
  { method: 'get', path: `${ROUTES}/create`, access, audit: null, handler: showCreation },
  { method: 'post', path: `${ROUTES}/create`, access, audit: 'gateway-route.created', handler: create },
  { method: 'get', path: ROUTE, access, audit: null, handler: showRoute },
  { method: 'post', path: ROUTE, access, audit: 'gateway-route.updated', handler: edit },
  { method: 'get', path: `${ROUTE}/delete`, access, audit: null, handler: showDeletion },
  { method: 'post', path: `${ROUTE}/delete`, access, audit: 'gateway-route.deleted', handler: remove },
];
