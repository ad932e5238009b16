import type { StrategySummary } from '../auth-strategies/index.ts';
import { type Issue, invalid } from '../errors.ts';
import type { ApplicationId, AuthStrategyId, DeveloperId, PortalId } from '../ids.ts';
import type { Portal } from '../portals/index.ts';

/** What a developer calls an API with; it registers for versions, and proves itself in one way for life. */
export interface Application {
  readonly id: ApplicationId;
  readonly portalId: PortalId;
  readonly developerId: DeveloperId;
  /** undefined once the strategy is deleted: then the application can prove itself nowhere */
  readonly authStrategy: StrategySummary | undefined;
  readonly name: string;
  readonly description: string | null;
  /** what the identity provider knows it by; empty where it shows an API key */
  readonly referenceId: string;
  readonly redirectUri: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** An application as the administration sees it. */
export interface ApplicationDetails extends Application {
  readonly developerName: string;
  readonly developerEmail: string;
  /** of any status */
  readonly registrationCount: number;
}

/** A developer in their portal. */
export interface Owner {
  readonly portal: Portal;
  readonly developerId: DeveloperId;
}

/** Where an application is found by whoever owns it. */
export interface OwnApplication extends Owner {
  readonly applicationId: ApplicationId;
}

/** Where an application is found by the administration. */
export interface PortalApplication {
  readonly portalId: PortalId;
  readonly applicationId: ApplicationId;
}

interface ApplicationSettings {
  /** null or empty: none */
  readonly description?: string | null | undefined;
  readonly referenceId?: string | undefined;
  /** null or empty: none */
  readonly redirectUri?: string | null | undefined;
  readonly scopes?: readonly string[] | undefined;
}

export interface NewApplication extends ApplicationSettings {
  readonly name: string;
  /** null or absent: the portal's default */
  readonly authStrategyId?: AuthStrategyId | null | undefined;
}

/** Absent leaves as it is. */
export interface ApplicationChanges extends ApplicationSettings {
  readonly name?: string | undefined;
}

export type OwnApplicationFilterField = 'name' | 'auth_strategy_id';
export type ApplicationFilterField = 'name' | 'developer_id' | 'developer_name' | 'developer_email';
export type ApplicationSortField = 'created_at' | 'developer_id' | 'name';

/** Schemes that a browser runs instead of going somewhere. */
const RUNNING = new Set(['javascript:', 'data:', 'vbscript:', 'blob:', 'file:']);

const isAddress = (text: string): boolean => URL.canParse(text) && !RUNNING.has(new URL(text).protocol);

/** @throws invalid for settings that an application of this strategy cannot have */
export const checkSettings = (settings: ApplicationSettings, strategy: StrategySummary | undefined): void => {
  const { referenceId, redirectUri, scopes } = settings;
  const issues: Issue[] = [];
  const issue = (field: string, rule: 'required' | 'invalid', reason: string): void => {
    issues.push({ field, rule, reason: `${field} ${reason}`, source: 'body' });
  };
  if (strategy?.config.type === 'openid_connect' && referenceId === '')
    issue('reference_id', 'required', 'is required: it is what the identity provider knows the application by');
  if (strategy?.config.type === 'key_auth' && referenceId)
    issue('reference_id', 'invalid', 'must be left out: an application with API keys is known by those');
  if (redirectUri && !isAddress(redirectUri)) issue('redirect_uri', 'invalid', 'must be an absolute address');
  if (scopes !== undefined && scopes.length > 0)
    issue('scopes', 'invalid', 'must be left out: scopes of this kind of application are given by its identity provider');
  const [first, ...rest] = issues;
  if (first) throw invalid(first, ...rest);
};
