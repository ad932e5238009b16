import type { Request } from 'express';
import { forbidden } from '../../../domain/errors.ts';
import type { AdministratorId, SystemAccountId, TokenId } from '../../../domain/ids.ts';
import { type Account, findActingAccount } from '../../../domain/roles/index.ts';
import { createToken, listTokens, revokeToken } from '../../../domain/tokens/index.ts';
import { parseBody, pathId } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';
import { presentNewToken, presentToken } from './presenters.ts';
import { createTokenSchema } from './schemas.ts';

/** Finds whose tokens an address is about. */
type OwnerOf = (req: Request, ctx: ManagementContext) => Account | Promise<Account>;

const oneself: OwnerOf = async (_req, { organisation }) => {
  const account = await findActingAccount(organisation);
  if (!account) throw forbidden('This token belongs to nobody, who has no tokens');
  return account;
};

const person: OwnerOf = (req) => ({
  kind: 'administrator',
  id: pathId<AdministratorId>(req, 'administratorId', 'Administrator'),
});

const machine: OwnerOf = (req) => ({
  kind: 'system-account',
  id: pathId<SystemAccountId>(req, 'systemAccountId', 'System account'),
});

const listing = (path: string, ownerOf: OwnerOf): Route<ManagementContext> => ({
  method: 'get',
  path,
  access: 'token',
  audit: null,
  handler: async (req, res, ctx) => {
    res.json({ data: (await listTokens(ctx.organisation, await ownerOf(req, ctx))).map(presentToken) });
  },
});

const creating = (path: string, ownerOf: OwnerOf): Route<ManagementContext> => ({
  method: 'post',
  path,
  access: 'token',
  audit: 'token.created',
  handler: async (req, res, ctx) => {
    const owner = await ownerOf(req, ctx);
    const { name, expires_at } = parseBody(createTokenSchema, req);
    res.status(201).json(presentNewToken(await createToken(ctx.organisation, { name, owner, expiresAt: expires_at })));
  },
});

const revoking = (path: string, ownerOf: OwnerOf): Route<ManagementContext> => ({
  method: 'delete',
  path: `${path}/:tokenId`,
  access: 'token',
  audit: 'token.revoked',
  handler: async (req, res, ctx) => {
    await revokeToken(ctx.organisation, await ownerOf(req, ctx), pathId<TokenId>(req, 'tokenId', 'Token'));
    res.status(204).end();
  },
});

const OWN = '/me/tokens';
const OF_PERSON = '/administrators/:administratorId/tokens';
const OF_MACHINE = '/system-accounts/:systemAccountId/tokens';

/** One's own tokens, other people's (to end them), and those of machines. */
export const tokenRoutes: readonly Route<ManagementContext>[] = [
  listing(OWN, oneself),
  creating(OWN, oneself),
  revoking(OWN, oneself),
  listing(OF_PERSON, person),
  revoking(OF_PERSON, person),
  listing(OF_MACHINE, machine),
  creating(OF_MACHINE, machine),
  revoking(OF_MACHINE, machine),
];
