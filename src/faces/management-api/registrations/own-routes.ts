import type { Request } from 'express';
import type { RegistrationId } from '../../../domain/ids.ts';
import {
  decideRegistration,
  decideRegistrations,
  deleteRegistration,
  getRegistration,
  listRegistrations,
  undoDecision,
} from '../../../domain/registrations/index.ts';
import { parseBody, pathId, queryText } from '../../../http/input.ts';
import { presentPage, readListQuery } from '../../../http/listing.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';
import { presentOutcome, presentOwnRegistration } from './own-presenters.ts';
import { checkReason, decideManySchema, decideSchema } from './schemas.ts';

const FILTERS = {
  status: 'string',
  portal_id: 'uuid',
  product_id: 'uuid',
  product_version_id: 'uuid',
  application_id: 'uuid',
  application_name: 'string',
  developer_id: 'uuid',
  developer_name: 'string',
} as const;

const registrationRef = (req: Request) => ({
  registrationId: pathId<RegistrationId>(req, 'registrationId', 'Registration'),
});

/** Registrations of all portals, with reasons, many at once, and with a way back. */
export const ownRegistrationRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'get',
    path: '/registrations',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const query = readListQuery(req, { filters: FILTERS, sort: ['created_at', 'updated_at', 'developer_id', 'status'] });
      res.json(presentPage(await listRegistrations(ctx, {}, query), presentOwnRegistration));
    },
  },
  {
    method: 'post',
    path: '/registrations/decisions',
    access: 'token',
    audit: 'registration.approved',
    handler: async (req, res, ctx) => {
      const { ids, ...decision } = parseBody(decideManySchema, req);
      res.json({ data: (await decideRegistrations(ctx, ids, decision)).map(presentOutcome) });
    },
  },
  {
    method: 'get',
    path: '/registrations/:registrationId',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(presentOwnRegistration(await getRegistration(ctx, registrationRef(req))));
    },
  },
  {
    method: 'delete',
    path: '/registrations/:registrationId',
    access: 'token',
    audit: 'registration.deleted',
    handler: async (req, res, ctx) => {
      await deleteRegistration(ctx, registrationRef(req), checkReason(queryText(req, 'reason')));
      res.status(204).end();
    },
  },
  {
    method: 'put',
    path: '/registrations/:registrationId/decision',
    access: 'token',
    audit: 'registration.approved',
    handler: async (req, res, ctx) => {
      const ref = registrationRef(req);
      res.json(presentOwnRegistration(await decideRegistration(ctx, ref, parseBody(decideSchema, req))));
    },
  },
  {
    method: 'delete',
    path: '/registrations/:registrationId/decision',
    access: 'token',
    audit: 'registration.decision-undone',
    handler: async (req, res, ctx) => {
      res.json(presentOwnRegistration(await undoDecision(ctx, registrationRef(req))));
    },
  },
];
