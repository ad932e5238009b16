import type { Request, Response } from 'express';
import { may } from '../../../domain/access/index.ts';
import { type ControlPlane, getControlPlane } from '../../../domain/gateways/index.ts';
import type { ControlPlaneId } from '../../../domain/ids.ts';
import { pathId } from '../../../http/input.ts';
import type { Breadcrumb } from '../../../http/layout-model.ts';
import type { AdminContext } from '../context.ts';
import { sendPage } from '../respond.ts';
import { controlPlanePaths, type EntityKind } from './paths.ts';

/** The control plane that an address names. @throws not-found */
export const controlPlaneOf = (req: Request, ctx: AdminContext): Promise<ControlPlane> =>
  getControlPlane(ctx, pathId<ControlPlaneId>(req, 'controlPlaneId', 'Control plane'));

const NAMES: Record<EntityKind, string> = { services: 'Services', routes: 'Routes' };

/** The way to what is below a control plane, or below its services or routes. */
export const planeTrail = ({ region }: AdminContext, plane?: ControlPlane, kind?: EntityKind): Breadcrumb[] => [
  { label: 'Control planes', href: controlPlanePaths.list(region) },
  ...(plane ? [{ label: plane.name, href: controlPlanePaths.controlPlane(region, plane.id) }] : []),
  ...(plane && kind ? [{ label: NAMES[kind], href: controlPlanePaths.entities(region, plane.id, kind) }] : []),
];

type Part = 'overview' | EntityKind;

/** Answers with a part of a control plane, each a tab. */
export const sendPlanePart = (
  req: Request,
  res: Response,
  ctx: AdminContext,
  { plane, part, template }: { readonly plane: ControlPlane; readonly part: Part; readonly template: string },
  page: object,
): Promise<void> => {
  const { actor, region } = ctx;
  const { id, name } = plane;
  const mayEdit = may(actor, 'control-plane.edit', id);
  const tab = (of: Part, label: string, href: string) => ({ label, href, current: of === part });
  const frame = {
    tabs: {
      label: `Parts of ${name}`,
      items: [
        tab('overview', 'Overview', controlPlanePaths.controlPlane(region, id)),
        tab('services', NAMES.services, controlPlanePaths.entities(region, id, 'services')),
        tab('routes', NAMES.routes, controlPlanePaths.entities(region, id, 'routes')),
      ],
    },
    editHref: mayEdit && controlPlanePaths.edit(region, id),
    deleteHref: mayEdit && controlPlanePaths.delete(region, id),
    add: mayEdit
      ? [
          { text: 'Service', href: controlPlanePaths.createEntity(region, id, 'services'), icon: 'link' },
          { text: 'Route', href: controlPlanePaths.createEntity(region, id, 'routes'), icon: 'arrow-right' },
        ]
      : [],
  };
  return sendPage(req, res, ctx, template, { title: name, breadcrumbs: planeTrail(ctx) }, { ...page, frame });
};
