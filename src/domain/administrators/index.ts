export { type Administrator, createAdministrator, findAdministratorByEmail, type NewAdministrator } from './administrators.ts';
