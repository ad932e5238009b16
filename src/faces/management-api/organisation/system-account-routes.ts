import type { Request } from 'express';
import type { SystemAccountId } from '../../../domain/ids.ts';
import {
  createSystemAccount,
  deleteSystemAccount,
  getSystemAccount,
  listSystemAccounts,
  updateSystemAccount,
} from '../../../domain/system-accounts/index.ts';
import { parseBody, pathId } from '../../../http/input.ts';
import { presentPage, readListQuery } from '../../../http/listing.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';
import { presentNamed } from './presenters.ts';
import { createNamedSchema, updateNamedSchema } from './schemas.ts';

const accountId = (req: Request) => pathId<SystemAccountId>(req, 'systemAccountId', 'System account');

/** Machines that act for the installation. */
export const systemAccountRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'get',
    path: '/system-accounts',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const query = readListQuery(req, { filters: { name: 'string' }, sort: ['name', 'created_at'] });
      res.json(presentPage(await listSystemAccounts(ctx.organisation, query), presentNamed));
    },
  },
  {
    method: 'post',
    path: '/system-accounts',
    access: 'token',
    audit: 'system-account.created',
    handler: async (req, res, ctx) => {
      const account = await createSystemAccount(ctx.organisation, parseBody(createNamedSchema, req));
      res.status(201).json(presentNamed(account));
    },
  },
  {
    method: 'get',
    path: '/system-accounts/:systemAccountId',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(presentNamed(await getSystemAccount(ctx.organisation, accountId(req))));
    },
  },
  {
    method: 'patch',
    path: '/system-accounts/:systemAccountId',
    access: 'token',
    audit: 'system-account.updated',
    handler: async (req, res, ctx) => {
      const id = accountId(req);
      res.json(presentNamed(await updateSystemAccount(ctx.organisation, id, parseBody(updateNamedSchema, req))));
    },
  },
  {
    method: 'delete',
    path: '/system-accounts/:systemAccountId',
    access: 'token',
    audit: 'system-account.deleted',
    handler: async (req, res, ctx) => {
      await deleteSystemAccount(ctx.organisation, accountId(req));
      res.status(204).end();
    },
  },
];
