import type { Portal } from '../portals/index.ts';
import type { RegionCode } from '../regions/index.ts';

/** Where a portal's developers are at home: in the client of its own that it has, on its custom domain, or on its default one. */
export const portalOrigin = (
  { customClientDomain, customDomain, defaultDomain }: Pick<Portal, 'customClientDomain' | 'customDomain' | 'defaultDomain'>,
  baseUrl: string,
): string => {
  const { protocol, port } = new URL(baseUrl);
  if (customClientDomain !== null) return `${protocol}//${customClientDomain}`;
  return `${protocol}//${customDomain ?? defaultDomain}${port === '' ? '' : `:${port}`}`;
};

/** Pages of a portal that mails lead to. */
export const portalPaths = {
  home: '/',
  login: '/login',
  confirm: (token: string): string => `/login?token=${encodeURIComponent(token)}`,
  forgotPassword: '/forgot-password',
  resetPassword: (token: string): string => `/reset-password?token=${encodeURIComponent(token)}`,
  account: '/account',
  applications: '/my-apps',
  application: (id: string): string => `/application/${id}`,
  product: (slug: string): string => `/docs/${encodeURIComponent(slug)}`,
  reference: (product: string, version: string): string => `/spec/${encodeURIComponent(product)}/${encodeURIComponent(version)}`,
} as const;

/** Pages of the administration that mails lead to. */
export const adminPaths = {
  home: '/admin',
  password: (token: string): string => `/admin/password?token=${encodeURIComponent(token)}`,
  forgottenPassword: '/admin/forgotten-password',
  developerRequest: (region: RegionCode, id: string): string => `/admin/${region}/requests?request=developer.${id}`,
  registrationRequest: (region: RegionCode, id: string): string => `/admin/${region}/requests?request=registration.${id}`,
} as const;
