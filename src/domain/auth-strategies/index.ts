export {
  createAuthStrategy,
  deleteAuthStrategy,
  ensureDefaultAuthStrategy,
  findAuthStrategies,
  findDefaultAuthStrategyId,
  getAuthStrategy,
  listAuthStrategies,
  mayReferToStrategies,
  replaceAuthStrategy,
  updateAuthStrategy,
} from './auth-strategies.ts';
export type {
  AuthStrategy,
  AuthStrategyChanges,
  AuthStrategyFilterField,
  AuthStrategySortField,
  ConfigChanges,
  KeyAuthConfig,
  NewAuthStrategy,
  OpenidConnectConfig,
  StrategyConfig,
  StrategySummary,
  StrategyType,
} from './auth-strategy.ts';
export { STRATEGY_TYPES } from './auth-strategy.ts';
