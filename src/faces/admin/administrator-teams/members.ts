import { type AdministratorTeam, listTeamMembers } from '../../../domain/administrator-teams/index.ts';
import { listAdministrators } from '../../../domain/administrators/index.ts';
import { listSystemAccounts } from '../../../domain/system-accounts/index.ts';
import { shownField } from '../../../http/form-fields.ts';
import type { FormState } from '../../../http/forms.ts';
import { allOf } from '../all.ts';
import type { AdminContext } from '../context.ts';
import { organisationPaths } from '../organisation/paths.ts';

/** Who may become a member: people and system accounts that are none yet. */
const candidates = async ({ organisation }: AdminContext, taken: ReadonlySet<string>) => {
  const query = { filters: [], sort: [{ field: 'name', direction: 'asc' }] } as const;
  const people = await allOf((page) => listAdministrators(organisation, { ...query, page }));
  const machines = await allOf((page) => listSystemAccounts(organisation, { ...query, page }));
  return [
    ...people.map(({ id, name, email }) => ({ id, value: `administrator:${id}`, text: `${name} (${email})` })),
    ...machines.map(({ id, name }) => ({ id, value: `system-account:${id}`, text: `${name} (system account)` })),
  ].filter(({ id }) => !taken.has(id));
};

/** The members of a team, and where to add and remove them. */
export const membersSection = async (ctx: AdminContext, team: AdministratorTeam, form: FormState) => {
  const holder = { kind: 'team', id: team.id } as const;
  const members = await listTeamMembers(ctx.organisation, team.id);
  const options = await candidates(ctx, new Set(members.map(({ id }) => id)));
  return {
    items: members.map((member) => ({
      name: member.name,
      href: organisationPaths.one(ctx.region, member),
      isMachine: member.kind === 'system-account',
      since: member.memberSince,
      removeAction: organisationPaths.member(ctx.region, holder, member),
    })),
    add: options.length > 0 && {
      action: organisationPaths.act(ctx.region, holder, 'members'),
      field: shownField(form, { name: 'member', label: 'Add a member', type: 'select', options }),
    },
  };
};
