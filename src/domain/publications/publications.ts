import { isForeignKeyViolation, isUniqueViolation } from '../../database/errors.ts';
import { lockRow } from '../../database/lock.ts';
import { differences } from '../../lib/differences.ts';
import { demand, may, require } from '../access/index.ts';
import { mayReferToStrategies } from '../auth-strategies/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { conflict, invalid, notFound } from '../errors.ts';
import { record } from '../events/index.ts';
import { newId, type PortalId, type ProductId, type PublicationId, type VersionId } from '../ids.ts';
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
import { demandDeciding, mayPublish } from './publishing-policy.ts';

/** Makes sure that there is a portal of which the actor may read more than its look. @throws not-found; forbidden */
export const requirePortal = async (ctx: Context, id: PortalId): Promise<void> => {
  demand(ctx.actor, 'portal.read', id, 'Portal');
  await getPortal(ctx, id);
};

/** One page of what is decided about versions in a portal. @throws not-found when there is no such portal; forbidden */
export const listPublications = async (
  ctx: Context,
  portalId: PortalId,
  query: ListQuery<PublicationFilterField, PublicationSortField>,
): Promise<Listed<Publication>> => {
  await requirePortal(ctx, portalId);
  return store.selectPublications(ctx, portalId, query);
};

/** @throws not-found, also when there is no such portal; forbidden */
export const getPublication = async (ctx: Context, ref: PublicationRef): Promise<Publication> => {
  await requirePortal(ctx, ref.portalId);
  const publication = await store.findPublication(ctx, ref);
  if (!publication) throw notFound('Portal product version');
  return publication;
};

/**
 * Decides for the first time how a version stands in a portal.
 * @throws not-found for the portal; forbidden; invalid for settings, or a version or strategy that does not exist; conflict when it stands there already
 */
export const createPublication = (ctx: Context, ref: PublicationRef, settings: PublicationSettings): Promise<Publication> =>
  guarded(() =>
    inTransaction(ctx, async (ctx) => {
      await requirePortal(ctx, ref.portalId);
      const productId = await findReadableProductOf(ctx, ref.versionId);
      if (!productId)
        throw invalid({
          field: 'product_version_id',
          rule: 'missing_reference',
          reason: 'product_version_id must name an existing API product version',
          source: 'body',
        });
      return insert(ctx, { ...ref, productId }, settings, {});
    }),
  );

/** @throws not-found; forbidden; invalid for settings that do not go together, or a strategy that does not exist */
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
 * @throws not-found for portal and version; forbidden; invalid for settings, or a strategy that does not exist
 */
export const putPublication = (ctx: Context, ref: PublicationRef, input: PublicationSettings & Notice): Promise<Publication> =>
  guarded(() =>
    inTransaction(ctx, async (ctx) => {
      const { notifyDevelopers, ...settings } = input;
      await requirePortal(ctx, ref.portalId);
      const before = await store.findPublication(ctx, ref);
      const notice = { notifyDevelopers };
      if (before) return change(ctx, before, settings, notice);
      const productId = await findReadableProductOf(ctx, ref.versionId);
      if (!productId) throw notFound('API product version');
      return insert(ctx, { ...ref, productId }, settings, notice);
    }),
  );

/** Takes a version out of a portal, with what was decided about it there. @throws not-found; forbidden */
export const deletePublication = (ctx: Context, ref: PublicationRef, notice: Notice = {}): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    const publication = await getPublication(ctx, ref);
    require(mayPublish(ctx.actor, { ...ref, productId: await productOf(ctx, ref.versionId) }));
    await store.removePublication(ctx, publication.id);
    const { portalId, versionId } = ref;
    const details = { portalId, versionId, ...notice };
    await record(ctx, { action: 'publication.deleted', subjectId: publication.id, portalId, details });
  });

const FIELDS = [
  'publishStatus',
  'deprecated',
  'applicationRegistrationEnabled',
  'autoApproveRegistration',
  'consoleProxy',
  'authStrategyIds',
] as const satisfies (keyof PublicationSettings)[];

/** How a version stands in a portal before anybody has decided anything about it. */
export const NOTHING_DECIDED: PublicationSettings = {
  publishStatus: 'unpublished',
  deprecated: false,
  applicationRegistrationEnabled: false,
  autoApproveRegistration: false,
  consoleProxy: false,
  authStrategyIds: [],
};

