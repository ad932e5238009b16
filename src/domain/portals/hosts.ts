import { type Issue, invalid } from '../errors.ts';
import type { PortalId } from '../ids.ts';
import type { RegionCode } from '../regions/index.ts';

/** Which hosts are the installation's own. */
export interface HostSettings {
  /** the domain below which every portal has its default address */
  readonly portalDomain: string;
  /** hosts of the management API and the administration */
  readonly reservedHosts: readonly string[];
}

/**
 * A portal's address from the start: 12 hexadecimal digits of its id, the region, our domain. The digits are the last ones of the
 * id, which are random; the first ones are the time, and the same for portals that are made together.
 */
export const defaultDomainOf = (id: PortalId, region: RegionCode, { portalDomain }: HostSettings): string =>
  `${id.slice(-12)}.${region}.${portalDomain.toLowerCase()}`;

const LABEL = '[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?';
const FQDN = new RegExp(`^(?:${LABEL}\\.)+[a-z](?:[a-z\\d-]{0,61}[a-z\\d])$`);
const MAX_FQDN = 253;

/** Whether a text is a fully qualified domain name in lower case: labels of letters, digits and hyphens, the last no number (RFC 1123). */
export const isFqdn = (text: string): boolean => text.length <= MAX_FQDN && FQDN.test(text);

/** The domains that an administrator chose for a portal. */
export interface CustomDomains {
  readonly customDomain: string | null;
  readonly customClientDomain: string | null;
}

/** @throws invalid when one is no domain name, is ours, or a client domain stands alone */
export const checkDomains = ({ customDomain, customClientDomain }: CustomDomains, settings: HostSettings): void => {
  const issues = [
    ...domainIssues('custom_domain', customDomain, settings),
    ...domainIssues('custom_client_domain', customClientDomain, settings),
  ];
  if (customClientDomain !== null && customDomain === null)
    issues.push({
      field: 'custom_client_domain',
      rule: 'dependent_fields',
      dependents: ['custom_domain'],
      reason: 'custom_client_domain needs a custom_domain, from which the client takes its data',
      source: 'body',
    });
  else if (customClientDomain !== null && customClientDomain === customDomain)
    issues.push({
      field: 'custom_client_domain',
      rule: 'invalid',
      reason: 'custom_client_domain must differ from custom_domain: the one is served by you, the other from here',
      source: 'body',
    });
  const [first, ...rest] = issues;
  if (first) throw invalid(first, ...rest);
};

const domainIssues = (field: string, domain: string | null, settings: HostSettings): Issue[] => {
  if (domain === null) return [];
  if (isOurs(domain, settings))
    return [{ field, rule: 'invalid', reason: `${field} must not be a host of this installation`, source: 'body' }];
  if (!isFqdn(domain))
    return [{ field, rule: 'is_fqdn', reason: `${field} must be a fully qualified domain name`, source: 'body' }];
  return [];
};

const isOurs = (domain: string, { portalDomain, reservedHosts }: HostSettings): boolean =>
  [portalDomain.toLowerCase(), 'localhost'].some((own) => domain === own || domain.endsWith(`.${own}`)) ||
  reservedHosts.some((host) => host.toLowerCase() === domain);
