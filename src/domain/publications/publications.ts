import { isForeignKeyViolation, isUniqueViolation } from '../../database/errors.ts';
import { lockRow } from '../../database/lock.ts';
import { differences } from '../../lib/differences.ts';
import { canAdminister, require } from '../access/index.ts';
import { findAuthStrategies } from '../auth-strategies/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { conflict, invalid, notFound } from '../errors.ts';
import { record } from '../events/index.ts';
import { newId, type PortalId, type PublicationId, type VersionId } from '../ids.ts';
import type { Listed, ListQuery } from '../listing.ts';
import { getPortal } from '../portals/index.ts';
import {
  checkSettings,
  type Notice,
  type Publication,
  type PublicationChanges,
  type PublicationFilterField,
  type PublicationRef,
  type PublicationSettings,
  type PublicationSortField,
} from './publication.ts';
import * as store from './publications-store.ts';

/** One page of what is decided about versions in a portal. @throws not-found when there is no such portal */
export const listPublications = async (
  ctx: Context,
  portalId: PortalId,
  query: ListQuery<PublicationFilterField, PublicationSortField>,
): Promise<Listed<Publication>> => {
  await getPortal(ctx, portalId);
  return store.selectPublications(ctx, portalId, query);
};

/** @throws not-found, also when there is no such portal */
export const getPublication = async (ctx: Context, ref: PublicationRef): Promise<Publication> => {
  await getPortal(ctx, ref.portalId);
  const publication = await store.findPublication(ctx, ref);
  if (!publication) throw notFound('Portal product version');
  return publication;
};

/**
 * Decides for the first time how a version stands in a portal.
 * @throws not-found for the portal; invalid for settings, or a version or strategy that does not exist; conflict when it stands there already
 */
export const createPublication = (ctx: Context, ref: PublicationRef, settings: PublicationSettings): Promise<Publication> =>
  guarded(() =>
    inTransaction(ctx, async (ctx) => {
      await getPortal(ctx, ref.portalId);
      if (!(await versionExists(ctx, ref.versionId)))
        throw invalid({
          field: 'product_version_id',
          rule: 'missing_reference',
          reason: 'product_version_id must name an existing API product version',
          source: 'body',
        });
      return insert(ctx, ref, settings, {});
    }),
  );

/** @throws not-found; invalid for settings that do not go together, or a strategy that does not exist */
export const updatePublication = (
  ctx: Context,
  ref: PublicationRef,
  changes: PublicationChanges & Notice,
): Promise<Publication> =>
  guarded(() =>
    inTransaction(ctx, async (ctx) => {
      const { notifyDevelopers, ...settings } = changes;
      const before = await getPublication(ctx, ref);
      return change(ctx, before, settings, { notifyDevelopers });
    }),
  );

/**
 * Decides how a version stands in a portal, whether or not that was decided before.
 * @throws not-found for portal and version; invalid for settings, or a strategy that does not exist
 */
export const putPublication = (ctx: Context, ref: PublicationRef, input: PublicationSettings & Notice): Promise<Publication> =>
  guarded(() =>
    inTransaction(ctx, async (ctx) => {
      const { notifyDevelopers, ...settings } = input;
      await getPortal(ctx, ref.portalId);
      if (!(await versionExists(ctx, ref.versionId))) throw notFound('API product version');
      const before = await store.findPublication(ctx, ref);
      const notice = { notifyDevelopers };
      return before ? change(ctx, before, settings, notice) : insert(ctx, ref, settings, notice);
    }),
  );

/** Takes a version out of a portal, with what was decided about it there. @throws not-found */
export const deletePublication = (ctx: Context, ref: PublicationRef): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    const publication = await getPublication(ctx, ref);
    await store.removePublication(ctx, publication.id);
    await record(ctx, { action: 'publication.deleted', subjectId: publication.id, details: { ...ref } });
  });

/** Stores a new publication and its event; for callers who hold a transaction and have checked what it refers to. */
export const insert = async (
  ctx: Context,
  ref: PublicationRef,
  settings: PublicationSettings,
  notice: Notice,
): Promise<Publication> => {
  require(canAdminister(ctx.actor));
  await requireStrategies(ctx, checkSettings(settings));
  const now = ctx.now();
  const id = newId<PublicationId>(now);
  await store.insertPublication(ctx, id, ref, settings, now);
  await record(ctx, { action: 'publication.created', subjectId: id, details: { ...ref, ...settings, ...notice } });
  return reread(ctx, ref);
};

/** Changes a publication and records it; for callers who hold a transaction. */
export const change = async (
  ctx: Context,
  before: Publication,
  changes: PublicationChanges,
  notice: Notice,
): Promise<Publication> => {
  require(canAdminister(ctx.actor));
  await lockRow(ctx.db, ctx.engine, 'publications', before.id);
  const current = settingsOf(await reread(ctx, before));
  const after = checkSettings({
    publishStatus: changes.publishStatus ?? current.publishStatus,
    deprecated: changes.deprecated ?? current.deprecated,
    applicationRegistrationEnabled: changes.applicationRegistrationEnabled ?? current.applicationRegistrationEnabled,
    autoApproveRegistration: changes.autoApproveRegistration ?? current.autoApproveRegistration,
    authStrategyIds: changes.authStrategyIds ?? current.authStrategyIds,
  });
  await requireStrategies(ctx, after);
  await store.storePublication(ctx, before.id, after, ctx.now());
  const { portalId, versionId } = before;
  const changed = differences(current, after, [
    'publishStatus',
    'deprecated',
    'applicationRegistrationEnabled',
    'autoApproveRegistration',
    'authStrategyIds',
  ]);
  await record(ctx, {
    action: 'publication.updated',
    subjectId: before.id,
    details: { portalId, versionId, ...changed, ...notice },
  });
  return reread(ctx, before);
};

const settingsOf = (publication: Publication): PublicationSettings => ({
  publishStatus: publication.publishStatus,
  deprecated: publication.deprecated,
  applicationRegistrationEnabled: publication.applicationRegistrationEnabled,
  autoApproveRegistration: publication.autoApproveRegistration,
  authStrategyIds: publication.authStrategies.map(({ id }) => id),
});

const reread = async (ctx: Context, ref: PublicationRef): Promise<Publication> => {
  const publication = await store.findPublication(ctx, ref);
  if (!publication) throw notFound('Portal product version');
  return publication;
};

const versionExists = async (ctx: Context, id: VersionId): Promise<boolean> =>
  (await ctx.db.selectFrom('product_versions').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;

const requireStrategies = async (ctx: Context, { authStrategyIds }: PublicationSettings): Promise<void> => {
  if ((await findAuthStrategies(ctx, authStrategyIds)).length < authStrategyIds.length) throw missingStrategy();
};

const missingStrategy = () =>
  invalid({
    field: 'auth_strategy_ids',
    rule: 'missing_reference',
    reason: 'auth_strategy_ids must name an existing auth strategy',
    source: 'body',
  });

/** Translates what constraints refuse: the second publication of a version, a strategy that has just gone. */
const guarded = async <T>(act: () => Promise<T>): Promise<T> => {
  try {
    return await act();
  } catch (error) {
    if (isUniqueViolation(error)) throw conflict('The API product version is in this portal already');
    if (isForeignKeyViolation(error)) throw missingStrategy();
    throw error;
  }
};
