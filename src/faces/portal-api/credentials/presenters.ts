import { type Credential, isLiving, type NewCredential } from '../../../domain/credentials/index.ts';

/** A key as portal clients see it from its making on. */
export const presentCredential = ({ id, name }: Credential) => ({ id, display_name: name });

/** A key when it is made: the only answer that holds it. */
export const presentNewCredential = (credential: NewCredential) => ({
  ...presentCredential(credential),
  credential: credential.key,
});

/** A key with what the contract has no field for. */
export const presentOwnCredential = (credential: Credential, now: Date) => ({
  ...presentCredential(credential),
  prefix: credential.prefix,
  replaces_id: credential.replacesId,
  expired: !isLiving(credential, now),
  created_at: credential.createdAt,
  last_used_at: credential.lastUsedAt,
  expires_at: credential.expiresAt,
});
