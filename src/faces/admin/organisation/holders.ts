import { getAdministratorTeam } from '../../../domain/administrator-teams/index.ts';
import { viewAdministrator } from '../../../domain/administrators/index.ts';
import type { Holder } from '../../../domain/roles/index.ts';
import { getSystemAccount } from '../../../domain/system-accounts/index.ts';
import type { Breadcrumb } from '../../../http/layout-model.ts';
import type { AdminContext } from '../context.ts';
import { organisationPaths } from './paths.ts';

/** What the lists of each kind of holder are called. */
export const HOLDER_WORDS: Record<Holder['kind'], string> = {
  administrator: 'People',
  'system-account': 'System accounts',
  team: 'Teams',
};

/** @throws not-found; forbidden */
export const nameOfHolder = async ({ organisation }: AdminContext, holder: Holder): Promise<string> => {
  switch (holder.kind) {
    case 'administrator':
      return (await viewAdministrator(organisation, holder.id)).name;
    case 'system-account':
      return (await getSystemAccount(organisation, holder.id)).name;
    default:
      return (await getAdministratorTeam(organisation, holder.id)).name;
  }
};

/** The way to the list of a kind. */
export const listTrail = ({ region }: AdminContext, kind: Holder['kind']): Breadcrumb[] => [
  { label: HOLDER_WORDS[kind], href: organisationPaths.list(region, kind) },
];

/** The way to one holder. */
export const holderTrail = (ctx: AdminContext, holder: Holder, name: string): Breadcrumb[] => [
  ...listTrail(ctx, holder.kind),
  { label: name, href: organisationPaths.one(ctx.region, holder) },
];
