import type { Request } from 'express';
import { z } from 'zod';
import { type Issue, invalid } from '../../../domain/errors.ts';
import type { RegistrationId, VersionId } from '../../../domain/ids.ts';
import {
  getOwnRegistration,
  listOwnRegistrations,
  registerApplication,
  unregisterApplication,
} from '../../../domain/registrations/index.ts';
import { parseBody, pathId } from '../../../http/input.ts';
import { presentPage, readListQuery } from '../../../http/listing.ts';
import type { Route } from '../../../http/routes.ts';
import { uuid } from '../../../http/schemas.ts';
import type { PortalApiContext } from '../context.ts';
import { ownApplicationOf } from '../owner.ts';
import { refuseParameters } from '../query.ts';
import { presentOwnRegistration, presentRegistration } from './presenters.ts';

const createRegistrationSchema = z.strictObject({
  product_version_id: uuid().transform((id) => id as VersionId),
  scopes: z.array(z.string()).max(100).optional(),
});

/** No kind of application that there is asks for scopes here. @throws invalid where some are asked for */
const refuseScopes = (scopes: readonly string[] | undefined): void => {
  const reason = 'scopes must be left out: scopes of this kind of application are given by its identity provider';
  const issue: Issue = { field: 'scopes', rule: 'invalid', reason, source: 'body' };
  if (scopes !== undefined && scopes.length > 0) throw invalid(issue);
};

const ownRegistrationOf = (req: Request, ctx: PortalApiContext) => ({
  ...ownApplicationOf(req, ctx),
  registrationId: pathId<RegistrationId>(req, 'registrationId', 'Registration'),
});

const listOf = (req: Request, ctx: PortalApiContext) => {
  refuseParameters(req, 'sort');
  const filters = { id: 'uuid', status: 'choice', product_name: 'string', product_version_name: 'string' } as const;
  return listOwnRegistrations(ctx, ownApplicationOf(req, ctx), readListQuery(req, { filters, sort: [] }));
};

export const registrationRoutes: readonly Route<PortalApiContext>[] = [
  {
    method: 'get',
    path: '/applications/:applicationId/registrations',
    access: 'developer',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(presentPage(await listOf(req, ctx), presentRegistration));
    },
  },
  {
    method: 'post',
    path: '/applications/:applicationId/registrations',
    access: 'developer',
    audit: 'registration.created',
    handler: async (req, res, ctx) => {
      const own = ownApplicationOf(req, ctx);
      const { product_version_id, scopes } = parseBody(createRegistrationSchema, req);
      refuseScopes(scopes);
      res.status(201).json(presentRegistration(await registerApplication(ctx, own, product_version_id)));
    },
  },
  {
    method: 'get',
    path: '/applications/:applicationId/registrations/:registrationId',
    access: 'developer',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(presentRegistration(await getOwnRegistration(ctx, ownRegistrationOf(req, ctx))));
    },
  },
  {
    method: 'delete',
    path: '/applications/:applicationId/registrations/:registrationId',
    access: 'developer',
    audit: 'registration.deleted',
    handler: async (req, res, ctx) => {
      await unregisterApplication(ctx, ownRegistrationOf(req, ctx));
      res.status(204).end();
    },
  },
];

/** The same with reasons, beside the contract. */
export const ownRegistrationRoutes: readonly Route<PortalApiContext>[] = [
  {
    method: 'get',
    path: '/applications/:applicationId/registrations',
    access: 'developer',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(presentPage(await listOf(req, ctx), presentOwnRegistration));
    },
  },
];
