import { toInstant } from '../../database/codec.ts';
import { isForeignKeyViolation, isUniqueViolation } from '../../database/errors.ts';
import { lockRow } from '../../database/lock.ts';
import { differences } from '../../lib/differences.ts';
import { fold, slugify } from '../../lib/text.ts';
import { demand, demandSight, may, require, visible } from '../access/index.ts';
import { findDefaultAuthStrategyId, mayReferToStrategies } from '../auth-strategies/index.ts';
import { type Context, type ContextWithPorts, inTransaction } from '../context.ts';
import { conflict, type Issue, invalid, notFound } from '../errors.ts';
import { record } from '../events/index.ts';
import { type AuthStrategyId, asId, newId, type PortalId } from '../ids.ts';
import { checkLabels, mergeLabels } from '../labels/index.ts';
import type { Listed, ListQuery } from '../listing.ts';
import { makeAdminOf } from '../roles/index.ts';
import { INITIAL_APPEARANCE } from './appearance.ts';
import { checkDomains, defaultDomainOf, type HostSettings } from './hosts.ts';
import type { NewPortal, Portal, PortalChanges, PortalDetails, PortalFilterField, PortalSortField } from './portal.ts';
import * as store from './portals-store.ts';

/** One page of the portals that the actor may see. */
export const listPortals = (ctx: Context, query: ListQuery<PortalFilterField, PortalSortField>): Promise<Listed<PortalDetails>> =>
  store.selectPortals(ctx, query, visible(ctx.actor, 'portal'));

/** @throws not-found */
export const getPortal = async (ctx: Context, id: PortalId): Promise<PortalDetails> => {
  demandSight(ctx.actor, 'portal', id, 'Portal');
  const portal = await store.findPortalDetails(ctx, id);
  if (!portal) throw notFound('Portal');
  return portal;
};

/** A portal, for what follows from something that happened there; undefined when it is gone. */
export const findPortal = (ctx: Context, id: PortalId): Promise<Portal | undefined> => store.findPortalDetails(ctx, id);

/** Those of the given ids that are portals, for whoever refers to them. */
export const findExistingPortals = (ctx: Context, ids: readonly PortalId[]): Promise<PortalId[]> =>
  store.selectExisting(ctx, ids);

const LOCAL = '.localhost';

/**
 * The portal at a host: its default domain, its custom domain, or `<name>.localhost`, where spaces of the name become hyphens.
 * @param host a host name in any case, with or without a port
 */
export const findPortalByHost = async (ctx: Context, host: string): Promise<Portal | undefined> => {
  const name = fold(host).replace(/:\d*$/, '').replace(/\.$/, '');
  const portal = await store.findByDomain(ctx, name);
  if (portal || !name.endsWith(LOCAL)) return portal;
  const alias = name.slice(0, -LOCAL.length);
  const exact = await store.findByName(ctx, alias);
  if (exact) return exact;
  const named = (await store.selectNames(ctx)).find((candidate) => slugify(candidate.name, '') === alias);
  return named && store.findPortal(ctx, named.id);
};

/** The portal that is shown at hosts which name none: the one with this name or id, or else the first that was created. */
export const getDefaultPortal = async (ctx: Context, nameOrId: string | undefined): Promise<Portal | undefined> => {
  if (nameOrId === undefined) return store.findFirst(ctx);
  const id = asId<PortalId>(nameOrId);
  return (id && (await store.findPortal(ctx, id))) ?? store.findByName(ctx, nameOrId);
};

/**
 * Creates a portal at an address of its own, whose Admin the actor becomes. Without a default strategy given it takes the installation's.
 * @throws forbidden; invalid for domains or a strategy; conflict when the name or a domain is taken
 */
export const createPortal = (ctx: Context, input: NewPortal, settings: HostSettings): Promise<PortalDetails> => {
  require(may(ctx.actor, 'portal.create'));
  return uniquely(() =>
    inTransaction(ctx, async (ctx) => {
      const now = ctx.now();
      const id = newId<PortalId>(now);
      const portal: Portal = {
        id,
        name: input.name,
        displayName: input.displayName ?? input.name,
        description: input.description ?? null,
        defaultDomain: defaultDomainOf(id, ctx.region, settings),
        ...customDomains(input, { customDomain: null, customClientDomain: null }),
        isPublic: input.isPublic ?? false,
        rbacEnabled: input.rbacEnabled ?? false,
        autoApproveApplications: input.autoApproveApplications ?? false,
        autoApproveDevelopers: input.autoApproveDevelopers ?? false,
        basicAuthEnabled: true,
        defaultAuthStrategyId: await strategyOf(ctx, input.defaultAuthStrategyId, await findDefaultAuthStrategyId(ctx)),
        labels: checkLabels(input.labels ?? {}),
        appearance: INITIAL_APPEARANCE,
        createdAt: toInstant(now),
        updatedAt: toInstant(now),
      };
      await claimDomains(ctx, portal, settings);
      await store.insertPortal(ctx, portal);
      await makeAdminOf(ctx, 'portal', id);
      await record(ctx, {
        action: 'portal.created',
        subjectId: id,
        portalId: id,
        details: { name: portal.name, public: portal.isPublic },
      });
      return { ...portal, productCount: 0, developerCount: 0, applicationCount: 0 };
    }),
  );
};

