import { invalid } from '../errors.ts';
import type { AuthStrategyId } from '../ids.ts';
import type { LabelChanges, Labels } from '../labels/index.ts';

export const STRATEGY_TYPES = ['key_auth', 'openid_connect'] as const;
export type StrategyType = (typeof STRATEGY_TYPES)[number];

/** Applications show an API key in one of these headers or query parameters. */
export interface KeyAuthConfig {
  readonly type: 'key_auth';
  readonly keyNames: readonly string[];
}

/** Applications show a token of an identity provider. */
export interface OpenidConnectConfig {
  readonly type: 'openid_connect';
  readonly issuer: string;
  readonly credentialClaims: readonly string[];
  readonly scopes: readonly string[];
  readonly authMethods: readonly string[];
  readonly labels?: Labels | undefined;
  /** further settings of the gateway's plugin, kept as sent */
  readonly further: Readonly<Record<string, unknown>>;
}

export type StrategyConfig = KeyAuthConfig | OpenidConnectConfig;

/** How an application proves itself to the gateway. */
export interface AuthStrategy {
  readonly id: AuthStrategyId;
  readonly name: string;
  readonly displayName: string;
  readonly config: StrategyConfig;
  readonly labels: Labels;
  /** whether a published version uses it */
  readonly active: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What names a strategy where it is used. */
export interface StrategySummary {
  readonly id: AuthStrategyId;
  readonly name: string;
  readonly displayName: string;
  readonly config: StrategyConfig;
}

type KeyAuthInput = Partial<KeyAuthConfig> & { readonly type: 'key_auth' };

export interface NewAuthStrategy {
  readonly name: string;
  readonly displayName: string;
  readonly config: KeyAuthInput | OpenidConnectConfig;
  readonly labels?: Labels | undefined;
  readonly dcrProviderId?: string | null | undefined;
}

/** What of a configuration changes; `type` must be the strategy's own. */
export type ConfigChanges = KeyAuthInput | (Partial<OpenidConnectConfig> & { readonly type: 'openid_connect' });

/** Absent leaves as it is. */
export interface AuthStrategyChanges {
  readonly name?: string | undefined;
  readonly displayName?: string | undefined;
  readonly config?: ConfigChanges | undefined;
  readonly labels?: LabelChanges | undefined;
  readonly dcrProviderId?: string | null | undefined;
}

export type AuthStrategyFilterField =
  | 'strategy_type'
  | 'name'
  | 'display_name'
  | 'dcr_provider_id'
  | 'dcr_provider_name'
  | 'dcr_provider_type';
export type AuthStrategySortField = AuthStrategyFilterField | 'created_at' | 'updated_at';

/** The name of the header that carries an API key unless a strategy says otherwise. */
export const DEFAULT_KEY_NAME = 'apikey';

/** A configuration with its defaults. */
export const completeConfig = (config: NewAuthStrategy['config']): StrategyConfig =>
  config.type === 'key_auth' ? { type: 'key_auth', keyNames: config.keyNames ?? [DEFAULT_KEY_NAME] } : config;

/**
 * A configuration after a change: lists are replaced as a whole, what is absent stays.
 * @throws invalid when the change is one of another type of strategy
 */
export const changeConfig = (config: StrategyConfig, changes: ConfigChanges | undefined): StrategyConfig => {
  if (!changes) return config;
  if (config.type === 'key_auth' && changes.type === 'key_auth')
    return { type: 'key_auth', keyNames: changes.keyNames ?? config.keyNames };
  if (config.type === 'openid_connect' && changes.type === 'openid_connect')
    return {
      type: 'openid_connect',
      issuer: changes.issuer ?? config.issuer,
      credentialClaims: changes.credentialClaims ?? config.credentialClaims,
      scopes: changes.scopes ?? config.scopes,
      authMethods: changes.authMethods ?? config.authMethods,
      labels: changes.labels ?? config.labels,
      further: { ...config.further, ...changes.further },
    };
  throw invalid({
    field: 'configs',
    rule: 'invalid',
    reason: `configs must be those of the strategy's own type, ${config.type}, which cannot change`,
    source: 'body',
  });
};
