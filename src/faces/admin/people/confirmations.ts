import type { Request, Response } from 'express';
import {
  deactivateAdministrator,
  deleteAdministrator,
  resetSecondFactor,
  viewAdministrator,
} from '../../../domain/administrators/index.ts';
import type { OrganisationContext } from '../../../domain/context.ts';
import type { AdministratorId } from '../../../domain/ids.ts';
import { pathId } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import { sendConfirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { holderTrail } from '../organisation/holders.ts';
import { forManagers } from '../organisation/managers.ts';
import { organisationPaths } from '../organisation/paths.ts';
import { redirectWith } from '../respond.ts';

const KIND = 'administrator';

/** Something that is done to a person, and asked about first. */
interface Act {
  readonly path: string;
  readonly audit: string;
  readonly title: string;
  readonly text: string;
  readonly consequences: readonly string[];
  readonly submit: string;
  readonly done: string;
  readonly goes: 'to the person' | 'to the list';
  readonly run: (ctx: OrganisationContext, id: AdministratorId) => Promise<void>;
}

const ACTS: readonly Act[] = [
  {
    path: 'deactivate',
    audit: 'administrator.deactivated',
    title: 'Deactivate',
    text: 'They cannot log in until somebody reactivates them.',
    consequences: ['Their sessions end at once.', 'Their personal tokens stop working.', 'Their roles stay.'],
    submit: 'Deactivate',
    done: 'is deactivated.',
    goes: 'to the person',
    run: deactivateAdministrator,
  },
  {
    path: 'delete',
    audit: 'administrator.deleted',
    title: 'Delete',
    text: 'This cannot be undone.',
    consequences: [
      'Their sessions end at once.',
      'Their personal tokens and roles are deleted.',
      'The audit log keeps what they did, without their name.',
    ],
    submit: 'Delete person',
    done: 'is deleted.',
    goes: 'to the list',
    run: deleteAdministrator,
  },
  {
    path: 'second-factor',
    audit: 'administrator.second-factor-disabled',
    title: 'Turn off the second factor of',
    text: 'Do this only when you are sure who asks for it: from then on the password alone opens the account.',
    consequences: ['Their recovery codes stop working.', 'They can set up a new second factor.'],
    submit: 'Turn off',
    done: 'logs in without a second factor now.',
    goes: 'to the person',
    run: resetSecondFactor,
  },
];

const routesOf = ({ path, audit, title, goes, done, run, ...confirmation }: Act): Route<AdminContext>[] => {
  const personOf = (req: Request, { organisation }: AdminContext) =>
    viewAdministrator(organisation, pathId<AdministratorId>(req, 'id', 'Administrator'));
  const ask = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
    const { id, name } = await personOf(req, ctx);
    const holder = { kind: KIND, id } as const;
    await sendConfirmation(
      req,
      res,
      ctx,
      { title: `${title} ${name}`, breadcrumbs: holderTrail(ctx, holder, name) },
      {
        ...confirmation,
        action: organisationPaths.act(ctx.region, holder, path),
        cancelHref: organisationPaths.one(ctx.region, holder),
      },
    );
  };
  const act = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
    const { id, name } = await personOf(req, ctx);
    await run(ctx.organisation, id);
    const next =
      goes === 'to the list' ? organisationPaths.list(ctx.region, KIND) : organisationPaths.one(ctx.region, { kind: KIND, id });
    redirectWith(req, res, ctx, next, `${name} ${done}`);
  };
  const route = { path: `/:region/organisation/people/:id/${path}`, access: 'administrator' };
  return [
    { ...route, method: 'get', audit: null, handler: forManagers(ask) },
    { ...route, method: 'post', audit, handler: act },
  ];
};

/** What is asked about before it is done to a person. */
export const confirmationRoutes: readonly Route<AdminContext>[] = ACTS.flatMap(routesOf);
