import { randomBytes } from 'node:crypto';
import { VISITOR } from '../domain/access/index.ts';
import { createOrganisationAdmin, setPassword as setAdministratorPassword } from '../domain/administrators/index.ts';
import { createApplication, type Owner } from '../domain/applications/index.ts';
import type { ContextWithPorts, OrganisationContextWithPorts } from '../domain/context.ts';
import { createCredential } from '../domain/credentials/index.ts';
import {
  confirmAddress,
  createDeveloperLink,
  listDevelopers,
  setDeveloperStatus,
  setPassword,
  signUp,
} from '../domain/developers/index.ts';
import type { DeveloperId, VersionId } from '../domain/ids.ts';
import type { Portal } from '../domain/portals/index.ts';
import { decideRegistration, registerApplication } from '../domain/registrations/index.ts';
import type { DemoDeveloper, DemoManifest } from './demo-manifest.ts';

/** How somebody of the demo content logs in. The password is made up anew for each installation, and kept nowhere. */
export interface DemoLogIn {
  readonly email: string;
  readonly password: string;
}

const newPassword = (): string => randomBytes(12).toString('base64url');

/** An administrator who may do everything. */
export const seedAdministrator = async (
  organisation: OrganisationContextWithPorts,
  { email, name }: DemoManifest['administrator'],
): Promise<DemoLogIn> => {
  const password = newPassword();
  const administrator = await createOrganisationAdmin(organisation, { email, name });
  await setAdministratorPassword(organisation, administrator.id, password);
  return { email, password };
};

/** A developer of a portal, with applications, registrations and keys; as if they had done it all themselves. */
export const seedDeveloper = async (
  ctx: ContextWithPorts,
  portal: Portal,
  developer: DemoDeveloper,
  versionOf: (name: string) => VersionId,
): Promise<DemoLogIn> => {
  const password = newPassword();
  const { email, full_name: fullName, status, applications } = developer;
  const visitor = { ...ctx, actor: VISITOR };
  await signUp(visitor, portal, { email, fullName });
  const developerId = await findDeveloper(ctx, portal, email);
  const link = await createDeveloperLink(ctx, { developerId, purpose: 'confirm-address' });
  const { token } = await confirmAddress(visitor, portal, link);
  await setPassword(visitor, portal, { token, password });
  if (status === 'approved') await setDeveloperStatus(ctx, { portalId: portal.id, developerId }, { status });
  const owner: Owner = { portal, developerId };
  const own = { ...ctx, actor: { kind: 'developer', id: developerId, portalId: portal.id } } as const;
  for (const application of applications) await seedApplication(ctx, own, owner, application, versionOf);
  return { email, password };
};

const findDeveloper = async (ctx: ContextWithPorts, portal: Portal, email: string): Promise<DeveloperId> => {
  const filters = [{ field: 'email', op: 'eq', value: email }] as const;
  const { items } = await listDevelopers(ctx, portal.id, { filters, sort: [], page: { number: 1, size: 1 } });
  const [found] = items;
  if (!found) throw new Error(`${email} could not sign up`);
  return found.id;
};

const seedApplication = async (
  ctx: ContextWithPorts,
  own: ContextWithPorts,
  owner: Owner,
  { name, description, keys, registrations }: DemoDeveloper['applications'][number],
  versionOf: (name: string) => VersionId,
): Promise<void> => {
  const { id: applicationId } = await createApplication(own, owner, { name, description });
  for (const key of keys) await createCredential(own, { ...owner, applicationId }, key);
  for (const { version, decision, reason } of registrations) {
    const { id: registrationId } = await registerApplication(own, { ...owner, applicationId }, versionOf(version));
    if (decision) await decideRegistration(ctx, { registrationId }, { status: decision, reason });
  }
};
