import type { Request, Response } from 'express';
import type { AuthStrategyId, PortalId, VersionId } from '../../../domain/ids.ts';
import { listUnfittingRegistrations, type RegistrationDetails } from '../../../domain/registrations/index.ts';
import { counted } from '../../../http/pagination.ts';
import type { AdminContext } from '../context.ts';
import type { PageHead } from '../layout.ts';
import { sendPage } from '../respond.ts';

const SHOWN = 20;

interface Unfitting {
  readonly items: readonly RegistrationDetails[];
  readonly total: number;
}

/** The registrations in some portals that no longer fit once a version demands this strategy, or none, there. */
export const unfittingIn = async (
  ctx: AdminContext,
  versionId: VersionId,
  portalIds: readonly PortalId[],
  strategyId: AuthStrategyId | undefined,
): Promise<Unfitting> => {
  const found: Unfitting[] = [];
  for (const portalId of portalIds)
    found.push(await listUnfittingRegistrations(ctx, { portalId, versionId }, strategyId, { number: 1, size: SHOWN }));
  return { items: found.flatMap(({ items }) => items).slice(0, SHOWN), total: found.reduce((sum, { total }) => sum + total, 0) };
};

const NAMED = 3;

/** Which registrations do not fit a version as it stands, and what to do about them. */
export const unfittingText = ({ items, total }: Unfitting): string => {
  const named = items.slice(0, NAMED).map(({ applicationName, developerName }) => `${applicationName} of ${developerName}`);
  const names = `${named.join(', ')}${total > named.length ? ' and more' : ''}`;
  return `${counted(total, 'registration does', 'registrations do')} not fit, as the application has another strategy, and nothing enforces them: ${names}. Choose the former strategy again, or have their developers register applications that fit.`;
};

/** Asks before a strategy changes under registrations: names those that will no longer fit, and sends what was sent again. */
export const sendStrategyQuestion = (
  req: Request,
  res: Response,
  ctx: AdminContext,
  head: PageHead,
  { items, total }: Unfitting,
  cancelHref: string,
): Promise<void> => {
  const { _csrf, confirmed: _confirmed, ...sent } = (req.body ?? {}) as Record<string, string | string[]>;
  return sendPage(req, res, ctx, 'admin/publications/strategy-question.njk', head, {
    text: `${counted(total, 'registration', 'registrations')} will no longer fit, as the application has another strategy. They stay as they are, and are marked so:`,
    registrations: items.map(({ applicationName, developerName, portalName, status }) => ({
      text: `${applicationName} of ${developerName}, in ${portalName} (${status})`,
    })),
    more: Math.max(0, total - items.length),
    hidden: Object.entries(sent).flatMap(([name, values]) => [values].flat().map((value) => ({ name, value }))),
    action: req.originalUrl,
    cancelHref,
  });
};