const fieldsOf = ({ changed }: ReturnType<typeof differences>) => Object.keys(changed) as (keyof PublicationSettings)[];

/** Stores a new publication and its event; for callers who hold a transaction and have checked what it refers to. */
export const insert = async (
  ctx: Context,
  { productId, ...ref }: PublicationRef & { readonly productId: ProductId },
  input: PublicationSettings,
  notice: Notice,
): Promise<Publication> => {
  const settings = { ...input, consoleProxy: input.consoleProxy ?? false };
  demandDeciding(ctx.actor, { ...ref, productId }, fieldsOf(differences(NOTHING_DECIDED, settings, FIELDS)));
  await requireStrategies(ctx, checkSettings(settings), NOTHING_DECIDED);
  const now = ctx.now();
  const id = newId<PublicationId>(now);
  await store.insertPublication(ctx, id, ref, settings, now);
  await record(ctx, {
    action: 'publication.created',
    subjectId: id,
    portalId: ref.portalId,
    details: { ...ref, ...settings, ...notice },
  });
  return reread(ctx, ref);
};

/** Changes a publication and records it; for callers who hold a transaction. */
export const change = async (
  ctx: Context,
  before: Publication,
  changes: PublicationChanges,
  notice: Notice,
): Promise<Publication> => {
  await lockRow(ctx.db, ctx.engine, 'publications', before.id);
  const current = settingsOf(await reread(ctx, before));
  const after = checkSettings({
    publishStatus: changes.publishStatus ?? current.publishStatus,
    deprecated: changes.deprecated ?? current.deprecated,
    applicationRegistrationEnabled: changes.applicationRegistrationEnabled ?? current.applicationRegistrationEnabled,
    autoApproveRegistration: changes.autoApproveRegistration ?? current.autoApproveRegistration,
    consoleProxy: changes.consoleProxy ?? current.consoleProxy,
    authStrategyIds: changes.authStrategyIds ?? current.authStrategyIds,
  });
  const { portalId, versionId } = before;
  const details = differences(current, after, FIELDS);
  demandDeciding(ctx.actor, { portalId, productId: await productOf(ctx, versionId) }, fieldsOf(details));
  await requireStrategies(ctx, after, current);
  await store.storePublication(ctx, before.id, after, ctx.now());
  await record(ctx, {
    action: 'publication.updated',
    subjectId: before.id,
    portalId,
    details: { portalId, versionId, ...details, ...notice },
  });
  return reread(ctx, before);
};

const settingsOf = (publication: Publication): PublicationSettings => ({
  publishStatus: publication.publishStatus,
  deprecated: publication.deprecated,
  applicationRegistrationEnabled: publication.applicationRegistrationEnabled,
  autoApproveRegistration: publication.autoApproveRegistration,
  consoleProxy: publication.consoleProxy,
  authStrategyIds: publication.authStrategies.map(({ id }) => id),
});

const reread = async (ctx: Context, ref: PublicationRef): Promise<Publication> => {
  const publication = await store.findPublication(ctx, ref);
  if (!publication) throw notFound('Portal product version');
  return publication;
};

const findProductOf = async (ctx: Context, versionId: VersionId): Promise<ProductId | undefined> => {
  const row = await ctx.db.selectFrom('product_versions').select('product_id').where('id', '=', versionId).executeTakeFirst();
  return row?.product_id as ProductId | undefined;
};

/** @throws not-found */
const productOf = async (ctx: Context, versionId: VersionId): Promise<ProductId> => {
  const productId = await findProductOf(ctx, versionId);
  if (!productId) throw notFound('API product version');
  return productId;
};

/** The product of a version, if the actor may read it: versions of other products are as good as none. */
const findReadableProductOf = async (ctx: Context, versionId: VersionId): Promise<ProductId | undefined> => {
  const productId = await findProductOf(ctx, versionId);
  return productId && may(ctx.actor, 'product.read', productId) ? productId : undefined;
};

/** A strategy that was chosen before may stay, whoever changes something else; a new one must be there for the actor. */
const requireStrategies = async (ctx: Context, after: PublicationSettings, before: PublicationSettings): Promise<void> => {
  const chosen = after.authStrategyIds.filter((id) => !before.authStrategyIds.includes(id));
  if (!(await mayReferToStrategies(ctx, chosen))) throw missingStrategy();
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
