export type { Administrator, AdministratorStatus } from './administrator.ts';
export { createAdministrator, findAdministratorByEmail, getAdministrator, type NewAdministrator } from './administrators.ts';
export { type Credentials, type LogIn, logInAdministrator } from './log-in.ts';
export { setPassword } from './passwords.ts';
export {
  type AdministratorSession,
  type Browser,
  deleteExpiredAdministratorSessions,
  endAdministratorSession,
  endAdministratorSessions,
  findAdministratorSession,
  listAdministratorSessions,
  type PresentedSession,
} from './sessions.ts';
