export { changePassword, deleteAccount, getAccount, updateAccount } from './account.ts';
export {
  DEVELOPER_STATUSES,
  type Developer,
  type DeveloperAddress,
  type DeveloperDetails,
  type DeveloperFilterField,
  type DeveloperSortField,
  type DeveloperStatus,
} from './developer.ts';
export {
  type DeveloperDecision,
  deleteDeveloper,
  getDeveloper,
  guardDevelopers,
  listDevelopers,
  setDeveloperStatus,
  setDeveloperStatuses,
  undoDeveloperStatus,
} from './developers.ts';
export { exportAccount } from './export.ts';
export { createDeveloperLink, type LinkPurpose, pruneDeveloperLinks } from './links.ts';
export { type Credentials, logIn } from './log-in.ts';
export { requestPasswordReset, setPassword } from './passwords.ts';
export { type ConfirmedAddress, confirmAddress, type SignUp, signUp } from './sign-up.ts';
