import { toInstant } from '../../database/codec.ts';
import type { Context, OrganisationContext } from '../context.ts';
import { deleteEventsBefore, type Trail } from '../events/index.ts';

const DAY_MS = 86_400_000;

/** Forgets what happened more than so many days ago. Answers how many events that were. */
export const pruneAuditLog = (ctx: Context | OrganisationContext, trail: Trail, days: number): Promise<number> =>
  deleteEventsBefore(ctx, trail, toInstant(new Date(ctx.now().getTime() - days * DAY_MS)));
