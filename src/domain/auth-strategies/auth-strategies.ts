import { toInstant } from '../../database/codec.ts';
import { isForeignKeyViolation } from '../../database/errors.ts';
import { lockRow } from '../../database/lock.ts';
import { differences } from '../../lib/differences.ts';
import { allowed, demand, may, require } from '../access/index.ts';
import { type Context, type ContextWithPorts, type FollowIssuer, inTransaction } from '../context.ts';
import { conflict, type DomainError, invalid, notFound } from '../errors.ts';
import { record } from '../events/index.ts';
import { type AuthStrategyId, newId } from '../ids.ts';
import { checkLabels, mergeLabels } from '../labels/index.ts';
import type { Listed, ListQuery } from '../listing.ts';
import { makeAdminOf } from '../roles/index.ts';
import { uniquely } from '../unique.ts';
import * as store from './auth-strategies-store.ts';
import {
  type AuthStrategy,
  type AuthStrategyChanges,
  type AuthStrategyFilterField,
  type AuthStrategySortField,
  changeConfig,
  completeConfig,
  type NewAuthStrategy,
  type StrategySummary,
} from './auth-strategy.ts';

/** One page of the strategies that the actor may read. */
export const listAuthStrategies = (
  ctx: Context,
  query: ListQuery<AuthStrategyFilterField, AuthStrategySortField>,
): Promise<Listed<AuthStrategy>> => store.selectStrategies(ctx, query, allowed(ctx.actor, 'auth-strategy.read'));

const demandStrategy = ({ actor }: Context, verb: 'read' | 'edit', id: AuthStrategyId): void =>
  demand(actor, `auth-strategy.${verb}`, id, 'Auth strategy');

/** @throws not-found */
export const getAuthStrategy = async (ctx: Context, id: AuthStrategyId): Promise<AuthStrategy> => {
  demandStrategy(ctx, 'read', id);
  const strategy = await store.findStrategy(ctx, id);
  if (!strategy) throw notFound('Auth strategy');
  return strategy;
};

/** Whether all of these strategies exist, and the actor may refer to them. */
export const mayReferToStrategies = async (ctx: Context, ids: readonly AuthStrategyId[]): Promise<boolean> =>
  ids.every((id) => may(ctx.actor, 'auth-strategy.read', id)) && (await store.selectSummaries(ctx, ids)).length === ids.length;

/** Those of the given strategies that exist, for whoever refers to them. */
export const findAuthStrategies = (ctx: Context, ids: readonly AuthStrategyId[]): Promise<StrategySummary[]> =>
  store.selectSummaries(ctx, ids);

/** The strategy of portals that name none: the oldest `key_auth` strategy; undefined when there is none. */
export const findDefaultAuthStrategyId = (ctx: Context): Promise<AuthStrategyId | undefined> => store.findFirstKeyAuth(ctx);

/** Sees to it that an installation without any strategy gets one: an API key in the header `apikey`. Does nothing otherwise. */
export const ensureDefaultAuthStrategy = (ctx: Context): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    if (await store.hasStrategies(ctx)) return;
    await createAuthStrategy(ctx, { name: 'key-auth', displayName: 'API key', config: { type: 'key_auth' } });
  });

/** Creates a strategy, whose Maintainer the actor becomes. @throws forbidden; invalid for a registration provider that does not exist; conflict when the name is taken */
export const createAuthStrategy = (ctx: Context, input: NewAuthStrategy): Promise<AuthStrategy> =>
  uniquely(taken(input.name), () => insert(ctx, input, undefined));

const insert = (ctx: Context, input: NewAuthStrategy, wanted: AuthStrategyId | undefined): Promise<AuthStrategy> => {
  require(may(ctx.actor, 'auth-strategy.create'));
  refuseProvider(input.dcrProviderId);
  const now = ctx.now();
  const strategy: AuthStrategy = {
    id: wanted ?? newId(now),
    name: input.name,
    displayName: input.displayName,
    config: completeConfig(input.config),
    labels: checkLabels(input.labels ?? {}),
    active: false,
    createdAt: toInstant(now),
    updatedAt: toInstant(now),
  };
  return inTransaction(ctx, async (ctx) => {
    await store.insertStrategy(ctx, strategy);
    await makeAdminOf(ctx, 'auth-strategy', strategy.id);
    await record(ctx, {
      action: 'auth-strategy.created',
      subjectId: strategy.id,
      details: { name: strategy.name, type: strategy.config.type },
    });
    return strategy;
  });
};

/**
 * Changes a strategy. Applications are known by another issuer as soon as it is another one.
 * @throws not-found; forbidden; invalid for configs of another type; conflict when the name is taken, or when the new issuer knows
 * other applications by the same reference ids
 */
