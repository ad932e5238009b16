import { demand } from '../access/index.ts';
import type { ContextWithPorts } from '../context.ts';
import { invalid } from '../errors.ts';
import type { PortalId } from '../ids.ts';
import { getPortal } from './portals.ts';

/** How far a custom domain has come. */
export interface DomainStatus {
  /** its CNAME record names the portal's default domain */
  readonly isCnameVerified: boolean;
  /** always false: certificates are the business of the proxy in front, which does not tell us about them */
  readonly isSslIssued: boolean;
}

/** Looks a portal's custom domain up in the DNS. @throws not-found; forbidden; invalid when the portal has none */
export const verifyPortalDomain = async (ctx: ContextWithPorts, id: PortalId): Promise<DomainStatus> => {
  demand(ctx.actor, 'portal.administer', id, 'Portal');
  const { customDomain, defaultDomain } = await getPortal(ctx, id);
  if (customDomain === null)
    throw invalid({
      field: 'custom_domain',
      rule: 'required',
      reason: 'custom_domain must be set before it can be verified',
      source: 'body',
    });
  const names = await ctx.ports.resolveCname(customDomain);
  return { isCnameVerified: names.some((name) => name.toLowerCase() === defaultDomain), isSslIssued: false };
};
