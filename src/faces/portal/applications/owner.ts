import type { Request } from 'express';
import type { OwnApplication, Owner } from '../../../domain/applications/index.ts';
import { unauthenticated } from '../../../domain/errors.ts';
import type { ApplicationId } from '../../../domain/ids.ts';
import { pathId } from '../../../http/input.ts';
import type { PortalContext } from '../context.ts';

/** Who is signed in, as the owner of what is asked for. @throws unauthenticated where nobody is: routes say so first */
export const ownerOf = ({ portal, developer }: PortalContext): Owner => {
  if (!developer) throw unauthenticated();
  return { portal, developerId: developer.id };
};

/** The application that the path names, as one of those of whoever is signed in. */
export const ownApplicationOf = (req: Request, ctx: PortalContext): OwnApplication => ({
  ...ownerOf(ctx),
  applicationId: pathId<ApplicationId>(req, 'applicationId', 'Application'),
});
