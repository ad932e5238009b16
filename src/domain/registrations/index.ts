export {
  countUnfittingRegistrations,
  decideRegistration,
  decideRegistrations,
  deleteRegistration,
  getRegistration,
  listRegistrations,
  listUnfittingRegistrations,
  type Outcome,
  type RegistrationRef,
  undoDecision,
} from './decisions.ts';
export {
  countOwnRegistrations,
  createRegisteredApplication,
  getOwnRegistration,
  listApplicationsOfVersion,
  listOwnRegistrations,
  listOwnStates,
  registerApplication,
  unregisterApplication,
} from './own-registrations.ts';
export {
  type ApplicationOfVersion,
  type ApplicationOfVersionFilterField,
  canDecide,
  canUnregister,
  type Decision,
  MAX_REASON_LENGTH,
  noLongerFits,
  type OwnRegistration,
  type OwnRegistrationFilterField,
  REGISTRATION_STATUSES,
  type RegistrationDetails,
  type RegistrationFilterField,
  type RegistrationSortField,
  type RegistrationStatus,
} from './registration.ts';
export { isFitting } from './registrations-store.ts';
