export {
  type AppearanceChanges,
  type AppearanceImages,
  type AppearanceText,
  type ImageKind,
  MAX_IMAGE_LENGTH,
  type PortalAppearance,
  type ServedImage,
  type UploadedImage,
} from './appearance.ts';
export {
  type AuthenticationChanges,
  type ClaimMappings,
  getAuthentication,
  type OidcConfig,
  type PortalAuthentication,
  updateAuthentication,
} from './authentication.ts';
export type { HostSettings } from './hosts.ts';
export { getKeyPolicy, type KeyPolicy, readKeyPolicy, updateKeyPolicy } from './key-policy.ts';
export type { NewPortal, Portal, PortalChanges, PortalDetails, PortalFilterField, PortalSortField } from './portal.ts';
export { getAppearance, getPortalImage, listImageHashes, updateAppearance } from './portal-appearance.ts';
export {
  createPortal,
  deletePortal,
  findExistingPortals,
  findPortal,
  findPortalByHost,
  getDefaultPortal,
  getPortal,
  listPortals,
  updatePortal,
} from './portals.ts';
export { type DomainStatus, verifyPortalDomain } from './verify-domain.ts';
