import { type Actor, may } from '../access/index.ts';
import type { StrategySummary } from '../auth-strategies/index.ts';
import type { ApplicationId, DeveloperId, PortalId, ProductId, RegistrationId, VersionId } from '../ids.ts';

export const REGISTRATION_STATUSES = ['approved', 'pending', 'rejected', 'revoked'] as const;
export type RegistrationStatus = (typeof REGISTRATION_STATUSES)[number];

/** An application that asks for a version; while it is approved, its calls are let through. */
export interface Registration {
  readonly id: RegistrationId;
  readonly portalId: PortalId;
  readonly developerId: DeveloperId;
  readonly applicationId: ApplicationId;
  readonly productId: ProductId;
  readonly versionId: VersionId;
  readonly status: RegistrationStatus;
  /** what whoever decided wrote to the developer */
  readonly statusReason: string | null;
  readonly decidedAt: string | null;
  /** the administrator (or token of one) who decided; null while nobody has, and where the portal approves by itself */
  readonly decidedBy: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A registration with the names of what it is about. */
export interface RegistrationDetails extends Registration {
  readonly productName: string;
  readonly versionName: string;
  readonly applicationName: string;
  readonly developerName: string;
  readonly developerEmail: string;
  readonly portalName: string;
  /** whether the application proves itself as the version demands in its portal; else nothing enforces the registration */
  readonly fits: boolean;
}

/** Whether a registration is in force or waits, but could not be made any more: what its version demands has changed since. */
export const noLongerFits = ({ status, fits }: Pick<RegistrationDetails, 'status' | 'fits'>): boolean =>
  !fits && (status === 'approved' || status === 'pending');

/** A registration as its developer sees it. */
export interface OwnRegistration extends Registration {
  readonly productName: string;
  readonly productSlug: string;
  readonly versionName: string;
  readonly versionSlug: string;
  readonly deprecated: boolean;
  /** whether the application still proves itself as the version demands here: a publication may have changed its strategy since */
  readonly fits: boolean;
}

/** An application of a developer's, and whether it is registered for the version that was asked about. */
export interface ApplicationOfVersion {
  readonly id: ApplicationId;
  readonly name: string;
  readonly authStrategy: StrategySummary | undefined;
  readonly registration: { readonly id: RegistrationId; readonly status: RegistrationStatus } | undefined;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What an administrator decides about a registration. */
export interface Decision {
  readonly status: RegistrationStatus;
  /** why, for the developer to read */
  readonly reason?: string | null | undefined;
  /** what it was when it was looked at: if another has decided meanwhile, that stands */
  readonly expected?: RegistrationStatus | undefined;
}

/** The longest reason, in characters. */
export const MAX_REASON_LENGTH = 1000;

/** How long a decision can be undone, and whoever hears of it has to wait. */
export const UNDO_MS = 10_000;

/** A registration once it is decided about; pure. */
export const decided = (registration: Registration, { status, reason }: Decision, by: string | null, at: string) => ({
  ...registration,
  status,
  statusReason: reason?.trim() || null,
  decidedAt: status === 'pending' ? null : at,
  decidedBy: status === 'pending' ? null : by,
  updatedAt: at,
});

/** Whether its developer may take a registration back: a refusal that could be deleted would be none. */
export const canUnregister = ({ status }: Pick<Registration, 'status'>): boolean => status === 'approved' || status === 'pending';

/** Whether an actor decides about a registration: by a role on its portal, or on its product. */
export const canDecide = (actor: Actor, { portalId, productId }: Pick<Registration, 'portalId' | 'productId'>): boolean =>
  may(actor, 'portal.decide', portalId) || may(actor, 'product.decide', productId);

/** Whether an actor sees a registration: whoever reads its portal, and whoever decides. */
export const canSee = (actor: Actor, registration: Pick<Registration, 'portalId' | 'productId'>): boolean =>
  may(actor, 'portal.read', registration.portalId) || canDecide(actor, registration);

export type OwnRegistrationFilterField = 'id' | 'status' | 'product_name' | 'product_version_name';
export type RegistrationFilterField =
  | 'status'
  | 'portal_id'
  | 'product_id'
  | 'product_version_id'
  | 'application_id'
  | 'application_name'
  | 'developer_id'
  | 'developer_name';
export type RegistrationSortField = 'created_at' | 'updated_at' | 'developer_id' | 'status';
export type ApplicationOfVersionFilterField = 'name' | 'status' | 'auth_strategy_id';
