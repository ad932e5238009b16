import { fromJson, toJson } from '../../database/codec.ts';
import { lockRow } from '../../database/lock.ts';
import { differences } from '../../lib/differences.ts';
import { demand } from '../access/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { type Issue, invalid, notFound } from '../errors.ts';
import { record } from '../events/index.ts';
import type { PortalId } from '../ids.ts';
import { seal } from '../secrets/index.ts';

/** Which claim of an identity provider says what of a developer. */
export interface ClaimMappings {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly groups?: string | undefined;
}

/** An identity provider, prepared: nobody logs in with it yet. */
export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  /** sealed; null: a public client */
  readonly clientSecret: string | null;
  readonly scopes: readonly string[];
  readonly claimMappings: ClaimMappings;
}

/** How developers of a portal log in, and who says which teams they are in. */
export interface PortalAuthentication {
  readonly basicAuthEnabled: boolean;
  readonly oidcAuthEnabled: boolean;
  readonly samlAuthEnabled: boolean;
  /** groups of the identity provider */
  readonly idpMappingEnabled: boolean;
  /** administrators */
  readonly konnectMappingEnabled: boolean;
  readonly oidc: OidcConfig | null;
}

/** Of a portal that says nothing else. */
const INITIAL_AUTHENTICATION: PortalAuthentication = {
  basicAuthEnabled: true,
  oidcAuthEnabled: false,
  samlAuthEnabled: false,
  idpMappingEnabled: false,
  konnectMappingEnabled: true,
  oidc: null,
};

/** As a row of `portals` has it. */
export const authenticationOf = (stored: string | null): PortalAuthentication =>
  stored === null ? INITIAL_AUTHENTICATION : fromJson<PortalAuthentication>(stored);

const find = async (ctx: Context, id: PortalId): Promise<PortalAuthentication> => {
  const row = await ctx.db.selectFrom('portals').select('authentication').where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('Portal');
  return authenticationOf(row.authentication);
};

/** @throws not-found, forbidden */
export const getAuthentication = async (ctx: Context, id: PortalId): Promise<PortalAuthentication> => {
  demand(ctx.actor, 'portal.read', id, 'Portal');
  return find(ctx, id);
};

type Switch = Exclude<keyof PortalAuthentication, 'oidc'>;

/** Absent leaves as it is. */
export type AuthenticationChanges = { readonly [Name in Switch]?: boolean | undefined } & {
  readonly issuer?: string | undefined;
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly claimMappings?: ClaimMappings | undefined;
};

const SWITCHES = [
  'basicAuthEnabled',
  'oidcAuthEnabled',
  'samlAuthEnabled',
  'idpMappingEnabled',
  'konnectMappingEnabled',
] as const satisfies readonly Switch[];

/** @throws not-found, forbidden; invalid for what cannot be turned on or off */
export const updateAuthentication = (ctx: Context, id: PortalId, changes: AuthenticationChanges): Promise<PortalAuthentication> =>
  inTransaction(ctx, async (ctx) => {
    demand(ctx.actor, 'portal.administer', id, 'Portal');
    await lockRow(ctx.db, ctx.engine, 'portals', id);
    const before = await find(ctx, id);
    const after: PortalAuthentication = { ...before, oidc: oidcOf(ctx, before.oidc, changes) };
    const switched = Object.fromEntries(SWITCHES.map((name) => [name, changes[name] ?? before[name]])) as Pick<
      PortalAuthentication,
      Switch
    >;
    const settings = { ...after, ...switched };
    check(settings);
    await ctx.db
      .updateTable('portals')
      .set({ authentication: toJson(settings) })
      .where('id', '=', id)
      .execute();
    const details = {
      ...differences(before, settings, SWITCHES),
      oidc: differences(shown(before), shown(settings), ['issuer', 'clientId', 'scopes', 'claimMappings']).changed,
    };
    await record(ctx, { action: 'portal.authentication-updated', subjectId: id, portalId: id, details });
    return settings;
  });

/** What the audit trail may hold: no secret. */
const shown = ({ oidc }: PortalAuthentication) => ({
  issuer: oidc?.issuer,
  clientId: oidc?.clientId,
  scopes: oidc?.scopes,
  claimMappings: oidc?.claimMappings,
});

const INITIAL_SCOPES = ['email', 'openid', 'profile'];
const INITIAL_CLAIMS: ClaimMappings = { name: 'name', email: 'email', groups: 'groups' };

const oidcOf = (ctx: Context, before: OidcConfig | null, changes: AuthenticationChanges): OidcConfig | null => {
  const { issuer = before?.issuer, clientId = before?.clientId, clientSecret, scopes, claimMappings } = changes;
  if (issuer === undefined && clientId === undefined && clientSecret === undefined && !scopes && !claimMappings) return before;
  if (issuer === undefined || !/^https?:$/.test(URL.canParse(issuer) ? new URL(issuer).protocol : ''))
    throw invalid(issue('oidc_issuer', 'required', 'oidc_issuer must be the address of an identity provider'));
  if (clientId === undefined || clientId === '')
    throw invalid(issue('oidc_client_id', 'required', 'oidc_client_id is required with oidc_issuer'));
  return {
    issuer,
    clientId,
    clientSecret: clientSecret === undefined ? (before?.clientSecret ?? null) : seal(ctx, 'oidc client', clientSecret),
    scopes: scopes ?? before?.scopes ?? INITIAL_SCOPES,
    claimMappings: { ...(before?.claimMappings ?? INITIAL_CLAIMS), ...claimMappings },
  };
};

const issue = (field: string, rule: 'required' | 'invalid', reason: string): Issue => ({ field, rule, reason, source: 'body' });

/** Passwords are the only way in, and administrators the only ones who fill teams, for as long as nobody can log in otherwise. */
const check = (settings: PortalAuthentication): void => {
  const refused: readonly [boolean, string, string][] = [
    [!settings.basicAuthEnabled, 'basic_auth_enabled', 'must stay on: at least one way to log in has to'],
    [settings.oidcAuthEnabled, 'oidc_auth_enabled', 'cannot be turned on: single sign-on is not available here'],
    [settings.samlAuthEnabled, 'saml_auth_enabled', 'cannot be turned on: single sign-on is not available here'],
    [settings.idpMappingEnabled, 'oidc_team_mapping_enabled', 'cannot be turned on without single sign-on'],
    [!settings.konnectMappingEnabled, 'konnect_mapping_enabled', 'must stay on while no identity provider says who is in a team'],
  ];
  const [first, ...rest] = refused.filter(([is]) => is).map(([, field, reason]) => issue(field, 'invalid', `${field} ${reason}`));
  if (first) throw invalid(first, ...rest);
};
