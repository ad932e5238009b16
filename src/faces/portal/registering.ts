import type { ProductId } from '../../domain/ids.ts';
import { listOwnStates, type RegistrationStatus } from '../../domain/registrations/index.ts';
import { mayConsume, type VisibleVersion } from '../../domain/visibility/index.ts';
import type { PortalContext } from './context.ts';
import { paths } from './paths.ts';

/** Whether whoever reads may register applications for a product. */
export const mayRegister = (ctx: PortalContext, productId: ProductId): Promise<boolean> =>
  mayConsume(ctx, ctx.portal, ctx.visitor, productId);

/** Where an application is registered for a version by who may; empty while it takes no registrations. */
export const registerHref = ({ id, applicationRegistrationEnabled, authStrategies }: VisibleVersion): string =>
  applicationRegistrationEnabled && authStrategies.length > 0 ? paths.createApplication(id) : '';

const WORDS: Record<RegistrationStatus, string> = {
  approved: 'approved',
  pending: 'waiting for approval',
  rejected: 'rejected',
  revoked: 'revoked',
};

/** How many applications are named. */
const MAX_NAMED = 3;

/**
 * A context that knows how the reader's applications are registered for a version, which its page shows in a slot: the page itself is
 * kept for many.
 */
export const withRegistered = async (
  ctx: PortalContext,
  product: string,
  version: string | undefined,
): Promise<PortalContext> => {
  const { portal, developer } = ctx;
  if (!developer || version === undefined) return ctx;
  const states = await listOwnStates(ctx, { portal, developerId: developer.id }, { product, version, limit: MAX_NAMED + 1 });
  const named = states.slice(0, MAX_NAMED).map(({ application, status }) => `${application}: ${WORDS[status]}`);
  return { ...ctx, registered: [...named, ...(states.length > MAX_NAMED ? ['and more'] : [])].join(' · ') };
};
