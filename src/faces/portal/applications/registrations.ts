import type { Request, Response } from 'express';
import { getOwnApplication } from '../../../domain/applications/index.ts';
import type { RegistrationId } from '../../../domain/ids.ts';
import { getOwnRegistration, unregisterApplication } from '../../../domain/registrations/index.ts';
import { pathId } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import type { PortalContext } from '../context.ts';
import { paths } from '../paths.ts';
import { ownApplicationOf } from './owner.ts';
import { leadTo, send, trailOf } from './respond.ts';

const ownRegistrationOf = (req: Request, ctx: PortalContext) => ({
  ...ownApplicationOf(req, ctx),
  registrationId: pathId<RegistrationId>(req, 'registrationId', 'Registration'),
});

const showUnregister = async (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const own = ownRegistrationOf(req, ctx);
  const application = await getOwnApplication(ctx, own);
  const { productName, versionName, status } = await getOwnRegistration(ctx, own);
  const title = `Unregister from ${productName} ${versionName}?`;
  await send(
    req,
    res,
    ctx,
    'confirm',
    { title, breadcrumbs: trailOf(application, { label: 'Unregister' }) },
    {
      text:
        status === 'approved'
          ? `${application.name} can no longer call ${productName} ${versionName} from then on.`
          : 'The request is taken back; nobody decides about it any more.',
      consequences: ['To use this API again, you have to register anew, which may need to be approved again.'],
      action: paths.application(application.id, 'registrations', own.registrationId, 'unregister'),
      submit: 'Unregister',
      cancelHref: paths.application(application.id),
    },
  );
};

const unregister = async (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const own = ownRegistrationOf(req, ctx);
  const { productName, versionName } = await getOwnRegistration(ctx, own);
  await unregisterApplication(ctx, own);
  leadTo(req, res, ctx, paths.application(own.applicationId), `No longer registered for ${productName} ${versionName}.`);
};

const PATH = '/application/:applicationId/registrations/:registrationId/unregister';

export const registrationRoutes: readonly Route<PortalContext>[] = [
  { method: 'get', path: PATH, access: 'developer', audit: null, handler: showUnregister },
  { method: 'post', path: PATH, access: 'developer', audit: 'registration.deleted', handler: unregister },
];