/** @throws not-found; forbidden; invalid for domains or a strategy; conflict when the name or a domain is taken */
export const updatePortal = (
  ctx: Context,
  id: PortalId,
  changes: PortalChanges,
  settings: HostSettings,
): Promise<PortalDetails> => {
  demand(ctx.actor, 'portal.administer', id, 'Portal');
  return uniquely(() =>
    inTransaction(ctx, async (ctx) => {
      await lockRow(ctx.db, ctx.engine, 'portals', id);
      const before = await getPortal(ctx, id);
      const after: PortalDetails = {
        ...before,
        name: changes.name ?? before.name,
        displayName: changes.displayName ?? before.displayName,
        description: changes.description === undefined ? before.description : changes.description,
        ...customDomains(changes, before),
        isPublic: changes.isPublic ?? before.isPublic,
        rbacEnabled: changes.rbacEnabled ?? before.rbacEnabled,
        autoApproveApplications: changes.autoApproveApplications ?? before.autoApproveApplications,
        autoApproveDevelopers: changes.autoApproveDevelopers ?? before.autoApproveDevelopers,
        defaultAuthStrategyId: await strategyOf(ctx, changes.defaultAuthStrategyId, before.defaultAuthStrategyId ?? undefined),
        labels: checkLabels(mergeLabels(before.labels, changes.labels)),
        updatedAt: toInstant(ctx.now()),
      };
      await claimDomains(ctx, after, settings);
      await store.storePortal(ctx, after);
      const details = differences(before, after, RECORDED);
      await record(ctx, { action: 'portal.updated', subjectId: id, portalId: id, details });
      return after;
    }),
  );
};

const RECORDED = [
  'name',
  'displayName',
  'description',
  'customDomain',
  'customClientDomain',
  'isPublic',
  'rbacEnabled',
  'autoApproveApplications',
  'autoApproveDevelopers',
  'defaultAuthStrategyId',
  'labels',
] as const;

/**
 * Deletes a portal with everything in it.
 * @throws not-found; forbidden; invalid naming what is in the way, unless forced: versions that take registrations, and what other modules hold
 */
export const deletePortal = async (ctx: ContextWithPorts, id: PortalId, options: { readonly force: boolean }): Promise<void> => {
  demand(ctx.actor, 'portal.delete', id, 'Portal');
  const guards = options.force ? [] : [guardRegistrable, ...ctx.ports.portalGuards];
  await inTransaction(ctx, async (ctx) => {
    await lockRow(ctx.db, ctx.engine, 'portals', id);
    const { name } = await getPortal(ctx, id);
    const issues: Issue[] = [];
    for (const guard of guards) {
      const issue = await guard(ctx, id);
      if (issue) issues.push(issue);
    }
    const [first, ...rest] = issues;
    if (first) throw invalid(first, ...rest);
    await store.removePortal(ctx, id);
    await record(ctx, { action: 'portal.deleted', subjectId: id, portalId: id, details: { name, force: options.force } });
  });
};

const guardRegistrable = async (ctx: Context, id: string): Promise<Issue | undefined> => {
  const count = await store.countRegistrable(ctx, id as PortalId);
  if (count === 0) return undefined;
  const versions =
    count === 1 ? '1 product version with application registration' : `${count} product versions with application registration`;
  return {
    field: 'force',
    rule: 'required',
    reason: `the portal has ${versions}: turn that off first, or delete everything with force=true`,
    source: 'query',
  };
};

type Domains = Pick<Portal, 'customDomain' | 'customClientDomain'>;

const customDomains = (changes: Partial<Record<keyof Domains, string | null | undefined>>, before: Domains): Domains => {
  const domain = (name: keyof Domains): string | null => {
    const value = changes[name];
    return value === undefined ? before[name] : (value?.toLowerCase() ?? null);
  };
  return { customDomain: domain('customDomain'), customClientDomain: domain('customClientDomain') };
};

const claimDomains = async (ctx: Context, portal: Portal, settings: HostSettings): Promise<void> => {
  checkDomains(portal, settings);
  const domains = [portal.customDomain, portal.customClientDomain].filter((domain) => domain !== null);
  if (await store.isDomainTaken(ctx, domains, portal.id)) throw conflict('Another portal has this custom domain already');
};

const strategyOf = async (
  ctx: Context,
  wanted: AuthStrategyId | null | undefined,
  otherwise: AuthStrategyId | undefined,
): Promise<AuthStrategyId | null> => {
  if (wanted === undefined) return otherwise ?? null;
  if (wanted === null) return null;
  if (wanted !== otherwise && !(await mayReferToStrategies(ctx, [wanted]))) throw missingStrategy();
  return wanted;
};

const missingStrategy = () =>
  invalid({
    field: 'default_application_auth_strategy_id',
    rule: 'missing_reference',
    reason: 'default_application_auth_strategy_id must name an existing auth strategy',
    source: 'body',
  });

const uniquely = async <T>(act: () => Promise<T>): Promise<T> => {
  try {
    return await act();
  } catch (error) {
    if (isUniqueViolation(error)) throw conflict('A portal with this name or custom domain exists already');
    if (isForeignKeyViolation(error)) throw missingStrategy();
    throw error;
  }
};
