import type { Request, Response } from 'express';
import { require } from '../../../domain/access/index.ts';
import { mayManagePeople } from '../../../domain/administrators/index.ts';
import type { AdminContext } from '../context.ts';

type Handler = (req: Request, res: Response, ctx: AdminContext) => Promise<void>;

/** A form that only they are shown who may send it. @throws forbidden to everybody else */
export const forManagers =
  (show: Handler): Handler =>
  async (req, res, ctx) => {
    require(mayManagePeople(ctx.actor));
    await show(req, res, ctx);
  };
