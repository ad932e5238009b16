import { lockRow } from '../../database/lock.ts';
import { demand, maySee } from '../access/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { notFound } from '../errors.ts';
import type { ApplicationId, PortalId } from '../ids.ts';
import type { Listed, ListQuery } from '../listing.ts';
import type {
  ApplicationChanges,
  ApplicationDetails,
  ApplicationFilterField,
  ApplicationSortField,
  PortalApplication,
} from './application.ts';
import * as store from './applications-store.ts';
import { change, remove } from './own-applications.ts';

/** One page of the applications in a portal. @throws not-found for the portal; forbidden */
export const listApplications = async (
  ctx: Context,
  portalId: PortalId,
  query: ListQuery<ApplicationFilterField, ApplicationSortField>,
): Promise<Listed<ApplicationDetails>> => {
  await requirePortal(ctx, portalId);
  return store.selectOfPortal(ctx, portalId, query);
};

const requirePortal = async (ctx: Context, portalId: PortalId): Promise<void> => {
  demand(ctx.actor, 'portal.read', portalId, 'Portal');
  const portal = await ctx.db.selectFrom('portals').select('id').where('id', '=', portalId).executeTakeFirst();
  if (!portal) throw notFound('Portal');
};

/** @throws not-found, also for an application of another portal; forbidden */
export const getApplication = async (
  ctx: Context,
  { portalId, applicationId }: PortalApplication,
): Promise<ApplicationDetails> => {
  demand(ctx.actor, 'portal.read', portalId, 'Portal');
  const application = await store.findDetails(ctx, applicationId);
  if (application?.portalId !== portalId) throw notFound('Application');
  return application;
};

/** An application of any portal. @throws not-found, also where the actor may not read its portal */
export const getApplicationOfAnyPortal = async (ctx: Context, applicationId: ApplicationId): Promise<ApplicationDetails> => {
  const application = await store.findDetails(ctx, applicationId);
  if (!application || !maySee(ctx.actor, 'portal', application.portalId)) throw notFound('Application');
  demand(ctx.actor, 'portal.read', application.portalId, 'Application');
  return application;
};

const hold = async (ctx: Context, ref: PortalApplication): Promise<ApplicationDetails> => {
  await lockRow(ctx.db, ctx.engine, 'applications', ref.applicationId);
  const application = await getApplication(ctx, ref);
  demand(ctx.actor, 'portal.decide', ref.portalId, 'Application');
  return application;
};

/** @throws not-found; forbidden; invalid for settings; conflict when the name or the reference id is taken */
export const updateApplication = (
  ctx: Context,
  ref: PortalApplication,
  changes: ApplicationChanges,
): Promise<ApplicationDetails> =>
  inTransaction(ctx, async (ctx) => {
    const before = await hold(ctx, ref);
    return { ...before, ...(await change(ctx, before, changes)) };
  });

/** Deletes an application with its registrations and credentials. @throws not-found; forbidden */
export const deleteApplication = (ctx: Context, ref: PortalApplication): Promise<void> =>
  inTransaction(ctx, async (ctx) => remove(ctx, await hold(ctx, ref)));
