import type { Request, Response } from 'express';
import { demand, may, mayAny, require } from '../../../domain/access/index.ts';
import {
  findAuditReplay,
  getAuditWebhook,
  getAuditWebhookStatus,
  listAuditDestinationNames,
  listAuditDestinations,
  listPortalWebhooks,
  listPublicKeys,
  requestAuditReplay,
  sendTestEvent,
  updateOrganisationWebhook,
  updatePortalWebhook,
  type WebhookScope,
} from '../../../domain/audit/index.ts';
import type { PortalId } from '../../../domain/ids.ts';
import { getPortal } from '../../../domain/portals/index.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { pathId } from '../../../http/input.ts';
import { queryPage } from '../../../http/page-query.ts';
import type { Route } from '../../../http/routes.ts';
import type { AdminContext } from '../context.ts';
import { sendForm } from '../form.ts';
import { inRegion } from '../layout.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { auditDestinationRoutes } from './destination-routes.ts';
import {
  ORGANISATION_WEBHOOK_FIELDS,
  organisationWebhookForm,
  portalWebhookFields,
  portalWebhookForm,
  replayForm,
  replayValues,
  WEBHOOK_NAMES,
  webhookValues,
} from './forms.ts';
import { listModel, webhookModel } from './pages.ts';
import { auditWebhookPaths } from './paths.ts';
import { SIGNATURE_EXAMPLE } from './signature-example.ts';

const TITLE = 'Audit log webhooks';
const PAGE_SIZE = 25;
/** How many destinations are listed at most; there are as many as there are systems that take logs. */
const MAX_DESTINATIONS = 100;

const organisationPart = async (ctx: AdminContext) => ({
  webhook: await getAuditWebhook(ctx, 'organisation'),
  status: await getAuditWebhookStatus(ctx, 'organisation'),
  destinations: (await listAuditDestinations(ctx, { size: MAX_DESTINATIONS })).items,
});

const showList = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const portals = await listPortalWebhooks(ctx, { number: queryPage(req), size: PAGE_SIZE });
  const organisation = may(ctx.actor, 'organisation.administer') ? await organisationPart(ctx) : undefined;
  await sendPage(req, res, ctx, 'admin/audit-webhooks/list.njk', { title: TITLE }, listModel(ctx, portals, organisation));
};

const trail = ({ region }: AdminContext) => [{ label: TITLE, href: auditWebhookPaths.list(region) }];

const showSignatures = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  require(mayAny(ctx.actor, 'portal.administer'));
  const isDefault = ctx.region === ctx.deps.defaultRegion;
  const head = { title: 'How a receiver checks the log', breadcrumbs: trail(ctx) };
  await sendPage(req, res, ctx, 'admin/audit-webhooks/signatures.njk', head, {
    keysHref: `${new URL(ctx.deps.baseUrl).origin}/v2/audit-log-webhook/jwks.json`,
    header: isDefault ? false : `X-Portico-Region: ${ctx.region}`,
    keys: (await listPublicKeys(ctx)).map(({ kid, x }) => ({ kid, x })),
    example: SIGNATURE_EXAMPLE,
  });
};

/** Whose webhook the address is about. @throws not-found; forbidden to who may not change it */
const scopeOf = (req: Request, { actor }: AdminContext): WebhookScope => {
  if (req.params['portalId'] === undefined) {
    require(may(actor, 'organisation.administer'));
    return 'organisation';
  }
  const id = pathId<PortalId>(req, 'portalId', 'Portal');
  demand(actor, 'portal.administer', id, 'Portal');
  return id;
};

const nameOf = async (ctx: AdminContext, scope: WebhookScope): Promise<string> =>
  scope === 'organisation' ? `Audit log ${inRegion(ctx.region)}` : `Audit log of ${(await getPortal(ctx, scope)).name}`;

const sendWebhook = async (req: Request, res: Response, ctx: AdminContext, given?: FormState): Promise<void> => {
  const scope = scopeOf(req, ctx);
  const shown = {
    scope,
    webhook: await getAuditWebhook(ctx, scope),
    status: await getAuditWebhookStatus(ctx, scope),
    replay: await findAuditReplay(ctx, scope),
  };
  const head = { title: await nameOf(ctx, scope), breadcrumbs: trail(ctx) };
  const model = await webhookModel(ctx, shown, given ?? emptyForm(replayValues(ctx.now())));
  await sendPage(req, res, ctx, 'admin/audit-webhooks/webhook.njk', head, model);
};

