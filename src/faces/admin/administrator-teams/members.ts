import { type AdministratorTeam, listTeamMembers } from '../../../domain/administrator-teams/index.ts';
import { shownField } from '../../../http/form-fields.ts';
import type { FormState } from '../../../http/forms.ts';
import type { AdminContext } from '../context.ts';
import { holderChoices } from '../organisation/choices.ts';
import { organisationPaths } from '../organisation/paths.ts';

/** The members of a team, and where to add and remove them. */
export const membersSection = async (ctx: AdminContext, team: AdministratorTeam, form: FormState) => {
  const holder = { kind: 'team', id: team.id } as const;
  const members = await listTeamMembers(ctx.organisation, team.id);
  const taken = new Set<string>(members.map(({ id }) => id));
  const options = (await holderChoices(ctx, ['administrator', 'system-account'])).filter(({ id }) => !taken.has(id));
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
