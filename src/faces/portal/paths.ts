import type { ImageKind } from '../../domain/portals/index.ts';
import { type Query, queryString, segment } from '../../http/addresses.ts';
import { schemaAddress } from '../../rendering/openapi/schema-address.ts';

const reference = (product: string, version: string): string => `/spec/${segment(product)}/${segment(version)}`;

/** A path of this portal, as opposed to another site's: whoever made the address chose it. */
const isLocal = (path: string): boolean => /^\/(?![/\\])[^\\\s]*$/.test(path);

/** Addresses of the portal's pages; products and versions are named by their slugs. */
export const paths = {
  catalogue: (query: Query = {}): string => `/${queryString(query)}`,
  product: (product: string): string => `/docs/${segment(product)}`,
  document: (product: string, document: string): string => `/docs/${segment(product)}/${segment(document)}`,
  reference: (product: string, version: string, query: Query = {}): string =>
    `${reference(product, version)}${queryString(query)}`,
  operation: (product: string, version: string, address: string): string =>
    `${reference(product, version)}/operations/${segment(address)}`,
  /** Where an operation is tried. @param media which of its bodies */
  console: (product: string, version: string, address: string): string =>
    `${reference(product, version)}/operations/${segment(address)}/try`,
  schemas: (product: string, version: string): string => `${reference(product, version)}/schemas`,
  schema: (product: string, version: string, name: string): string =>
    `${reference(product, version)}/schemas/${segment(schemaAddress(name))}`,
  /** What differs between documents that the specification was, and is. */
  changes: (product: string, version: string, query: Query = {}): string =>
    `${reference(product, version)}/changes${queryString(query)}`,
  /** The specification: as it was uploaded, or written in a format. */
  download: (product: string, version: string, format?: 'json' | 'yaml'): string =>
    `${reference(product, version)}/download${format === undefined ? '' : `?format=${format}`}`,
  /** The specification under an address that stays, in a format. */
  specification: (product: string, version: string, format: 'json' | 'yaml'): string =>
    `${reference(product, version)}/openapi.${format}`,
  redoc: (product: string, version: string, query: Query = {}): string =>
    `${reference(product, version)}/redoc${queryString(query)}`,
  redocSpecification: (product: string, version: string, query: Query = {}): string =>
    `${reference(product, version)}/redoc/openapi.json${queryString(query)}`,
  search: (query: Query = {}): string => `/search${queryString(query)}`,
  suggestions: '/search/suggestions',
  login: (returnTo?: string): string =>
    `/login${queryString({ returnTo: returnTo !== undefined && returnTo !== '/' && isLocal(returnTo) ? returnTo : undefined })}`,
  /** Where a log-in leads: back to a page of this portal, or to the start. */
  after: (returnTo: string): string => (isLocal(returnTo) && !/^\/log(in|out)\b/.test(returnTo) ? returnTo : '/'),
  confirm: '/login/confirm',
  logout: '/logout',
  register: '/register',
  registered: '/register/sent',
  forgotPassword: '/forgot-password',
  forgotten: '/forgot-password/sent',
  resetPassword: (token?: string): string => `/reset-password${queryString({ token })}`,
  account: '/account',
  accountPart: (name: string): string => `/account/${name}`,
  applications: (page?: number): string => `/my-apps${queryString({ page })}`,
  application: (id: string, ...parts: readonly string[]): string => ['/application', id, ...parts].join('/'),
  /** With a version, the application is registered for it at once. */
  createApplication: (version?: string): string => `/application/create${queryString({ productVersion: version })}`,
  theme: (hash: string): string => `/theme/${hash}.css`,
  image: (kind: ImageKind, hash: string): string => `/images/${kind.replaceAll('_', '-')}/${hash}`,
  diagram: (hash: string, theme: 'light' | 'dark'): string => `/diagrams/${hash}/${theme}.svg`,
  sitemap: '/sitemap.xml',
} as const;
