import type { Request, Response } from 'express';
import { getOwnApplication, type OwnApplication } from '../../../domain/applications/index.ts';
import {
  createCredential,
  deleteCredential,
  getCredential,
  isLiving,
  type NewCredential,
  type OwnCredential,
  renameCredential,
  rotateCredential,
} from '../../../domain/credentials/index.ts';
import { conflict, DomainError, notFound } from '../../../domain/errors.ts';
import type { CredentialId } from '../../../domain/ids.ts';
import { getKeyPolicy } from '../../../domain/portals/index.ts';
import { listOwnRegistrations } from '../../../domain/registrations/index.ts';
import { findVisibleVersions } from '../../../domain/visibility/index.ts';
import { shownFields } from '../../../http/form-fields.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { pathId } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import type { PortalContext } from '../context.ts';
import { paths } from '../paths.ts';
import { curlOf } from './calls.ts';
import { keyForm, NAMES, renameForm, rotateForm } from './forms.ts';
import { ownApplicationOf } from './owner.ts';
import { overlapOptions, USUAL_OVERLAP_HOURS } from './pages.ts';
import { leadTo, send, trailOf } from './respond.ts';
import { showApplication } from './routes.ts';

const ownCredentialOf = (req: Request, ctx: PortalContext): OwnCredential => ({
  ...ownApplicationOf(req, ctx),
  credentialId: pathId<CredentialId>(req, 'credentialId', 'API key'),
});

/** The specification of a version that an application may call, if there is one, so that a key is shown in use. */
const openContent = async (ctx: PortalContext, own: OwnApplication): Promise<string | undefined> => {
  const filters = [{ field: 'status', op: 'eq', value: 'approved' } as const];
  const { items } = await listOwnRegistrations(ctx, own, { filters, page: { number: 1, size: 10 } });
  const ids = items.filter(({ fits }) => fits).map(({ versionId }) => versionId);
  const versions = await findVisibleVersions(ctx, ctx.portal, ctx.visitor, ids);
  return [...versions.values()].find(({ specification }) => specification !== null)?.specification?.contentHash;
};

/** The only page that ever shows a key: the answer to the form that made it, which nothing keeps. */
const showKey = async (req: Request, res: Response, ctx: PortalContext, made: NewCredential, old = ''): Promise<void> => {
  const own = ownApplicationOf(req, ctx);
  const application = await getOwnApplication(ctx, own);
  const { config } = application.authStrategy ?? {};
  await send(
    req,
    res,
    ctx,
    'new-key',
    { title: 'Your new API key', breadcrumbs: trailOf(application, { label: 'New API key' }) },
    {
      name: made.name,
      key: made.key,
      old,
      expiresAt: made.expiresAt ?? '',
      keyName: config?.type === 'key_auth' ? (config.keyNames[0] ?? '') : '',
      curl:
        (await curlOf(ctx, { strategy: application.authStrategy, contentHash: await openContent(ctx, own), key: made.key })) ??
        '',
      applicationId: application.id,
      doneHref: paths.application(application.id),
    },
  );
};

/** There being no room for another key is told beside the form, not on a page of its own. */
const orTell = async <T>(making: Promise<T>): Promise<T> => {
  try {
    return await making;
  } catch (error) {
    throw error instanceof DomainError && error.kind === 'forbidden' ? conflict(error.message) : error;
  }
};

const generate = (req: Request, res: Response, ctx: PortalContext): Promise<void> =>
  handleForm(req, res, keyForm, {
    act: async ({ name }) => showKey(req, res, ctx, await orTell(createCredential(ctx, ownApplicationOf(req, ctx), name))),
    again: (form) => showApplication(req, res, ctx, form),
  });

