import type { Request, Response } from 'express';
import { z } from 'zod';
import { demand, may } from '../../../domain/access/index.ts';
import { conflict } from '../../../domain/errors.ts';
import {
  type ControlPlane,
  findGatewayService,
  type GatewayService,
  getControlPlane,
  listControlPlanes,
  listGatewayServices,
} from '../../../domain/gateways/index.ts';
import { asId, type ControlPlaneId, type GatewayServiceId } from '../../../domain/ids.ts';
import { type LinkedVersion, listLinkedVersions, updateVersion } from '../../../domain/products/index.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { queryText } from '../../../http/page-query.ts';
import { allOf } from '../all.ts';
import type { AdminContext } from '../context.ts';
import { versionPaths } from '../products/paths.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { type ShownVersion, versionOf, versionTrail } from './version.ts';

/** How many services are offered. */
const MAX_SERVICES = 1000;

const linkForm = z.object({
  controlPlane: z.string().transform((text, context) => {
    const id = asId<ControlPlaneId>(text);
    if (id === undefined) context.addIssue({ code: 'custom', message: 'Choose a control plane' });
    return id ?? z.NEVER;
  }),
  service: z
    .string()
    .default('')
    .transform((text, context) => {
      const id = asId<GatewayServiceId>(text);
      if (id === undefined) context.addIssue({ code: 'custom', message: 'Choose a service' });
      return id ?? z.NEVER;
    }),
});

/** Where a service is, in one line. */
export const addressOf = ({ fields: { protocol, host, port, path } }: GatewayService): string =>
  `${protocol}://${host}:${port}${path ?? ''}`;

/** What a service is called. */
export const serviceName = (service: GatewayService): string => service.fields.name ?? addressOf(service);

/** What the page of a version says about the service behind it. */
export const linkModel = async (ctx: AdminContext, { version, product, ref }: ShownVersion) => {
  const mayEdit = may(ctx.actor, 'product.edit', product.id);
  const link = version.gatewayService;
  const actions = {
    linkHref: mayEdit ? versionPaths.gatewayService(ctx.region, ref) : false,
    unlinkAction: mayEdit && link ? versionPaths.unlink(ctx.region, ref) : false,
  };
  if (!link || !may(ctx.actor, 'control-plane.read', link.controlPlaneId)) return { ...actions, isLinked: link !== null };
  const controlPlane = await getControlPlane(ctx, link.controlPlaneId);
  const service = await findGatewayService(ctx, { controlPlaneId: link.controlPlaneId, serviceId: link.id });
  const names = service ? { service: serviceName(service), address: addressOf(service), controlPlane: controlPlane.name } : {};
  return { ...actions, isLinked: true, ...names };
};

const optionOf = (service: GatewayService, holder: LinkedVersion | undefined, { version }: ShownVersion) => {
  const address = service.fields.name === null ? '' : ` (${addressOf(service)})`;
  const taken = holder && holder.versionId !== version.id ? ` – linked to ${holder.productName} ${holder.versionName}` : '';
  return { value: service.id, text: `${serviceName(service)}${address}${taken}` };
};

const controlPlanesOf = (ctx: AdminContext): Promise<ControlPlane[]> =>
  allOf((page) => listControlPlanes(ctx, { filters: [], sort: [], page }));

/** The page that asks for control plane and service; `wanted` is the control plane, of several. */
const sendLink = async (
  req: Request,
  res: Response,
  ctx: AdminContext,
  shown: ShownVersion,
  { wanted, form }: { readonly wanted: string; readonly form: FormState },
): Promise<void> => {
  demand(ctx.actor, 'product.edit', shown.product.id, 'API product');
  const planes = await controlPlanesOf(ctx);
  const chosen = planes.find(({ id }) => id === wanted) ?? planes[0];
  const query = { size: MAX_SERVICES, after: undefined, tags: undefined };
  const services = chosen ? (await listGatewayServices(ctx, chosen.id, query)).items : [];
  const holders = chosen ? await listLinkedVersions(ctx, chosen.id) : new Map<GatewayServiceId, LinkedVersion>();
  await sendPage(
    req,
    res,
    ctx,
    'admin/versions/gateway-service.njk',
    { title: 'Link with a Gateway Service', breadcrumbs: versionTrail(ctx, shown) },
    {
      form,
      controlPlanes: planes.map(({ id, name }) => ({ value: id, text: name, selected: id === chosen?.id })),
      controlPlane: chosen?.id ?? '',
      services: services.map((service) => optionOf(service, holders.get(service.id), shown)),
      service: form.values['service'] ?? shown.version.gatewayService?.id ?? '',
      here: versionPaths.gatewayService(ctx.region, shown.ref),
      cancelHref: versionPaths.version(ctx.region, shown.ref),
    },
  );
};

export const showLink = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const shown = await versionOf(req, ctx);
  const wanted = queryText(req, 'controlPlane') || (shown.version.gatewayService?.controlPlaneId ?? '');
  await sendLink(req, res, ctx, shown, { wanted, form: emptyForm() });
};

/** The version that a service is linked with, as far as the actor sees the service. */
const holderOf = async (ctx: AdminContext, controlPlane: ControlPlaneId, service: GatewayServiceId) =>
  may(ctx.actor, 'control-plane.read', controlPlane) ? (await listLinkedVersions(ctx, controlPlane)).get(service) : undefined;

export const link = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const shown = await versionOf(req, ctx);
  demand(ctx.actor, 'product.edit', shown.product.id, 'API product');
  await handleForm(req, res, linkForm, {
    act: async ({ controlPlane, service }) => {
      const holder = await holderOf(ctx, controlPlane, service);
      if (holder && holder.versionId !== shown.version.id)
        throw conflict(`This service is linked to ${holder.productName} ${holder.versionName} already: unlink it there first`);
      await updateVersion(ctx, shown.ref, { gatewayService: { id: service, controlPlaneId: controlPlane } });
      redirectWith(req, res, ctx, versionPaths.version(ctx.region, shown.ref), 'The version is linked with the service.');
    },
    again: (form) => sendLink(req, res, ctx, shown, { wanted: String(form.values['controlPlane'] ?? ''), form }),
    names: { 'gateway_service.id': 'service' },
  });
};

export const unlink = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { ref } = await versionOf(req, ctx);
  await updateVersion(ctx, ref, { gatewayService: null });
  redirectWith(req, res, ctx, versionPaths.version(ctx.region, ref), 'The version is no longer linked with a service.');
};
