/** Events from which something follows (a mail, say): only these are put into the outbox. */
const FOLLOWED: ReadonlySet<string> = new Set<string>([
  'administrator.invited',
  'administrator.password-forgotten',
  'administrator.password-changed',
  'administrator-session.device-added',
  'credential.expiring',
  'developer.approved',
  'developer.deleted',
  'developer.password-changed',
  'developer.password-forgotten',
  'developer.rejected',
  'developer.reopened',
  'developer.revoked',
  'developer.signed-up',
  'developer.signed-up-again',
  'developer.verified',
  'publication.deleted',
  'publication.created',
  'publication.updated',
  'registration.approved',
  'registration.created',
  'registration.deleted',
  'registration.rejected',
  'registration.reopened',
  'registration.revoked',
  'session.device-added',
]);

/** Whether others are to be told of events of this action. */
export const isFollowed = (action: string): boolean => FOLLOWED.has(action);
