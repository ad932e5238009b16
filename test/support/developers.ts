import { SYSTEM, VISITOR } from '../../src/domain/access/index.ts';
import type { Context, ContextWithPorts } from '../../src/domain/context.ts';
import {
  confirmAddress,
  createDeveloperLink,
  type DeveloperDetails,
  type DeveloperStatus,
  getDeveloper,
  listDevelopers,
  logIn,
  setDeveloperStatus,
  setPassword,
  signUp,
} from '../../src/domain/developers/index.ts';
import { type DeveloperId, newId, type PortalId } from '../../src/domain/ids.ts';
import type { Portal } from '../../src/domain/portals/index.ts';
import { findSignedIn, type SessionTokens } from '../../src/domain/sessions/index.ts';
import { fold } from '../../src/lib/text.ts';

export const PASSWORD = 'seventeen herons on a pier';

export interface NewTestDeveloper {
  readonly email?: string;
  readonly fullName?: string;
  readonly status?: DeveloperStatus;
}

/** Signs a developer up in a private portal, confirms the address, sets {@link PASSWORD}, and decides. */
export const addDeveloper = async (
  ctx: ContextWithPorts,
  portal: Portal,
  { email = 'ada@example.com', fullName = 'Ada Lund', status = 'approved' }: NewTestDeveloper = {},
): Promise<DeveloperDetails> => {
  const visitor = { ...ctx, actor: VISITOR };
  const system = { ...ctx, actor: SYSTEM };
  await signUp(visitor, portal, { email, fullName });
  const query = { filters: [{ field: 'email', op: 'eq', value: email }], sort: [], page: { number: 1, size: 1 } } as const;
  const [developer] = (await listDevelopers(system, portal.id, query)).items;
  if (!developer) throw new Error('nobody signed up');
  const link = await createDeveloperLink(system, { developerId: developer.id, purpose: 'confirm-address' });
  const { token } = await confirmAddress(visitor, portal, link);
  await setPassword(visitor, portal, { token, password: PASSWORD });
  const address = { portalId: portal.id, developerId: developer.id };
  await setDeveloperStatus(system, address, { status });
  return getDeveloper(system, address);
};

/** Logs a developer in who was made by {@link addDeveloper}; `cookie` is what a browser would send from then on. */
export const signIn = async (
  ctx: ContextWithPorts,
  portal: Portal,
  email = 'ada@example.com',
): Promise<SessionTokens & { readonly cookie: string }> => {
  const tokens = await logIn(ctx, portal, { email, password: PASSWORD }, { id: 'a browser', userAgent: 'Test/1.0' });
  return { ...tokens, cookie: `portalaccesstoken=${tokens.accessToken}` };
};

/** Whom an access token signs in. */
export const signedIn = (ctx: ContextWithPorts, portal: Portal, { accessToken }: SessionTokens, use: 'page' | 'api' = 'api') =>
  findSignedIn(ctx, portal.id, accessToken, use);

export interface GivenDeveloper {
  readonly email?: string;
  readonly fullName?: string;
  readonly status?: 'approved' | 'pending' | 'rejected' | 'revoked';
  /** whether the address was shown to be theirs; it was, unless told otherwise */
  readonly verified?: boolean;
}

/** A developer of a portal who is just there, without having signed up; approved unless told otherwise. */
export const givenDeveloper = async (
  ctx: Pick<Context, 'db' | 'now'>,
  portalId: PortalId,
  { email, fullName = 'Ada Harbour', status = 'approved', verified = true }: GivenDeveloper = {},
): Promise<DeveloperId> => {
  const now = ctx.now();
  const id = newId<DeveloperId>(now);
  const address = email ?? `${id}@example.com`;
  await ctx.db
    .insertInto('developers')
    .values({
      id,
      portal_id: portalId,
      email: address,
      email_key: fold(address),
      full_name: fullName,
      name_key: fold(fullName),
      status,
      status_reason: null,
      password_hash: null,
      email_verified_at: verified ? now.toISOString() : null,
      created_at: now.toISOString(),
      updated_at: now.toISOString(),
    })
    .execute();
  return id;
};
