import type { ApplicationId, DeveloperId, PortalId, RegistrationId } from '../../../domain/ids.ts';
import type { RegionCode } from '../../../domain/regions/index.ts';
import { type Query, queryString } from '../../../http/addresses.ts';
import { paths } from '../paths.ts';

const portals = (region: RegionCode): string => `${paths.overview(region)}/portals`;
const portal = (region: RegionCode, id: PortalId): string => `${portals(region)}/${id}`;
const developers = (region: RegionCode, id: PortalId): string => `${portal(region, id)}/developers`;

export interface DeveloperPlace {
  readonly portalId: PortalId;
  readonly developerId: DeveloperId;
}

const developer = (region: RegionCode, { portalId, developerId }: DeveloperPlace): string =>
  `${developers(region, portalId)}/${developerId}`;

/** Addresses of portals. */
export const portalPaths = {
  list: (region: RegionCode, query: Query = {}): string => `${portals(region)}${queryString(query)}`,
  create: (region: RegionCode): string => `${portals(region)}/create`,
  portal,
  settings: (region: RegionCode, id: PortalId): string => `${portal(region, id)}/settings`,
  keys: (region: RegionCode, id: PortalId): string => `${portal(region, id)}/keys`,
  verify: (region: RegionCode, id: PortalId): string => `${portal(region, id)}/verify-domain`,
  delete: (region: RegionCode, id: PortalId): string => `${portal(region, id)}/delete`,
} as const;

const appearance = (region: RegionCode, id: PortalId): string => `${portal(region, id)}/appearance`;

/** Addresses of the look of a portal. */
export const appearancePaths = {
  appearance,
  image: (region: RegionCode, id: PortalId, kind: string): string => `${appearance(region, id)}/images/${kind}`,
  preview: (region: RegionCode, id: PortalId, query: Query = {}): string =>
    `${appearance(region, id)}/preview${queryString(query)}`,
  previewStyle: (region: RegionCode, id: PortalId, query: Query = {}): string =>
    `${appearance(region, id)}/preview.css${queryString(query)}`,
} as const;

/** Addresses of the developers of a portal. */
export const developerPaths = {
  list: (region: RegionCode, id: PortalId, query: Query = {}): string => `${developers(region, id)}${queryString(query)}`,
  decide: (region: RegionCode, id: PortalId): string => `${developers(region, id)}/decide`,
  developer,
  status: (region: RegionCode, place: DeveloperPlace): string => `${developer(region, place)}/status`,
  delete: (region: RegionCode, place: DeveloperPlace): string => `${developer(region, place)}/delete`,
} as const;

export interface ApplicationPlace {
  readonly portalId: PortalId;
  readonly applicationId: ApplicationId;
}

const applications = (region: RegionCode, id: PortalId): string => `${portal(region, id)}/applications`;
const application = (region: RegionCode, { portalId, applicationId }: ApplicationPlace): string =>
  `${applications(region, portalId)}/${applicationId}`;

/** Addresses of the applications in a portal. */
export const applicationPaths = {
  list: (region: RegionCode, id: PortalId, query: Query = {}): string => `${applications(region, id)}${queryString(query)}`,
  application,
  edit: (region: RegionCode, place: ApplicationPlace): string => `${application(region, place)}/edit`,
  delete: (region: RegionCode, place: ApplicationPlace): string => `${application(region, place)}/delete`,
  registration: (region: RegionCode, place: ApplicationPlace, id: RegistrationId, act: 'decide' | 'delete'): string =>
    `${application(region, place)}/registrations/${id}/${act}`,
} as const;
