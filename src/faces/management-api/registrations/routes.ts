import type { Request } from 'express';
import type { PortalId, RegistrationId } from '../../../domain/ids.ts';
import {
  decideRegistration,
  deleteRegistration,
  getRegistration,
  listRegistrations,
  type RegistrationRef,
} from '../../../domain/registrations/index.ts';
import { parseBody, pathId } from '../../../http/input.ts';
import { presentPage, readListQuery } from '../../../http/listing.ts';
import type { Route } from '../../../http/routes.ts';
import { applicationRef } from '../applications/routes.ts';
import type { ManagementContext } from '../context.ts';
import { presentRegistration } from './presenters.ts';
import { updateRegistrationSchema } from './schemas.ts';

const registrationRef = (req: Request): RegistrationRef => ({
  ...applicationRef(req),
  registrationId: pathId<RegistrationId>(req, 'registrationId', 'Application registration'),
});

const ONE = '/portals/:portalId/applications/:applicationId/registrations/:registrationId';

export const registrationRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'get',
    path: '/portals/:portalId/application-registrations',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const portalId = pathId<PortalId>(req, 'portalId', 'Portal');
      const query = readListQuery(req, {
        filters: { developer_id: 'uuid', developer_name: 'string', application_name: 'string', status: 'string' },
        sort: ['created_at', 'updated_at', 'developer_id', 'status'],
      });
      res.json(presentPage(await listRegistrations(ctx, { portalId }, query), presentRegistration));
    },
  },
  {
    method: 'get',
    path: '/portals/:portalId/applications/:applicationId/registrations',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const query = readListQuery(req, { filters: { status: 'string' }, sort: ['created_at', 'updated_at', 'status'] });
      res.json(presentPage(await listRegistrations(ctx, applicationRef(req), query), presentRegistration));
    },
  },
  {
    method: 'get',
    path: ONE,
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(presentRegistration(await getRegistration(ctx, registrationRef(req))));
    },
  },
  {
    method: 'patch',
    path: ONE,
    access: 'token',
    audit: 'registration.approved',
    handler: async (req, res, ctx) => {
      const ref = registrationRef(req);
      const { status } = parseBody(updateRegistrationSchema, req);
      const registration = status ? await decideRegistration(ctx, ref, { status }) : await getRegistration(ctx, ref);
      res.json(presentRegistration(registration));
    },
  },
  {
    method: 'delete',
    path: ONE,
    access: 'token',
    audit: 'registration.deleted',
    handler: async (req, res, ctx) => {
      await deleteRegistration(ctx, registrationRef(req));
      res.status(204).end();
    },
  },
];
