export { type Credential, isLiving, MAX_CREDENTIALS, type NewCredential, type OwnCredential } from './credential.ts';
export {
  createCredential,
  deleteCredential,
  forgetExpiredCredentials,
  getCredential,
  listAllCredentials,
  listCredentials,
  renameCredential,
  rotateCredential,
  warnOfExpiringCredentials,
} from './credentials.ts';
