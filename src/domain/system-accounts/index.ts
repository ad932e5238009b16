export {
  createSystemAccount,
  deleteSystemAccount,
  findSystemAccountByName,
  getSystemAccount,
  listSystemAccounts,
  type NewSystemAccount,
  type SystemAccount,
  type SystemAccountChanges,
  updateSystemAccount,
} from './system-accounts.ts';
