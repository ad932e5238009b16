import type { Request, Response } from 'express';
import { may } from '../../../domain/access/index.ts';
import type { PortalId } from '../../../domain/ids.ts';
import { getPortal, type Portal, type PortalDetails } from '../../../domain/portals/index.ts';
import { pathId } from '../../../http/input.ts';
import type { Breadcrumb } from '../../../http/layout-model.ts';
import type { AdminContext } from '../context.ts';
import { sendPage } from '../respond.ts';
import { entityRolePaths, mayGiveRoles } from '../roles/entity-paths.ts';
import { teamPaths } from '../teams/paths.ts';
import { appearancePaths, applicationPaths, developerPaths, portalPaths } from './paths.ts';

/** The parts of a portal, each a tab. */
export type PortalPart = 'overview' | 'developers' | 'applications' | 'teams' | 'appearance' | 'settings' | 'keys' | 'roles';

/** The id of the portal that an address names. @throws not-found */
export const portalIdOf = (req: Request): PortalId => pathId<PortalId>(req, 'portalId', 'Portal');

/** The portal that an address names. @throws not-found */
export const portalOf = (req: Request, ctx: AdminContext): Promise<PortalDetails> => getPortal(ctx, portalIdOf(req));

/** The way to what is below a portal. */
export const portalTrail = ({ region }: AdminContext, portal?: Portal): Breadcrumb[] => [
  { label: 'Portals', href: portalPaths.list(region) },
  ...(portal ? [{ label: portal.displayName, href: portalPaths.portal(region, portal.id) }] : []),
];

/** Where a portal's visitors find it. */
export const addressOf = ({ deps }: AdminContext, { customDomain, defaultDomain }: Portal): string => {
  const { protocol, port } = new URL(deps.baseUrl);
  return `${protocol}//${customDomain ?? defaultDomain}${port === '' ? '' : `:${port}`}/`;
};

const frameOf = (ctx: AdminContext, portal: PortalDetails, current: PortalPart) => {
  const { actor, region } = ctx;
  const { id, developerCount, applicationCount } = portal;
  const can = {
    read: may(actor, 'portal.read', id),
    administer: may(actor, 'portal.administer', id),
    style: may(actor, 'portal.style', id),
    delete: may(actor, 'portal.delete', id),
  };
  const tab = (part: PortalPart, label: string, href: string, count?: number) => ({
    ...{ label, href, current: part === current },
    ...(count === undefined ? {} : { count }),
  });
  return {
    tabs: {
      label: `Parts of ${portal.displayName}`,
      items: [
        tab('overview', 'Overview', portalPaths.portal(region, id)),
        ...(can.read
          ? [
              tab('developers', 'Developers', developerPaths.list(region, id), developerCount),
              tab('applications', 'Applications', applicationPaths.list(region, id), applicationCount),
              tab('teams', 'Teams', teamPaths.list(region, id)),
            ]
          : []),
        ...(can.style ? [tab('appearance', 'Appearance', appearancePaths.appearance(region, id))] : []),
        ...(can.administer
          ? [tab('settings', 'Settings', portalPaths.settings(region, id)), tab('keys', 'API keys', portalPaths.keys(region, id))]
          : []),
        ...(mayGiveRoles(actor, 'portal', id)
          ? [tab('roles', 'Roles', entityRolePaths.list(region, { entityType: 'portal', entityId: id }))]
          : []),
      ],
    },
    visitHref: addressOf(ctx, portal),
    deleteHref: can.delete ? portalPaths.delete(region, id) : false,
  };
};

/** Answers with a part of a portal, in the portal's frame. */
export const sendPortalPart = (
  req: Request,
  res: Response,
  ctx: AdminContext,
  { portal, part, template }: { readonly portal: PortalDetails; readonly part: PortalPart; readonly template: string },
  page: object,
): Promise<void> =>
  sendPage(
    req,
    res,
    ctx,
    template,
    { title: portal.displayName, breadcrumbs: portalTrail(ctx) },
    { ...page, frame: frameOf(ctx, portal, part) },
  );
