import type { AuthStrategyId, PortalId } from '../ids.ts';
import type { LabelChanges, Labels } from '../labels/index.ts';
import type { PortalAppearance } from './appearance.ts';

/** A site with an address, a look, developers and applications of its own. */
export interface Portal {
  readonly id: PortalId;
  readonly name: string;
  readonly displayName: string;
  readonly description: string | null;
  /** its address from the start, without port */
  readonly defaultDomain: string;
  readonly customDomain: string | null;
  /** where a portal client of one's own lives; not served from here */
  readonly customClientDomain: string | null;
  readonly isPublic: boolean;
  readonly rbacEnabled: boolean;
  readonly autoApproveApplications: boolean;
  readonly autoApproveDevelopers: boolean;
  /** whether developers log in with a password of their own */
  readonly basicAuthEnabled: boolean;
  readonly defaultAuthStrategyId: AuthStrategyId | null;
  readonly labels: Labels;
  readonly appearance: PortalAppearance;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A portal as its administration sees it. */
export interface PortalDetails extends Portal {
  /** products assigned to it */
  readonly productCount: number;
  readonly developerCount: number;
  readonly applicationCount: number;
}

interface PortalSettings {
  readonly displayName?: string | undefined;
  readonly description?: string | null | undefined;
  readonly customDomain?: string | null | undefined;
  readonly customClientDomain?: string | null | undefined;
  readonly isPublic?: boolean | undefined;
  readonly rbacEnabled?: boolean | undefined;
  readonly autoApproveApplications?: boolean | undefined;
  readonly autoApproveDevelopers?: boolean | undefined;
  /** null: applications must name a strategy themselves */
  readonly defaultAuthStrategyId?: AuthStrategyId | null | undefined;
}

export interface NewPortal extends PortalSettings {
  readonly name: string;
  readonly labels?: Labels | undefined;
}

/** Absent leaves as it is, null clears. */
export interface PortalChanges extends PortalSettings {
  readonly name?: string | undefined;
  readonly labels?: LabelChanges | undefined;
}

export type PortalFilterField =
  | 'id'
  | 'name'
  | 'description'
  | 'is_public'
  | 'rbac_enabled'
  | 'auto_approve_developers'
  | 'auto_approve_applications'
  | 'default_domain'
  | 'custom_domain'
  | 'custom_client_domain';
export type PortalSortField = Exclude<PortalFilterField, 'id'> | 'created_at' | 'updated_at';
