import { countRequests, mayDecideAny } from '../../../domain/requests/index.ts';
import type { AdminContext } from '../context.ts';
import { paths } from '../paths.ts';

/** What waits for the administrator's decision; false for who decides nothing. */
export const waitingSection = async (ctx: AdminContext) => {
  if (!mayDecideAny(ctx)) return false;
  const [developers, registrations] = [
    await countRequests(ctx, { kind: 'developer' }),
    await countRequests(ctx, { kind: 'registration' }),
  ];
  return {
    total: developers + registrations,
    href: paths.requests(ctx.region),
    counts: [
      {
        count: developers,
        label: developers === 1 ? 'developer' : 'developers',
        href: paths.requests(ctx.region, { kind: 'developer' }),
      },
      {
        count: registrations,
        label: registrations === 1 ? 'registration' : 'registrations',
        href: paths.requests(ctx.region, { kind: 'registration' }),
      },
    ].filter(({ count }) => count > 0),
  };
};
