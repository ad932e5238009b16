import type { OwnApplication } from '../applications/index.ts';
import { forbidden, invalid } from '../errors.ts';
import type { ApplicationId, CredentialId } from '../ids.ts';
import type { KeyPolicy } from '../portals/index.ts';

/** An API key of an application. The key itself is shown once, when it is made. */
export interface Credential {
  readonly id: CredentialId;
  readonly applicationId: ApplicationId;
  readonly name: string;
  /** its first characters */
  readonly prefix: string;
  /** the key that this one is made to replace */
  readonly replacesId: CredentialId | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly lastUsedAt: string | null;
  /** null: it works until it is deleted */
  readonly expiresAt: string | null;
}

/** A key as it is shown once. */
export interface NewCredential extends Credential {
  readonly key: string;
}

/** Where a credential is found by whoever owns it. */
export interface OwnCredential extends OwnApplication {
  readonly credentialId: CredentialId;
}

/** How many keys of an application may work at a time. */
export const MAX_CREDENTIALS = 20;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long before a key expires its developer is told. */
export const WARNING_MS = 7 * DAY_MS;
/** How long an expired key is still listed, so that people see why it stopped. */
export const REMEMBERED_MS = 30 * DAY_MS;

export const isLiving = ({ expiresAt }: Pick<Credential, 'expiresAt'>, now: Date): boolean =>
  expiresAt === null || expiresAt > now.toISOString();

/** When a key that is made now expires. */
export const expiryOf = ({ maxAgeDays }: KeyPolicy, now: Date): string | null =>
  maxAgeDays === null ? null : new Date(now.getTime() + maxAgeDays * DAY_MS).toISOString();

/** When a key that is replaced now stops: after the overlap, or before, if it expires before. */
export const endOf = ({ expiresAt }: Credential, overlapHours: number, now: Date): string => {
  const end = new Date(now.getTime() + overlapHours * HOUR_MS).toISOString();
  return expiresAt !== null && expiresAt < end ? expiresAt : end;
};

/** @throws invalid when a replaced key would work longer than the portal lets it */
export const checkOverlap = ({ maxOverlapHours }: KeyPolicy, overlapHours: number): void => {
  if (overlapHours <= maxOverlapHours) return;
  throw invalid({
    field: 'overlap_hours',
    rule: 'max',
    maximum: maxOverlapHours,
    reason: `overlap_hours must not be more than ${maxOverlapHours}`,
    source: 'body',
  });
};

/** @throws forbidden when there is no room for another key */
export const requireRoom = (living: number): void => {
  if (living >= MAX_CREDENTIALS)
    throw forbidden(`An application has at most ${MAX_CREDENTIALS} API keys: delete one that is no longer used first`);
};
