/** Events from which something follows (a mail, say): only these are put into the outbox. */
export const FOLLOWED: ReadonlySet<string> = new Set<string>([
  'administrator.invited',
  'administrator.password-forgotten',
  'administrator.password-changed',
  'administrator-session.device-added',
  'credential.expiring',
  'developer.approved',
  'developer.password-changed',
  'developer.password-forgotten',
  'developer.rejected',
  'developer.reopened', // nobody is told of what waits again, but until it would be told it can be undone
  'developer.reset-ignored', // of what is ignored nothing follows, but whoever asked must not tell that by the time it takes
  'developer.revoked',
  'developer.sign-up-ignored',
  'developer.signed-up',
  'developer.signed-up-again',
  'developer.verified',
  'publication.created',
  'publication.deleted',
  'publication.updated',
  'registration.approved',
  'registration.created',
  'registration.deleted',
  'registration.rejected',
  'registration.reopened',
  'registration.revoked',
  'session.device-added',
]);

interface Followable {
  readonly action: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Whether others are to be told of an event; of publications, only where whoever changed them said so. */
export const isFollowed = ({ action, details }: Followable): boolean =>
  FOLLOWED.has(action) && (!action.startsWith('publication.') || details?.['notifyDevelopers'] === true);

/** Events that change what can be searched for. Publishing does not: who may see what is told when they search. */
const INDEXED: ReadonlySet<string> = new Set<string>([
  'document.created',
  'document.deleted',
  'document.updated',
  'product.created',
  'product.deleted',
  'product.updated',
  'specification.created',
  'specification.deleted',
  'specification.rendered',
  'specification.updated',
  'version.created',
  'version.deleted',
  'version.updated',
]);

/** Whether an event bears on what can be searched for. */
export const isIndexed = ({ action }: Followable): boolean => INDEXED.has(action);
