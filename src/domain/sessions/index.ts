export {
  type Device,
  SESSION_MS,
  type Session,
  type SessionTokens,
  type SignedInDeveloper,
} from './session.ts';
export {
  endSession,
  endSessions,
  findSignedIn,
  isKnownDevice,
  listSessions,
  logOut,
  openSession,
  type PresentedTokens,
  pruneSessions,
  refreshSession,
  type SessionOwner,
} from './sessions.ts';
