export type { Administrator, AdministratorStatus } from './administrator.ts';
export {
  createAdministrator,
  findAdministratorByEmail,
  findAdministratorNames,
  getAdministrator,
  type NewAdministrator,
} from './administrators.ts';
export { forgetPassword } from './forgotten-password.ts';
export {
  type AdministratorLink,
  createAdministratorLink,
  deleteExpiredAdministratorLinks,
  findAdministratorLink,
  type LinkPurpose,
} from './links.ts';
export { type Credentials, type LogIn, logInAdministrator } from './log-in.ts';
export { changePassword, choosePassword, setPassword } from './passwords.ts';
export {
  deactivateAdministrator,
  deleteAdministrator,
  inviteAdministrator,
  inviteAgain,
  listAdministrators,
  mayManagePeople,
  reactivateAdministrator,
  renameAdministrator,
  resetSecondFactor,
  viewAdministrator,
} from './people.ts';
export { countRecoveryCodes } from './recovery-codes.ts';
export {
  beginSecondFactor,
  confirmSecondFactor,
  disableSecondFactor,
  findNewSecondFactor,
  replaceRecoveryCodes,
  type SecondFactor,
  showSecondFactor,
} from './second-factor.ts';
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
export { createOrganisationAdmin, offerSetUp, setUpFirstAdministrator } from './set-up.ts';
