export type {
  Application,
  ApplicationChanges,
  ApplicationDetails,
  ApplicationFilterField,
  ApplicationSortField,
  NewApplication,
  OwnApplication,
  OwnApplicationFilterField,
  Owner,
  PortalApplication,
} from './application.ts';
export { followIssuer } from './follow-issuer.ts';
export {
  createApplication,
  deleteOwnApplication,
  getOwnApplication,
  holdOwnApplication,
  listOwnApplications,
  updateOwnApplication,
} from './own-applications.ts';
export {
  deleteApplication,
  getApplication,
  getApplicationOfAnyPortal,
  listApplications,
  updateApplication,
} from './portal-applications.ts';
