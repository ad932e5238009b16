import type { Request } from 'express';
import { z } from 'zod';
import { createCredential, deleteCredential, listCredentials, renameCredential } from '../../../domain/credentials/index.ts';
import type { CredentialId } from '../../../domain/ids.ts';
import { parseBody, pathId } from '../../../http/input.ts';
import { presentPage, readListQuery } from '../../../http/listing.ts';
import type { Route } from '../../../http/routes.ts';
import { text } from '../../../http/schemas.ts';
import type { PortalApiContext } from '../context.ts';
import { ownApplicationOf } from '../owner.ts';
import { refuseParameters } from '../query.ts';
import { presentCredential, presentNewCredential } from './presenters.ts';

const MAX = 255;

const createCredentialSchema = z.strictObject({ display_name: text({ max: MAX }).optional() });
const updateCredentialSchema = z.strictObject({ display_name: text({ min: 1, max: MAX }) });

export const ownCredentialOf = (req: Request, ctx: PortalApiContext) => ({
  ...ownApplicationOf(req, ctx),
  credentialId: pathId<CredentialId>(req, 'credentialId', 'Credential'),
});

export const credentialRoutes: readonly Route<PortalApiContext>[] = [
  {
    method: 'get',
    path: '/applications/:applicationId/credentials',
    access: 'developer',
    audit: null,
    handler: async (req, res, ctx) => {
      refuseParameters(req, 'sort');
      const { page } = readListQuery(req, { filters: {}, sort: [] });
      res.json(presentPage(await listCredentials(ctx, ownApplicationOf(req, ctx), page), presentCredential));
    },
  },
  {
    method: 'post',
    path: '/applications/:applicationId/credentials',
    access: 'developer',
    audit: 'credential.created',
    handler: async (req, res, ctx) => {
      const own = ownApplicationOf(req, ctx);
      const { display_name } = req.body === undefined ? {} : parseBody(createCredentialSchema, req); // a body is optional
      const credential = await createCredential(ctx, own, display_name);
      res.status(201).set('Cache-Control', 'no-store').json(presentNewCredential(credential));
    },
  },
  {
    method: 'put',
    path: '/applications/:applicationId/credentials/:credentialId',
    access: 'developer',
    audit: 'credential.updated',
    handler: async (req, res, ctx) => {
      const own = ownCredentialOf(req, ctx);
      await renameCredential(ctx, own, parseBody(updateCredentialSchema, req).display_name);
      res.status(200).end();
    },
  },
  {
    method: 'delete',
    path: '/applications/:applicationId/credentials/:credentialId',
    access: 'developer',
    audit: 'credential.deleted',
    handler: async (req, res, ctx) => {
      refuseParameters(req, 'filter', 'sort', 'page');
      await deleteCredential(ctx, ownCredentialOf(req, ctx));
      res.status(204).end();
    },
  },
];