const fieldsOf = async (ctx: AdminContext, scope: WebhookScope) =>
  scope === 'organisation' ? ORGANISATION_WEBHOOK_FIELDS : portalWebhookFields(await listAuditDestinationNames(ctx));

const sendEdit = async (req: Request, res: Response, ctx: AdminContext, given?: FormState): Promise<void> => {
  const scope = scopeOf(req, ctx);
  const name = await nameOf(ctx, scope);
  const here = auditWebhookPaths.webhook(ctx.region, scope);
  const head = { title: 'Where the log goes', breadcrumbs: [...trail(ctx), { label: name, href: here }] };
  await sendForm(req, res, ctx, head, {
    form: given ?? emptyForm(webhookValues(await getAuditWebhook(ctx, scope))),
    fields: await fieldsOf(ctx, scope),
    action: auditWebhookPaths.act(ctx.region, scope, 'edit'),
    submit: 'Save',
    cancelHref: here,
  });
};

const saved = (req: Request, res: Response, ctx: AdminContext, scope: WebhookScope): void =>
  redirectWith(req, res, ctx, auditWebhookPaths.webhook(ctx.region, scope), 'Your changes are saved.');

const edit = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const scope = scopeOf(req, ctx);
  const again = (form: FormState): Promise<void> => sendEdit(req, res, ctx, form);
  if (scope === 'organisation')
    return handleForm(req, res, organisationWebhookForm, {
      act: async (changes) => {
        await updateOrganisationWebhook(ctx, changes);
        saved(req, res, ctx, scope);
      },
      again,
    });
  await handleForm(req, res, portalWebhookForm, {
    act: async (changes) => {
      await updatePortalWebhook(ctx, scope, changes);
      saved(req, res, ctx, scope);
    },
    again,
    names: WEBHOOK_NAMES,
  });
};

const test = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const scope = scopeOf(req, ctx);
  const { status, message } = await sendTestEvent(ctx, scope);
  const isTaken = status !== undefined && status >= 200 && status < 300;
  const answer = status === undefined ? message : `${status} ${message}`;
  redirectWith(req, res, ctx, auditWebhookPaths.webhook(ctx.region, scope), {
    ...(isTaken ? { kind: 'success' } : { kind: 'warning' }),
    text: isTaken ? `The receiver took the test event: ${answer}.` : `The receiver did not take the test event: ${answer}.`,
  });
};

const replay = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, replayForm, {
    act: async (range) => {
      const scope = scopeOf(req, ctx);
      await requestAuditReplay(ctx, scope, range);
      redirectWith(req, res, ctx, auditWebhookPaths.webhook(ctx.region, scope), 'The log of that time is sent once more.');
    },
    again: (form) => sendWebhook(req, res, ctx, form),
    names: WEBHOOK_NAMES,
  });

const access = 'administrator';
const LIST = '/:region/audit-webhooks';

const webhookRoutes = (base: string): Route<AdminContext>[] => [
  { method: 'get', path: base, access, audit: null, handler: (req, res, ctx) => sendWebhook(req, res, ctx) },
  { method: 'get', path: `${base}/edit`, access, audit: null, handler: (req, res, ctx) => sendEdit(req, res, ctx) },
  { method: 'post', path: `${base}/edit`, access, audit: 'audit-webhook.updated', handler: edit },
  { method: 'post', path: `${base}/test`, access, audit: 'audit-webhook.tested', handler: test },
  { method: 'post', path: `${base}/replay`, access, audit: 'audit-replay.requested', handler: replay },
];

export const auditWebhookRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: LIST, access, audit: null, handler: showList },
  { method: 'get', path: `${LIST}/signatures`, access, audit: null, handler: showSignatures },
  ...webhookRoutes(`${LIST}/organisation`),
  ...webhookRoutes(`${LIST}/portals/:portalId`),
  ...auditDestinationRoutes,
];
