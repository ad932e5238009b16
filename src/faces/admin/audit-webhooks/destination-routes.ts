import type { Request, Response } from 'express';
import { z } from 'zod';
import { may, require } from '../../../domain/access/index.ts';
import {
  type AuditDestination,
  createAuditDestination,
  deleteAuditDestination,
  getAuditDestination,
  updateAuditDestination,
} from '../../../domain/audit/index.ts';
import type { AuditDestinationId } from '../../../domain/ids.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { pathId } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import { sendConfirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { sendForm } from '../form.ts';
import { redirectWith } from '../respond.ts';
import { DESTINATION_FIELDS, destinationForm, destinationValues } from './forms.ts';
import { auditWebhookPaths } from './paths.ts';

const trail = ({ region }: AdminContext) => [{ label: 'Audit log webhooks', href: auditWebhookPaths.list(region) }];

const destinationOf = (req: Request, ctx: AdminContext): Promise<AuditDestination> =>
  getAuditDestination(ctx, pathId<AuditDestinationId>(req, 'destinationId', 'Audit log destination'));

const sendCreation = (
  req: Request,
  res: Response,
  ctx: AdminContext,
  form: FormState = emptyForm({ logFormat: 'json' }),
): Promise<void> => {
  require(may(ctx.actor, 'organisation.administer'));
  return sendForm(
    req,
    res,
    ctx,
    { title: 'New audit log destination', breadcrumbs: trail(ctx) },
    {
      intro: 'A system that takes audit logs, such as a SIEM. Portals send theirs to a destination.',
      form,
      fields: DESTINATION_FIELDS,
      action: auditWebhookPaths.newDestination(ctx.region),
      submit: 'Create destination',
      cancelHref: auditWebhookPaths.list(ctx.region),
    },
  );
};

const create = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, destinationForm, {
    act: async (given) => {
      const { name } = await createAuditDestination(ctx, given);
      redirectWith(req, res, ctx, auditWebhookPaths.list(ctx.region), `“${name}” is created. Portals can send to it now.`);
    },
    again: (form) => sendCreation(req, res, ctx, form),
  });

const sendEdit = async (req: Request, res: Response, ctx: AdminContext, given?: FormState): Promise<void> => {
  const destination = await destinationOf(req, ctx);
  await sendForm(
    req,
    res,
    ctx,
    { title: destination.name, breadcrumbs: trail(ctx) },
    {
      form: given ?? emptyForm(destinationValues(destination)),
      fields: DESTINATION_FIELDS,
      action: auditWebhookPaths.destination(ctx.region, destination.id),
      submit: 'Save',
      cancelHref: auditWebhookPaths.list(ctx.region),
      deleteHref: auditWebhookPaths.deleteDestination(ctx.region, destination.id),
    },
  );
};

const edit = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, destinationForm, {
    act: async (changes) => {
      const { id } = await destinationOf(req, ctx);
      await updateAuditDestination(ctx, id, changes);
      redirectWith(req, res, ctx, auditWebhookPaths.list(ctx.region), 'Your changes are saved.');
    },
    again: (form) => sendEdit(req, res, ctx, form),
  });

const sendDeletion = async (req: Request, res: Response, ctx: AdminContext, form = emptyForm()): Promise<void> => {
  const { id, name } = await destinationOf(req, ctx);
  await sendConfirmation(
    req,
    res,
    ctx,
    { title: `Delete ${name}?`, breadcrumbs: trail(ctx) },
    {
      text: 'This cannot be undone. A destination that the webhook of a portal sends to stays.',
      action: auditWebhookPaths.deleteDestination(ctx.region, id),
      submit: 'Delete destination',
      cancelHref: auditWebhookPaths.destination(ctx.region, id),
      form,
    },
  );
};

const remove = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, z.object({}), {
    act: async () => {
      const { id, name } = await destinationOf(req, ctx);
      await deleteAuditDestination(ctx, id);
      redirectWith(req, res, ctx, auditWebhookPaths.list(ctx.region), `“${name}” is deleted.`);
    },
    again: (form) => sendDeletion(req, res, ctx, form),
  });

const access = 'administrator';
const DESTINATIONS = '/:region/audit-webhooks/destinations';
const DESTINATION = `${DESTINATIONS}/:destinationId`;

export const auditDestinationRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: `${DESTINATIONS}/new`, access, audit: null, handler: (req, res, ctx) => sendCreation(req, res, ctx) },
  { method: 'post', path: `${DESTINATIONS}/new`, access, audit: 'audit-destination.created', handler: create },
  { method: 'get', path: DESTINATION, access, audit: null, handler: (req, res, ctx) => sendEdit(req, res, ctx) },
  { method: 'post', path: DESTINATION, access, audit: 'audit-destination.updated', handler: edit },
  { method: 'get', path: `${DESTINATION}/delete`, access, audit: null, handler: (req, res, ctx) => sendDeletion(req, res, ctx) },
  { method: 'post', path: `${DESTINATION}/delete`, access, audit: 'audit-destination.deleted', handler: remove },
];