const manage = async (
  req: Request,
  res: Response,
  ctx: PortalContext,
  { rename, rotate }: { readonly rename?: FormState; readonly rotate?: FormState } = {},
): Promise<void> => {
  const own = ownCredentialOf(req, ctx);
  const application = await getOwnApplication(ctx, own);
  const key = await getCredential(ctx, own);
  if (!isLiving(key, ctx.now())) throw notFound('API key');
  const { maxOverlapHours } = await getKeyPolicy(ctx, ctx.portal.id);
  const part = (name: string) => paths.application(application.id, 'keys', key.id, name);
  const options = overlapOptions(maxOverlapHours);
  const rotation = rotate ?? emptyForm({ overlapHours: String(Math.min(USUAL_OVERLAP_HOURS, maxOverlapHours)) });
  await send(
    req,
    res,
    ctx,
    'key',
    { title: key.name, breadcrumbs: trailOf(application, { label: key.name }) },
    {
      prefix: key.prefix,
      createdAt: key.createdAt,
      expiresAt: key.expiresAt ?? '',
      rotate: {
        action: part('rotate'),
        fields: shownFields(rotation, [
          { name: 'overlapHours', label: 'How long the old key still works', type: 'select', options },
        ]),
      },
      rename: {
        action: part('rename'),
        fields: shownFields(rename ?? emptyForm({ name: key.name }), [
          { name: 'name', label: 'Name', required: true, autocomplete: 'off' },
        ]),
      },
      revokeHref: part('revoke'),
      summary: [...(rename?.summary ?? []), ...rotation.summary],
    },
  );
};

const rotate = (req: Request, res: Response, ctx: PortalContext): Promise<void> =>
  handleForm(req, res, rotateForm, {
    act: async ({ overlapHours }) => {
      const own = ownCredentialOf(req, ctx);
      const made = await orTell(rotateCredential(ctx, own, overlapHours));
      const end = overlapHours > 0 ? (await getCredential(ctx, own)).expiresAt : null;
      await showKey(req, res, ctx, made, end ?? 'gone');
    },
    again: (form) => manage(req, res, ctx, { rotate: form }),
    names: NAMES,
  });

const rename = (req: Request, res: Response, ctx: PortalContext): Promise<void> =>
  handleForm(req, res, renameForm, {
    act: async ({ name }) => {
      const own = ownCredentialOf(req, ctx);
      await renameCredential(ctx, own, name);
      leadTo(req, res, ctx, paths.application(own.applicationId), `The key is called ${name} now.`);
    },
    again: (form) => manage(req, res, ctx, { rename: form }),
  });

const showRevoke = async (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const own = ownCredentialOf(req, ctx);
  const application = await getOwnApplication(ctx, own);
  const { name, prefix } = await getCredential(ctx, own);
  await send(
    req,
    res,
    ctx,
    'confirm',
    { title: `Revoke ${name}?`, breadcrumbs: trailOf(application, { label: 'Revoke' }) },
    {
      text: `The API key that begins with ${prefix} is deleted.`,
      consequences: ['Whatever uses it is turned away at once.', 'To replace it without an interruption, rotate it instead.'],
      action: paths.application(application.id, 'keys', own.credentialId, 'revoke'),
      submit: 'Revoke key',
      cancelHref: paths.application(application.id),
    },
  );
};

const revoke = async (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const own = ownCredentialOf(req, ctx);
  await deleteCredential(ctx, own);
  leadTo(req, res, ctx, paths.application(own.applicationId), 'The API key is revoked.');
};

const KEYS = '/application/:applicationId/keys';
const ONE = `${KEYS}/:credentialId`;
const access = 'developer';

/** Where a key was shown there is nothing to be seen again. */
const toApplication = (req: Request, res: Response, ctx: PortalContext): void =>
  res.redirect(303, paths.application(ownApplicationOf(req, ctx).applicationId));

export const keyRoutes: readonly Route<PortalContext>[] = [
  { method: 'get', path: KEYS, access, audit: null, handler: toApplication },
  { method: 'post', path: KEYS, access, audit: 'credential.created', handler: generate },
  { method: 'get', path: ONE, access, audit: null, handler: (req, res, ctx) => manage(req, res, ctx) },
  { method: 'get', path: `${ONE}/rotate`, access, audit: null, handler: toApplication },
  { method: 'post', path: `${ONE}/rotate`, access, audit: 'credential.rotated', handler: rotate },
  { method: 'post', path: `${ONE}/rename`, access, audit: 'credential.updated', handler: rename },
  { method: 'get', path: `${ONE}/revoke`, access, audit: null, handler: showRevoke },
  { method: 'post', path: `${ONE}/revoke`, access, audit: 'credential.deleted', handler: revoke },
];
