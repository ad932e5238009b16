import type { Context } from '../context.ts';
import type { RecordedEvent } from '../events/index.ts';
import type { PortalId } from '../ids.ts';
import type { Person, Power } from '../roles/index.ts';
import { adminPaths } from './addresses.ts';
import type { Letter, Occasion } from './developer-letters.ts';
import * as facts from './facts.ts';

/** A request that waits for administrators. */
interface Request {
  /** who may decide about it */
  readonly powers: (event: RecordedEvent, portalId: PortalId) => readonly Power[];
  /** what is written to each of them; nothing when it waits no more */
  readonly write: (ctx: Context, occasion: Occasion) => Promise<Omit<Letter, 'to'> | undefined>;
}

const isWaiting = ({ details }: RecordedEvent): boolean => details['status'] === 'pending';

/** The events with which a request begins to wait. */
const REQUESTS: Readonly<Record<string, Request>> = {
  'developer.verified': {
    powers: (_event, portalId) => [{ permission: 'portal.administer', entityId: portalId }],
    write: async (ctx, { event, portal }) => {
      const developer = await facts.findCorrespondent(ctx, event.subjectId);
      if (!developer) return undefined;
      const { id, name, email } = developer;
      const link = adminPaths.developerRequest(ctx.region, id);
      return {
        template: 'developer-pending',
        developerId: id,
        model: { developer: name, email, portal: portal.displayName, link },
      };
    },
  },
  'registration.created': {
    powers: ({ details }, portalId) => [
      { permission: 'portal.decide', entityId: portalId },
      { permission: 'product.decide', entityId: String(details['productId']) },
    ],
    write: async (ctx, { event, portal }) => {
      const developer = await facts.findCorrespondent(ctx, event.details['developerId']);
      const application = await facts.findApplicationName(ctx, event.details['applicationId']);
      const names = await facts.findVersionNames(ctx, event.details['versionId']);
      if (!developer || application === undefined || !names) return undefined;
      const { product, version } = names;
      const link = adminPaths.registrationRequest(ctx.region, event.subjectId);
      return {
        template: 'registration-pending',
        developerId: developer.id,
        model: { developer: developer.name, application, product, version, portal: portal.displayName, link },
      };
    },
  },
};

/** The events of which approvers hear. */
export const REQUEST_ACTIONS: readonly string[] = Object.keys(REQUESTS);

/** The powers of those who are to hear of an event; none where nobody is. */
export const powersToDecide = (event: RecordedEvent, portalId: PortalId): readonly Power[] =>
  isWaiting(event) ? (REQUESTS[event.action]?.powers(event, portalId) ?? []) : [];

/** What is written to those who may decide. */
export const lettersToApprovers = async (
  ctx: Context,
  occasion: Occasion,
  approvers: readonly Person[],
): Promise<readonly Letter[]> => {
  const words = approvers.length === 0 ? undefined : await REQUESTS[occasion.event.action]?.write(ctx, occasion);
  return words ? approvers.map((to) => ({ ...words, to })) : [];
};
