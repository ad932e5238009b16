import type { Grant } from '../../../src/domain/access/index.ts';
import { SYSTEM } from '../../../src/domain/access/index.ts';
import {
  createAdministrator,
  findAdministratorSession,
  logInAdministrator,
  setPassword,
} from '../../../src/domain/administrators/index.ts';
import { createApplication } from '../../../src/domain/applications/index.ts';
import type { ContextWithPorts, OrganisationContextWithPorts } from '../../../src/domain/context.ts';
import { createCredential } from '../../../src/domain/credentials/index.ts';
import type { AdministratorId } from '../../../src/domain/ids.ts';
import { getPortal } from '../../../src/domain/portals/index.ts';
import { registerApplication } from '../../../src/domain/registrations/index.ts';
import { assignEntityRole, assignRole } from '../../../src/domain/roles/index.ts';
import { hashSecret } from '../../../src/domain/secrets/index.ts';
import { createToken } from '../../../src/domain/tokens/index.ts';
import { PASSWORD, signedIn, signIn } from '../../support/developers.ts';
import type { Things } from '../matrix/run.ts';

/** Somebody who is logged in: in a portal, or in the administration. */
export interface Person {
  readonly email: string;
  readonly host: string;
  readonly cookie: string;
  /** of their forms */
  readonly csrf: string;
  /** of an administrator, for the management API */
  readonly token: string | null;
  /** what is theirs, by the names of {@link Things} */
  readonly own: Things;
}

/** A developer of a portal with an application, a registration and a key. */
export const enterPortal = async (
  ctx: ContextWithPorts,
  { portal: portalId, version }: Things,
  developerId: unknown,
  email: string,
): Promise<Person> => {
  const portal = await getPortal({ ...ctx, actor: SYSTEM }, portalId as never);
  const developer = { kind: 'developer', id: developerId as never, portalId: portal.id } as const;
  const own = { portal, developerId: developer.id };
  const as = { ...ctx, actor: developer };
  const application = await createApplication(as, own, { name: `Application of ${email}` });
  const owned = { ...own, applicationId: application.id };
  const registration = await registerApplication(as, owned, version as never);
  const credential = await createCredential(as, owned, `Key of ${email}`);
  const tokens = await signIn(ctx, portal, email);
  const session = await signedIn(ctx, portal, tokens, 'page');
  return {
    email,
    host: portal.defaultDomain,
    cookie: tokens.cookie,
    csrf: hashSecret(ctx, 'csrf', session?.sessionId ?? ''),
    token: null,
    own: {
      developer: developer.id,
      application: application.id,
      registration: registration.id,
      credential: credential.id,
      sessionId: session?.sessionId,
    },
  };
};

/** An administrator with a password and these roles, who is logged in. */
export const enterAdministration = async (
  organisation: OrganisationContextWithPorts,
  ctx: ContextWithPorts,
  email: string,
  grants: readonly Grant[],
): Promise<Person> => {
  const { id } = await createAdministrator(organisation, { email, name: email });
  await setPassword(organisation, id, PASSWORD);
  const holder = { kind: 'administrator', id } as const;
  for (const { entityType, entityId, role } of grants)
    if (entityId === '*') await assignRole(organisation, { holder, entityType, role, region: '*' });
    else await assignEntityRole(ctx, organisation, { holder, entityType: entityType as 'portal', role, entityId });
  const { secret, id: tokenId } = await createToken(organisation, { name: 'x', owner: holder });
  return { ...(await logInAs(organisation, email)), token: secret, own: { person: id, tokenId } };
};

/** Logs an administrator in by their password. */
export const logInAs = async (organisation: OrganisationContextWithPorts, email: string): Promise<Person> => {
  const { secret } = await logInAdministrator(organisation, { email, password: PASSWORD }, { userAgent: 'x', device: undefined });
  const session = await findAdministratorSession(organisation, secret);
  return {
    email,
    host: 'localhost',
    cookie: `portico_admin=${secret}`,
    csrf: hashSecret(organisation, 'csrf', session?.id ?? ''),
    token: null,
    own: { person: session?.administrator.id as AdministratorId },
  };
};
