import { toInstant } from '../../database/codec.ts';
import { getOwnApplication, holdOwnApplication, type OwnApplication } from '../applications/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { conflict, invalid, notFound } from '../errors.ts';
import { record } from '../events/index.ts';
import { type ApplicationId, type CredentialId, newId, type PortalId } from '../ids.ts';
import type { Listed, Page } from '../listing.ts';
import { getKeyPolicy } from '../portals/index.ts';
import { hashApiKey, newApiKey } from './api-key.ts';
import {
  type Credential,
  checkOverlap,
  endOf,
  expiryOf,
  isLiving,
  type NewCredential,
  type OwnCredential,
  REMEMBERED_MS,
  requireRoom,
  WARNING_MS,
} from './credential.ts';
import * as store from './credentials-store.ts';

/** One page of the keys of an application that work, the oldest first. @throws not-found for the application */
export const listCredentials = async (ctx: Context, own: OwnApplication, page: Page): Promise<Listed<Credential>> => {
  await getOwnApplication(ctx, own);
  return store.selectLiving(ctx, own.applicationId, page);
};

/** All keys of an application, the newest first, and for a while those that have expired. @throws not-found for the application */
export const listAllCredentials = async (ctx: Context, own: OwnApplication): Promise<Credential[]> => {
  await getOwnApplication(ctx, own);
  return store.selectAll(ctx, own.applicationId);
};

/** @throws not-found */
export const getCredential = async (ctx: Context, own: OwnCredential): Promise<Credential> => {
  await getOwnApplication(ctx, own);
  const credential = await store.findCredential(ctx, own.applicationId, own.credentialId);
  if (!credential) throw notFound('Credential');
  return credential;
};

/**
 * Makes a key for an application; the answer is the only place where it is ever shown.
 * @throws not-found; invalid for an application that shows no keys; forbidden when it has too many
 */
export const createCredential = (ctx: Context, own: OwnApplication, name?: string | undefined): Promise<NewCredential> =>
  inTransaction(ctx, async (ctx) => {
    await holdKeyed(ctx, own);
    const living = await store.countLiving(ctx, own.applicationId);
    requireRoom(living);
    const { credential, details } = await insert(ctx, own, name?.trim() || `Key ${living + 1}`, null);
    await record(ctx, { action: 'credential.created', subjectId: credential.id, portalId: own.portal.id, details });
    return credential;
  });

/** Keeps an application that shows keys as it is until the transaction ends. @throws not-found; invalid for any other */
const holdKeyed = async (ctx: Context, own: OwnApplication): Promise<void> => {
  const { authStrategy } = await holdOwnApplication(ctx, own);
  if (authStrategy?.config.type === 'key_auth') return;
  throw invalid({
    field: 'applicationId',
    rule: 'invalid',
    reason: 'applicationId must name an application whose auth strategy takes API keys',
    source: 'path',
  });
};

const insert = async (ctx: Context, own: OwnApplication, name: string, replacesId: CredentialId | null) => {
  const now = ctx.now();
  const { key, shown } = newApiKey();
  const credential: NewCredential = {
    id: newId<CredentialId>(now),
    applicationId: own.applicationId,
    name,
    prefix: shown,
    replacesId,
    createdAt: toInstant(now),
    updatedAt: toInstant(now),
    lastUsedAt: null,
    expiresAt: expiryOf(await getKeyPolicy(ctx, own.portal.id), now),
    key,
  };
  await store.insertCredential(ctx, credential, hashApiKey(ctx, key));
  const { applicationId, expiresAt } = credential;
  return { credential, details: { applicationId, developerId: own.developerId, expiresAt } };
};

/** @throws not-found */
export const renameCredential = (ctx: Context, own: OwnCredential, name: string): Promise<Credential> =>
  inTransaction(ctx, async (ctx) => {
    await holdOwnApplication(ctx, own);
    const before = await getCredential(ctx, own);
    const after: Credential = { ...before, name, updatedAt: toInstant(ctx.now()) };
    await store.storeCredential(ctx, after);
    await record(ctx, {
      action: 'credential.updated',
      subjectId: after.id,
      portalId: own.portal.id,
      details: { applicationId: after.applicationId, changed: ['name'] },
    });
    return after;
  });

/**
 * Makes a key in place of another, which goes on working for as long as its owner wants it to, within the portal's limit; for no time
 * at all, it is deleted at once.
 * @throws not-found; invalid when the overlap is too long; forbidden when there is no room for both; conflict when it is expired, or
 * replaced already
 */
export const rotateCredential = (ctx: Context, own: OwnCredential, overlapHours: number): Promise<NewCredential> =>
  inTransaction(ctx, async (ctx) => {
    await holdKeyed(ctx, own);
    const old = await getCredential(ctx, own);
    checkOverlap(await getKeyPolicy(ctx, own.portal.id), overlapHours);
    if (!isLiving(old, ctx.now())) throw conflict('This API key has expired: generate another one instead');
    if (await store.isReplaced(ctx, old.id)) throw conflict('This API key is replaced by another one already');
    if (overlapHours > 0) requireRoom(await store.countLiving(ctx, own.applicationId));
    const { credential, details } = await insert(ctx, own, old.name, overlapHours > 0 ? old.id : null);
    const expiresAt = endOf(old, overlapHours, ctx.now());
    if (overlapHours > 0) await store.storeCredential(ctx, { ...old, expiresAt, updatedAt: credential.createdAt });
    else await store.removeCredential(ctx, old.id);
    await record(ctx, {
      action: 'credential.rotated',
      subjectId: old.id,
      portalId: own.portal.id,
      details: { ...details, replacedBy: credential.id, changed: { expiresAt: { before: old.expiresAt, after: expiresAt } } },
    });
    return credential;
  });

/** Deletes a key: whoever shows it is no longer let through. @throws not-found */
export const deleteCredential = (ctx: Context, own: OwnCredential): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    await holdOwnApplication(ctx, own);
    const { id, applicationId } = await getCredential(ctx, own);
    await store.removeCredential(ctx, id);
    const details = { applicationId, developerId: own.developerId };
    await record(ctx, { action: 'credential.deleted', subjectId: id, portalId: own.portal.id, details });
  });

/** How many owners are told in one transaction. */
const BATCH = 100;

/** Has the owners of keys told that expire soon, each once; to be called now and then. Answers how many. */
export const warnOfExpiringCredentials = async (ctx: Context): Promise<number> => {
  for (let total = 0; ; ) {
    const warned = await inTransaction(ctx, warnSome);
    total += warned;
    if (warned < BATCH) return total;
  }
};

const warnSome = async (ctx: Context): Promise<number> => {
  const expiring = await store.selectToWarnOf(ctx, new Date(ctx.now().getTime() + WARNING_MS), BATCH);
  let warned = 0;
  for (const { id, expires_at, application_id, portal_id, developer_id } of expiring) {
    if (!(await store.markWarned(ctx, id))) continue;
    warned += 1;
    await record(ctx, {
      action: 'credential.expiring',
      subjectId: id,
      portalId: portal_id as PortalId,
      details: { applicationId: application_id as ApplicationId, developerId: developer_id, expiresAt: expires_at },
    });
  }
  return warned;
};

/** Forgets keys that expired a while ago; to be called now and then. Answers how many. */
export const forgetExpiredCredentials = (ctx: Context): Promise<number> =>
  store.removeExpiredBefore(ctx, new Date(ctx.now().getTime() - REMEMBERED_MS));
