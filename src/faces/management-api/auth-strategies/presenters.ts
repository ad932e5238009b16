import type { AuthStrategy, StrategyConfig, StrategySummary } from '../../../domain/auth-strategies/index.ts';

const presentConfig = (config: StrategyConfig) => {
  if (config.type === 'key_auth') return { 'key-auth': { key_names: config.keyNames } };
  return {
    'openid-connect': {
      ...config.further,
      issuer: config.issuer,
      credential_claim: config.credentialClaims,
      scopes: config.scopes,
      auth_methods: config.authMethods,
      ...(config.labels === undefined ? {} : { labels: config.labels }),
    },
  };
};

/** A strategy as the management API shows it. */
export const presentAuthStrategy = (strategy: AuthStrategy) => ({
  id: strategy.id,
  name: strategy.name,
  display_name: strategy.displayName,
  strategy_type: strategy.config.type,
  configs: presentConfig(strategy.config),
  active: strategy.active,
  dcr_provider: null,
  labels: strategy.labels,
  created_at: strategy.createdAt,
  updated_at: strategy.updatedAt,
});

/** A strategy where it is used, as the management API shows it. */
export const presentUsedStrategy = ({ id, name, config }: StrategySummary) =>
  config.type === 'key_auth'
    ? { id, name, credential_type: 'key_auth', key_names: config.keyNames }
    : { id, name, credential_type: 'self_managed_client_credentials', auth_methods: config.authMethods };
