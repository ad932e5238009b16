import type { Administrator, AdministratorStatus } from '../../../domain/administrators/index.ts';
import type { Listed } from '../../../domain/listing.ts';
import { html } from '../../../lib/html.ts';
import type { AdminContext } from '../context.ts';
import { listPage } from '../organisation/list-page.ts';
import { organisationPaths } from '../organisation/paths.ts';
import { timeHtml } from '../time.ts';

/** How a status shows. */
export const STATUS_BADGES: Record<AdministratorStatus, { readonly text: string; readonly kind: string }> = {
  active: { text: 'Active', kind: 'success' },
  invited: { text: 'Invited', kind: 'info' },
  deactivated: { text: 'Deactivated', kind: 'warning' },
};

const KIND = 'administrator';

export const peoplePage = ({ region }: AdminContext, people: Listed<Administrator>, text: string, mayInvite: boolean) =>
  listPage(people, {
    nouns: ['person', 'people'],
    head: ['Name', 'E-mail', 'Status', 'Second factor', 'Last log-in'],
    row: ({ id, name, email, status, hasSecondFactor, lastLoginAt }) => {
      const badge = STATUS_BADGES[status];
      return [
        { text: name, href: organisationPaths.one(region, { kind: KIND, id }), header: true },
        { text: email },
        { html: html`<span class="badge badge-${badge.kind}">${badge.text}</span>` },
        { text: hasSecondFactor ? 'On' : 'Off' },
        lastLoginAt === undefined ? { text: 'Never' } : { html: timeHtml(lastLoginAt) },
      ];
    },
    hrefOf: (page) => organisationPaths.list(region, KIND, { q: text, page }),
    create: mayInvite ? { text: 'Invite somebody', href: organisationPaths.create(region, KIND) } : undefined,
    empty: { title: `Nobody matches “${text}”`, text: 'Try a part of the name.', icon: 'user' },
    search: { action: organisationPaths.list(region, KIND), value: text, label: 'Search people by name' },
  });

/** What can be done to somebody, by whoever manages people. */
export const personActs = ({ region }: AdminContext, { id, status, hasSecondFactor }: Administrator, isSelf: boolean) => {
  const act = (name: string): string => organisationPaths.act(region, { kind: KIND, id }, name);
  return {
    inviteAction: status === 'invited' && act('invitation'),
    reactivateAction: status === 'deactivated' && act('reactivate'),
    secondFactorHref: hasSecondFactor && !isSelf && act('second-factor'),
    deactivateHref: status !== 'deactivated' && !isSelf && act('deactivate'),
    deleteHref: !isSelf && act('delete'),
    renameAction: act('name'),
  };
};