export const updateAuthStrategy = (
  { ports: { followIssuer }, ...ctx }: ContextWithPorts,
  id: AuthStrategyId,
  changes: AuthStrategyChanges,
): Promise<AuthStrategy> =>
  uniquely(taken(changes.name), () =>
    inTransaction(ctx, async (ctx) => {
      demandStrategy(ctx, 'edit', id);
      await lockRow(ctx.db, ctx.engine, 'auth_strategies', id);
      const before = await getAuthStrategy(ctx, id);
      refuseProvider(changes.dcrProviderId);
      return save(ctx, followIssuer, before, {
        ...before,
        name: changes.name ?? before.name,
        displayName: changes.displayName ?? before.displayName,
        config: changeConfig(before.config, changes.config),
        labels: checkLabels(mergeLabels(before.labels, changes.labels)),
      });
    }),
  );

/**
 * Puts a strategy in place of the one with this id, or creates it under this id.
 * @throws not-found; forbidden; invalid when the type changes while the strategy is in use; conflict as {@link updateAuthStrategy}
 */
export const replaceAuthStrategy = (
  { ports: { followIssuer }, ...ctx }: ContextWithPorts,
  id: AuthStrategyId,
  input: NewAuthStrategy,
): Promise<AuthStrategy> =>
  uniquely(taken(input.name), () =>
    inTransaction(ctx, async (ctx) => {
      await lockRow(ctx.db, ctx.engine, 'auth_strategies', id);
      const before = await store.findStrategy(ctx, id);
      if (!before) return insert(ctx, input, id);
      demandStrategy(ctx, 'edit', id);
      refuseProvider(input.dcrProviderId);
      if (input.config.type !== before.config.type && (await usesOf(ctx, id)) !== undefined)
        throw invalid({
          field: 'strategy_type',
          rule: 'invalid',
          reason: `strategy_type must stay ${before.config.type} while the strategy is in use`,
          source: 'body',
        });
      const after = {
        ...before,
        name: input.name,
        displayName: input.displayName,
        config: completeConfig(input.config),
        labels: checkLabels(input.labels ?? {}),
      };
      return save(ctx, followIssuer, before, after);
    }),
  );

const issuerOf = ({ config }: AuthStrategy): string | null => (config.type === 'openid_connect' ? config.issuer : null);

const save = async (
  ctx: Context,
  followIssuer: FollowIssuer,
  before: AuthStrategy,
  strategy: AuthStrategy,
): Promise<AuthStrategy> => {
  const after = { ...strategy, updatedAt: toInstant(ctx.now()) };
  await store.storeStrategy(ctx, after);
  if (issuerOf(after) !== issuerOf(before)) await followIssuer(ctx, after.id, issuerOf(after));
  const details = differences(before, after, ['name', 'displayName', 'config', 'labels']);
  await record(ctx, { action: 'auth-strategy.updated', subjectId: after.id, details });
  return after;
};

/** @throws not-found; forbidden; conflict while a version in any portal uses it, or a portal has it for its default */
export const deleteAuthStrategy = async (ctx: Context, id: AuthStrategyId): Promise<void> => {
  demandStrategy(ctx, 'edit', id);
  try {
    await inTransaction(ctx, async (ctx) => {
      const { name } = await getAuthStrategy(ctx, id);
      const uses = await usesOf(ctx, id);
      if (uses !== undefined) throw inUse(uses);
      if (!(await store.removeStrategy(ctx, id))) throw notFound('Auth strategy');
      await record(ctx, { action: 'auth-strategy.deleted', subjectId: id, details: { name } });
    });
  } catch (error) {
    if (isForeignKeyViolation(error)) throw inUse('it was taken into use this moment');
    throw error;
  }
};

const inUse = (uses: string): DomainError => conflict(`The auth strategy is in use: ${uses}`);

/** Who uses a strategy, in words; undefined when nobody does. Names are told to those only who may read whatever it is. */
const usesOf = async (ctx: Context, id: AuthStrategyId): Promise<string | undefined> => {
  const { portals, versions } = await store.selectUses(ctx, id);
  const parts = [enumerate(versions, 'version'), enumerate(portals, 'as the default of portal')].filter((part) => part !== '');
  if (parts.length === 0) return undefined;
  const readsAll = may(ctx.actor, 'product.read') && may(ctx.actor, 'portal.read');
  return readsAll ? parts.join('; ') : 'by versions, or as the default of portals';
};

const enumerate = (names: readonly string[], what: string): string => {
  if (names.length === 0) return '';
  const shown = names.slice(0, store.SHOWN).join(', ');
  return `${what}${names.length === 1 ? '' : 's'} ${shown}${names.length > store.SHOWN ? ' and more' : ''}`;
};

/** There are no registration providers yet: whatever is named does not exist. */
const refuseProvider = (id: string | null | undefined): void => {
  if (id === undefined || id === null) return;
  throw invalid({
    field: 'dcr_provider_id',
    rule: 'missing_reference',
    reason: 'dcr_provider_id must name an existing DCR provider',
    source: 'body',
  });
};

const taken = (name: string | undefined): string => `An auth strategy with the name "${name}" exists already`;
