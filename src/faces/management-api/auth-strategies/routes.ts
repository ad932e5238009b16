import type { Request } from 'express';
import {
  createAuthStrategy,
  deleteAuthStrategy,
  getAuthStrategy,
  listAuthStrategies,
  replaceAuthStrategy,
  updateAuthStrategy,
} from '../../../domain/auth-strategies/index.ts';
import type { AuthStrategyId } from '../../../domain/ids.ts';
import { parseBody, pathId } from '../../../http/input.ts';
import { presentPage, readListQuery } from '../../../http/listing.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';
import { presentAuthStrategy } from './presenters.ts';
import { createAuthStrategySchema, updateAuthStrategySchema } from './schemas.ts';

const strategyId = (req: Request) => pathId<AuthStrategyId>(req, 'authStrategyId', 'Auth strategy');

const FILTERS = {
  strategy_type: 'string',
  name: 'string',
  display_name: 'string',
  dcr_provider_id: 'uuid',
  dcr_provider_name: 'string',
  dcr_provider_type: 'string',
} as const;

export const authStrategyRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'post',
    path: '/application-auth-strategies',
    access: 'token',
    audit: 'auth-strategy.created',
    handler: async (req, res, ctx) => {
      const strategy = await createAuthStrategy(ctx, parseBody(createAuthStrategySchema, req));
      res.status(201).json(presentAuthStrategy(strategy));
    },
  },
  {
    method: 'get',
    path: '/application-auth-strategies',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const query = readListQuery(req, {
        filters: FILTERS,
        sort: [
          'created_at',
          'updated_at',
          'strategy_type',
          'name',
          'display_name',
          'dcr_provider_id',
          'dcr_provider_name',
          'dcr_provider_type',
        ],
      });
      res.json(presentPage(await listAuthStrategies(ctx, query), presentAuthStrategy));
    },
  },
  {
    method: 'get',
    path: '/application-auth-strategies/:authStrategyId',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(presentAuthStrategy(await getAuthStrategy(ctx, strategyId(req))));
    },
  },
  {
    // the reference answers 201 here, whether or not there was one before
    method: 'put',
    path: '/application-auth-strategies/:authStrategyId',
    access: 'token',
    audit: 'auth-strategy.updated',
    handler: async (req, res, ctx) => {
      const id = strategyId(req);
      const strategy = await replaceAuthStrategy(ctx, id, parseBody(createAuthStrategySchema, req));
      res.status(201).json(presentAuthStrategy(strategy));
    },
  },
  {
    method: 'patch',
    path: '/application-auth-strategies/:authStrategyId',
    access: 'token',
    audit: 'auth-strategy.updated',
    handler: async (req, res, ctx) => {
      const id = strategyId(req);
      const { name, display_name, labels, dcr_provider_id, configs } = parseBody(updateAuthStrategySchema, req);
      const changes = { name, displayName: display_name, labels, dcrProviderId: dcr_provider_id, config: configs };
      res.json(presentAuthStrategy(await updateAuthStrategy(ctx, id, changes)));
    },
  },
  {
    method: 'delete',
    path: '/application-auth-strategies/:authStrategyId',
    access: 'token',
    audit: 'auth-strategy.deleted',
    handler: async (req, res, ctx) => {
      await deleteAuthStrategy(ctx, strategyId(req));
      res.status(204).end();
    },
  },
];
