import type { StrategySummary } from '../auth-strategies/index.ts';
import { invalid } from '../errors.ts';
import type { AuthStrategyId, PortalId, ProductId, PublicationId, VersionId } from '../ids.ts';
import type { Labels } from '../labels/index.ts';

export const PUBLISH_STATUSES = ['published', 'unpublished'] as const;
export type PublishStatus = (typeof PUBLISH_STATUSES)[number];

/** Where a publication is found: a version stands in a portal at most once. */
export interface PublicationRef {
  readonly portalId: PortalId;
  readonly versionId: VersionId;
}

/** How a version stands in a portal. */
export interface Publication extends PublicationRef {
  readonly id: PublicationId;
  readonly publishStatus: PublishStatus;
  readonly deprecated: boolean;
  readonly applicationRegistrationEnabled: boolean;
  readonly autoApproveRegistration: boolean;
  /** whether the console of the version may send requests by way of the server */
  readonly consoleProxy: boolean;
  /** one at most */
  readonly authStrategies: readonly StrategySummary[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** All that is decided about a version in a portal. */
export interface PublicationSettings {
  readonly publishStatus: PublishStatus;
  readonly deprecated: boolean;
  readonly applicationRegistrationEnabled: boolean;
  readonly autoApproveRegistration: boolean;
  /** absent: not, or as it was */
  readonly consoleProxy?: boolean | undefined;
  readonly authStrategyIds: readonly AuthStrategyId[];
}

/** Absent leaves as it is. */
export type PublicationChanges = { readonly [Key in keyof PublicationSettings]?: PublicationSettings[Key] | undefined };

/** Whether developers who are affected by a change are told by mail. */
export interface Notice {
  readonly notifyDevelopers?: boolean | undefined;
}

/** A product as the administration of a portal sees it. */
export interface AssignedProduct {
  readonly id: ProductId;
  readonly name: string;
  readonly description: string | null;
  readonly labels: Labels;
  /** all portals that it is assigned to */
  readonly portalIds: readonly PortalId[];
  /** its versions that are published in this portal */
  readonly versionCount: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A portal that a product is assigned to. */
export interface ProductPortal {
  readonly portalId: PortalId;
  readonly portalName: string;
}

/** How a version stands in one of the portals, as the version's own side shows it. */
export interface VersionPublication extends ProductPortal {
  readonly publicationId: PublicationId;
  readonly publishStatus: PublishStatus;
  readonly deprecated: boolean;
  readonly applicationRegistrationEnabled: boolean;
  readonly autoApproveRegistration: boolean;
  readonly authStrategies: readonly Pick<StrategySummary, 'id' | 'name' | 'displayName'>[];
}

export type PublicationFilterField =
  | 'id'
  | 'publish_status'
  | 'product_version_id'
  | 'created_at'
  | 'updated_at'
  | 'auth_strategy_ids'
  | 'application_registration_enabled'
  | 'auto_approve_registration'
  | 'deprecated';
export type PublicationSortField = Exclude<PublicationFilterField, 'id'>;

export type AssignedProductFilterField = 'id' | 'name' | 'description';
export type AssignedProductSortField = 'created_at' | 'name' | 'description';

/** @throws invalid when there is more than one strategy, or registration is on without any */
export const checkSettings = (settings: PublicationSettings): PublicationSettings => {
  const field = 'auth_strategy_ids';
  if (settings.authStrategyIds.length > 1)
    throw invalid({
      field,
      rule: 'max_items',
      maximum: 1,
      reason: 'auth_strategy_ids must hold not more than one id: a version has one auth strategy in a portal',
      source: 'body',
    });
  if (settings.applicationRegistrationEnabled && settings.authStrategyIds.length === 0)
    throw invalid({
      field,
      rule: 'required',
      reason:
        'auth_strategy_ids must hold an id while application_registration_enabled is true: applications need it to prove themselves',
      source: 'body',
    });
  return settings;
};
