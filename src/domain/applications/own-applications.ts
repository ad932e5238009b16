import { toInstant } from '../../database/codec.ts';
import { lockRow } from '../../database/lock.ts';
import { differences } from '../../lib/differences.ts';
import type { StrategySummary } from '../auth-strategies/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { conflict, invalid, notFound } from '../errors.ts';
import { record } from '../events/index.ts';
import { type ApplicationId, newId } from '../ids.ts';
import type { Listed, ListQuery } from '../listing.ts';
import { uniquely } from '../unique.ts';
import { listVisibleStrategies } from '../visibility/index.ts';
import {
  type Application,
  type ApplicationChanges,
  checkSettings,
  type NewApplication,
  type OwnApplication,
  type OwnApplicationFilterField,
  type Owner,
} from './application.ts';
import * as store from './applications-store.ts';

/** One page of a developer's applications, the newest first. */
export const listOwnApplications = (
  ctx: Context,
  { developerId }: Owner,
  query: Omit<ListQuery<OwnApplicationFilterField, never>, 'sort'>,
): Promise<Listed<Application>> => store.selectOwn(ctx, developerId, query);

/** @throws not-found also for the application of somebody else */
export const getOwnApplication = async (
  ctx: Context,
  { developerId, applicationId }: Pick<OwnApplication, 'developerId' | 'applicationId'>,
): Promise<Application> => {
  const application = await store.findOwn(ctx, developerId, applicationId);
  if (!application) throw notFound('Application');
  return application;
};

/** {@link getOwnApplication}, kept as it is until the transaction ends. */
export const holdOwnApplication = async (ctx: Context, own: OwnApplication): Promise<Application> => {
  await lockRow(ctx.db, ctx.engine, 'applications', own.applicationId);
  return getOwnApplication(ctx, own);
};

/**
 * Creates an application, bound to one auth strategy for life.
 * @throws invalid for settings, or a strategy that is not there or not named; conflict when the developer has another of this name, or
 * the reference id is taken
 */
export const createApplication = (ctx: Context, owner: Owner, input: NewApplication): Promise<Application> =>
  uniquely(taken(input.name), () =>
    inTransaction(ctx, async (ctx) => {
      const authStrategy = await chosenStrategy(ctx, owner, input);
      const referenceId = input.referenceId ?? '';
      checkSettings({ ...input, referenceId }, authStrategy);
      const now = ctx.now();
      const application: Application = {
        id: newId<ApplicationId>(now),
        portalId: owner.portal.id,
        developerId: owner.developerId,
        authStrategy,
        name: input.name,
        description: input.description || null,
        referenceId,
        redirectUri: input.redirectUri || null,
        createdAt: toInstant(now),
        updatedAt: toInstant(now),
      };
      await claimReference(ctx, application);
      await store.insertApplication(ctx, application);
      await record(ctx, {
        action: 'application.created',
        subjectId: application.id,
        portalId: owner.portal.id,
        details: { developerId: owner.developerId, authStrategyId: authStrategy.id },
      });
      return application;
    }),
  );

const chosenStrategy = async (ctx: Context, owner: Owner, { authStrategyId }: NewApplication): Promise<StrategySummary> => {
  const { portal, developerId } = owner;
  const wanted = authStrategyId ?? portal.defaultAuthStrategyId;
  const field = 'auth_strategy_id';
  if (wanted === null)
    throw invalid({
      field,
      rule: 'required',
      reason: 'auth_strategy_id is required: this portal has no strategy for applications that name none',
      source: 'body',
    });
  const strategies = await listVisibleStrategies(ctx, portal, { kind: 'developer', id: developerId });
  const strategy = strategies.find(({ id }) => id === wanted);
  if (!strategy)
    throw invalid({
      field,
      rule: 'missing_reference',
      reason: 'auth_strategy_id must name an auth strategy of this portal',
      source: 'body',
    });
  return strategy;
};

/** @throws not-found; invalid for settings; conflict when the name or the reference id is taken */
export const updateOwnApplication = (ctx: Context, own: OwnApplication, changes: ApplicationChanges): Promise<Application> =>
  inTransaction(ctx, async (ctx) => change(ctx, await holdOwnApplication(ctx, own), changes));

/** Changes an application and records it; for callers who hold it in a transaction. */
export const change = (ctx: Context, before: Application, changes: ApplicationChanges): Promise<Application> =>
  uniquely(taken(changes.name ?? before.name), async () => {
    checkSettings(changes, before.authStrategy);
    const after: Application = {
      ...before,
      name: changes.name ?? before.name,
      description: changes.description === undefined ? before.description : changes.description || null,
      referenceId: changes.referenceId ?? before.referenceId,
      redirectUri: changes.redirectUri === undefined ? before.redirectUri : changes.redirectUri || null,
      updatedAt: toInstant(ctx.now()),
    };
    await claimReference(ctx, after);
    await store.storeApplication(ctx, after);
    // names and descriptions are people's own words: that they changed is recorded, not how
    const { changed } = differences(before, after, ['name', 'description', 'referenceId', 'redirectUri']);
    await record(ctx, {
      action: 'application.updated',
      subjectId: after.id,
      portalId: after.portalId,
      details: { changed: Object.keys(changed) },
    });
    return after;
  });

/** Deletes an application with its registrations and credentials. @throws not-found */
export const deleteOwnApplication = (ctx: Context, own: OwnApplication): Promise<void> =>
  inTransaction(ctx, async (ctx) => remove(ctx, await holdOwnApplication(ctx, own)));

/** Deletes an application and records it; for callers who hold it in a transaction. */
export const remove = async (ctx: Context, application: Application): Promise<void> => {
  await store.removeApplication(ctx, application.id);
  await record(ctx, {
    action: 'application.deleted',
    subjectId: application.id,
    portalId: application.portalId,
    details: { developerId: application.developerId },
  });
};

/** Says which of the two that must be unique is not, before the database says only that one is not. */
const claimReference = async (ctx: Context, application: Application): Promise<void> => {
  if (await store.isReferenceTaken(ctx, application))
    throw conflict(`Another application has the reference id "${application.referenceId}" already`);
};

const taken = (name: string): string => `An application of this developer has the name "${name}" already`;
