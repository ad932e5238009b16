export {
  decideRegistration,
  decideRegistrations,
  deleteRegistration,
  getRegistration,
  listRegistrations,
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
  type OwnRegistration,
  type OwnRegistrationFilterField,
  REGISTRATION_STATUSES,
  type RegistrationDetails,
  type RegistrationFilterField,
  type RegistrationSortField,
  type RegistrationStatus,
} from './registration.ts';
