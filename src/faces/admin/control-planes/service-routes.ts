import type { Request, Response } from 'express';
import { demand, may } from '../../../domain/access/index.ts';
import {
  type ControlPlane,
  createGatewayService,
  deleteGatewayService,
  type GatewayService,
  getGatewayService,
  listGatewayServices,
  updateGatewayService,
} from '../../../domain/gateways/index.ts';
import { listLinkedVersions } from '../../../domain/products/index.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { pathText } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import { html } from '../../../lib/html.ts';
import { sendConfirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { sendFacts, sendForm } from '../form.ts';
import { versionPaths } from '../products/paths.ts';
import { redirectWith } from '../respond.ts';
import { addressOf, serviceName } from '../versions/gateway-service.ts';
import { entityPage, readEntityQuery } from './entities.ts';
import { SERVICE_FIELDS, serviceForm, serviceValues } from './forms.ts';
import { controlPlaneOf, planeTrail, sendPlanePart } from './frame.ts';
import { controlPlanePaths } from './paths.ts';

const KIND = 'services';

/** Names of the form's fields for those of the gateway. */
const NAMES = { host: 'url', port: 'url', path: 'url', protocol: 'url' } as const;

const showList = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const plane = await controlPlaneOf(req, ctx);
  const found = await listGatewayServices(ctx, plane.id, readEntityQuery(req));
  const linked = await listLinkedVersions(ctx, plane.id);
  const rows = found.items.map((service) => {
    const version = linked.get(service.id);
    const href = version && versionPaths.version(ctx.region, version);
    return [
      { text: serviceName(service), href: controlPlanePaths.entity(ctx.region, plane.id, KIND, service.id), header: true },
      { html: html`<code>${addressOf(service)}</code>` },
      {
        html: href
          ? html`<a href="${href}">${version.productName} ${version.versionName}</a>`
          : html`<span class="muted">None</span>`,
      },
    ];
  });
  const head = [{ text: 'Service' }, { text: 'Address' }, { text: 'Linked version' }];
  const model = entityPage(ctx, plane, KIND, { table: { caption: 'Services', head, rows }, next: found.next });
  await sendPlanePart(req, res, ctx, { plane, part: KIND, template: 'admin/control-planes/entities.njk' }, model);
};

const sendCreation = (req: Request, res: Response, ctx: AdminContext, plane: ControlPlane, form: FormState): Promise<void> => {
  demand(ctx.actor, 'control-plane.edit', plane.id, 'Control plane');
  return sendForm(
    req,
    res,
    ctx,
    { title: 'New service', breadcrumbs: planeTrail(ctx, plane, KIND) },
    {
      form,
      fields: SERVICE_FIELDS,
      action: controlPlanePaths.createEntity(ctx.region, plane.id, KIND),
      submit: 'Create service',
      cancelHref: controlPlanePaths.entities(ctx.region, plane.id, KIND),
    },
  );
};

const showCreation = async (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  sendCreation(req, res, ctx, await controlPlaneOf(req, ctx), emptyForm({ enabled: true }));

const create = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const plane = await controlPlaneOf(req, ctx);
  await handleForm(req, res, serviceForm, {
    act: async (given) => {
      const service = await createGatewayService(ctx, plane.id, given);
      const back = controlPlanePaths.entities(ctx.region, plane.id, KIND);
      redirectWith(req, res, ctx, back, `“${serviceName(service)}” is created.`);
    },
    again: (form) => sendCreation(req, res, ctx, plane, form),
    names: NAMES,
  });
};

interface Shown {
  readonly plane: ControlPlane;
  readonly service: GatewayService;
}

/** The service that an address names. @throws not-found */
const shownOf = async (req: Request, ctx: AdminContext): Promise<Shown> => {
  const plane = await controlPlaneOf(req, ctx);
  return { plane, service: await getGatewayService(ctx, { controlPlaneId: plane.id, service: pathText(req, 'serviceId') }) };
};

const sendEdit = async (
  req: Request,
  res: Response,
  ctx: AdminContext,
  { plane, service }: Shown,
  form: FormState,
): Promise<void> => {
  demand(ctx.actor, 'control-plane.edit', plane.id, 'Control plane');
  await sendForm(
    req,
    res,
    ctx,
    { title: serviceName(service), breadcrumbs: planeTrail(ctx, plane, KIND) },
    {
      form,
      fields: SERVICE_FIELDS,
      action: controlPlanePaths.entity(ctx.region, plane.id, KIND, service.id),
      submit: 'Save',
      cancelHref: controlPlanePaths.entities(ctx.region, plane.id, KIND),
      deleteHref: controlPlanePaths.deleteEntity(ctx.region, plane.id, KIND, service.id),
    },
  );
};

const showService = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const shown = await shownOf(req, ctx);
  const values = serviceValues(shown.service);
  if (may(ctx.actor, 'control-plane.edit', shown.plane.id)) return sendEdit(req, res, ctx, shown, emptyForm(values));
  const head = { title: serviceName(shown.service), breadcrumbs: planeTrail(ctx, shown.plane, KIND) };
  await sendFacts(req, res, ctx, head, SERVICE_FIELDS, { ...values, enabled: values.enabled ? 'Yes' : 'No' });
};

const edit = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const shown = await shownOf(req, ctx);
  await handleForm(req, res, serviceForm, {
    act: async (given) => {
      const { plane, service } = shown;
      await updateGatewayService(ctx, { controlPlaneId: plane.id, service: service.id }, given);
      redirectWith(req, res, ctx, controlPlanePaths.entities(ctx.region, plane.id, KIND), 'Your changes are saved.');
    },
    again: (form) => sendEdit(req, res, ctx, shown, form),
    names: NAMES,
  });
};

const showDeletion = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { plane, service } = await shownOf(req, ctx);
  demand(ctx.actor, 'control-plane.edit', plane.id, 'Control plane');
  const version = (await listLinkedVersions(ctx, plane.id)).get(service.id);
  const head = { title: `Delete ${serviceName(service)}?`, breadcrumbs: planeTrail(ctx, plane, KIND) };
  await sendConfirmation(req, res, ctx, head, {
    text: 'This cannot be undone. What goes with it:',
    consequences: ['its routes', ...(version ? [`the link of ${version.productName} ${version.versionName}`] : [])],
    action: controlPlanePaths.deleteEntity(ctx.region, plane.id, KIND, service.id),
    submit: 'Delete service',
    cancelHref: controlPlanePaths.entity(ctx.region, plane.id, KIND, service.id),
  });
};

const remove = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { plane, service } = await shownOf(req, ctx);
  await deleteGatewayService(ctx, { controlPlaneId: plane.id, service: service.id });
  const back = controlPlanePaths.entities(ctx.region, plane.id, KIND);
  redirectWith(req, res, ctx, back, `“${serviceName(service)}” is deleted.`);
};

const access = 'administrator';
const SERVICES = '/:region/control-planes/:controlPlaneId/services';
const SERVICE = `${SERVICES}/:serviceId`;

export const serviceRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: SERVICES, access, audit: null, handler: showList },
  { method: 'get', path: `${SERVICES}/create`, access, audit: null, handler: showCreation },
  { method: 'post', path: `${SERVICES}/create`, access, audit: 'gateway-service.created', handler: create },
  { method: 'get', path: SERVICE, access, audit: null, handler: showService },
  { method: 'post', path: SERVICE, access, audit: 'gateway-service.updated', handler: edit },
  { method: 'get', path: `${SERVICE}/delete`, access, audit: null, handler: showDeletion },
  { method: 'post', path: `${SERVICE}/delete`, access, audit: 'gateway-service.deleted', handler: remove },
];
