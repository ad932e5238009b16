import { toInstant } from '../../database/codec.ts';
import { lockRow } from '../../database/lock.ts';
import {
  type Application,
  createApplication,
  getOwnApplication,
  holdOwnApplication,
  type NewApplication,
  type OwnApplication,
  type Owner,
} from '../applications/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { forbidden, type Issue, invalid, notFound } from '../errors.ts';
import { record } from '../events/index.ts';
import { type ApplicationId, newId, type RegistrationId, type VersionId } from '../ids.ts';
import type { Listed } from '../listing.ts';
import { uniquely } from '../unique.ts';
import { findVisibleVersions, mayConsume, type VisibleVersion } from '../visibility/index.ts';
import * as queries from './own-registrations-queries.ts';
import {
  type ApplicationOfVersion,
  type ApplicationOfVersionFilterField,
  canUnregister,
  type OwnRegistration,
  type OwnRegistrationFilterField,
  type Registration,
  type RegistrationStatus,
} from './registration.ts';
import * as store from './registrations-store.ts';

/** One page of what an application is registered for, the newest first. @throws not-found for the application */
export const listOwnRegistrations = async (
  ctx: Context,
  own: OwnApplication,
  query: queries.OwnQuery<OwnRegistrationFilterField>,
): Promise<Listed<OwnRegistration>> => {
  await getOwnApplication(ctx, own);
  return queries.selectOwn(ctx, own, query);
};

/** How a developer's applications are registered for a version that an address names, by id or slug or, of the version, name. */
export const listOwnStates = (
  ctx: Context,
  owner: Owner,
  at: { readonly product: string; readonly version: string; readonly limit: number },
): Promise<{ readonly application: string; readonly status: RegistrationStatus }[]> => queries.selectStates(ctx, owner, at);

/** How many registrations of each status these applications of a developer have; an application without any is missing. */
export const countOwnRegistrations = async (
  ctx: Context,
  owner: Owner,
  ids: readonly ApplicationId[],
): Promise<Map<ApplicationId, Partial<Record<RegistrationStatus, number>>>> => {
  const counts = new Map<ApplicationId, Partial<Record<RegistrationStatus, number>>>();
  for (const { applicationId, status, count } of await queries.countByStatus(ctx, owner, ids))
    counts.set(applicationId, { ...counts.get(applicationId), [status]: count });
  return counts;
};

/** @throws not-found, also where its version is not to be seen (any more) */
export const getOwnRegistration = async (
  ctx: Context,
  own: OwnApplication & { readonly registrationId: RegistrationId },
): Promise<OwnRegistration> => {
  const registration = await queries.findOwn(ctx, own, own.registrationId);
  if (!registration) throw notFound('Registration');
  return registration;
};

/** One page of a developer's applications that are registered for a version, or of those that are not, by name. */
export const listApplicationsOfVersion = (
  ctx: Context,
  owner: Owner,
  version: Pick<VisibleVersion, 'id'>,
  query: queries.OwnQuery<ApplicationOfVersionFilterField> & { readonly registered: boolean },
): Promise<Listed<ApplicationOfVersion>> => queries.selectApplicationsOfVersion(ctx, owner, version.id, query);

/**
 * Registers an application for a version: approved at once where version or portal say so, else an administrator decides.
 * @throws not-found for an application that is not theirs, or a version that they do not see; forbidden without a role to consume it;
 * invalid where the version takes no registrations, or others; conflict when it is registered already
 */
export const registerApplication = (ctx: Context, own: OwnApplication, versionId: VersionId): Promise<OwnRegistration> =>
  uniquely('The application is registered for this version already', () =>
    inTransaction(ctx, async (ctx) => {
      const application = await holdOwnApplication(ctx, own);
      return register(ctx, own, application, await requireVersion(ctx, own, versionId));
    }),
  );

/**
 * Creates an application that fits a version, and registers it, in one act.
 * @throws what {@link createApplication} and {@link registerApplication} throw
 */
export const createRegisteredApplication = (
  ctx: Context,
  owner: Owner,
  versionId: VersionId,
  input: Omit<NewApplication, 'authStrategyId'>,
): Promise<OwnRegistration> =>
  inTransaction(ctx, async (ctx) => {
    const version = await requireVersion(ctx, owner, versionId);
    const authStrategyId = version.authStrategies[0]?.id;
    const application = await createApplication(ctx, owner, { ...input, authStrategyId });
    return register(ctx, { ...owner, applicationId: application.id }, application, version);
  });

/** The version, if applications of a developer may be registered for it. */
const requireVersion = async (ctx: Context, owner: Owner, versionId: VersionId): Promise<VisibleVersion> => {
  const visitor = queries.visitorOf(owner);
  const version = (await findVisibleVersions(ctx, owner.portal, visitor, [versionId])).get(versionId);
  if (!version) throw notFound('Product version');
  if (!(await mayConsume(ctx, owner.portal, visitor, version.productId)))
    throw forbidden('None of your teams may use this product');
  if (!version.applicationRegistrationEnabled) throw invalid(wrongVersion('must name a version that takes registrations'));
  return version;
};

const wrongVersion = (reason: string): Issue => ({
  field: 'product_version_id',
  rule: 'invalid',
  reason: `product_version_id ${reason}`,
  source: 'body',
});

const register = async (
  ctx: Context,
  own: OwnApplication,
  application: Application,
  version: VisibleVersion,
): Promise<OwnRegistration> => {
  if (!version.authStrategies.some(({ id }) => id === application.authStrategy?.id))
    throw invalid(wrongVersion('must name a version with the auth strategy of the application'));
  const isApproved = version.autoApproveRegistration || own.portal.autoApproveApplications;
  const now = ctx.now();
  const registration: Registration = {
    id: newId<RegistrationId>(now),
    portalId: own.portal.id,
    developerId: own.developerId,
    applicationId: application.id,
    productId: version.productId,
    versionId: version.id,
    status: isApproved ? 'approved' : 'pending',
    statusReason: null,
    decidedAt: isApproved ? toInstant(now) : null,
    decidedBy: null,
    createdAt: toInstant(now),
    updatedAt: toInstant(now),
  };
  await store.insertRegistration(ctx, registration);
  const { id, applicationId, developerId, productId, versionId, status } = registration;
  await record(ctx, {
    action: 'registration.created',
    subjectId: id,
    portalId: own.portal.id,
    details: { applicationId, developerId, productId, versionId, status },
  });
  return getOwnRegistration(ctx, { ...own, registrationId: id });
};

/** Takes a registration back. @throws not-found; forbidden where it was refused or revoked */
export const unregisterApplication = (
  ctx: Context,
  own: OwnApplication & { readonly registrationId: RegistrationId },
): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    await lockRow(ctx.db, ctx.engine, 'registrations', own.registrationId);
    const { id, applicationId, developerId, productId, versionId, status } = await getOwnRegistration(ctx, own);
    if (!canUnregister({ status })) throw forbidden(`A registration that was ${status} cannot be taken back`);
    await store.removeRegistration(ctx, id);
    await record(ctx, {
      action: 'registration.deleted',
      subjectId: id,
      portalId: own.portal.id,
      details: { applicationId, developerId, productId, versionId, status },
    });
  });
