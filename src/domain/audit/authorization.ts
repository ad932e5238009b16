import { type SecretHolder, seal, unseal } from '../secrets/index.ts';

const PURPOSE = 'audit log authorization';

/** What a destination wants to see in `Authorization`, for storing. */
export const sealAuthorization = (holder: SecretHolder, authorization: string): string => seal(holder, PURPOSE, authorization);

/** What was stored; undefined when it was sealed under another secret. */
export const unsealAuthorization = (holder: SecretHolder, sealed: string): string | undefined => unseal(holder, PURPOSE, sealed);
