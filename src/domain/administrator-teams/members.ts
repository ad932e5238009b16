import { toInstant } from '../../database/codec.ts';
import { isForeignKeyViolation, isUniqueViolation } from '../../database/errors.ts';
import { may, require } from '../access/index.ts';
import { inTransaction, type OrganisationContext } from '../context.ts';
import { conflict, invalid, notFound } from '../errors.ts';
import { recordForOrganisation } from '../events/index.ts';
import type { AdministratorTeamId } from '../ids.ts';
import { type Account, demandPowerOver, keepingAnAdmin } from '../roles/index.ts';
import { getAdministratorTeam } from './teams.ts';

/** Somebody in a team. */
export type TeamMember = Account & { readonly name: string; readonly memberSince: string };

/** The members of a team, those first who have been in it the longest. @throws forbidden; not-found */
export const listTeamMembers = async (ctx: OrganisationContext, teamId: AdministratorTeamId): Promise<TeamMember[]> => {
  require(may(ctx.actor, 'organisation.identify'));
  await getAdministratorTeam(ctx, teamId);
  const rows = await ctx.db
    .selectFrom('administrator_team_members as member')
    .leftJoin('administrators as person', 'person.id', 'member.administrator_id')
    .leftJoin('system_accounts as machine', 'machine.id', 'member.system_account_id')
    .select(['member.created_at', 'person.id as person_id', 'person.name as person_name'])
    .select(['machine.id as machine_id', 'machine.name as machine_name'])
    .where('member.team_id', '=', teamId)
    .orderBy('member.created_at')
    .execute();
  return rows.map((row) => {
    const account =
      row.person_id === null
        ? { kind: 'system-account', id: row.machine_id, name: row.machine_name }
        : { kind: 'administrator', id: row.person_id, name: row.person_name };
    return { ...account, memberSince: row.created_at } as TeamMember;
  });
};

/** @throws forbidden; not-found for the team; invalid for an account that there is not; conflict when it is a member already */
export const addTeamMember = async (ctx: OrganisationContext, teamId: AdministratorTeamId, account: Account): Promise<void> => {
  require(may(ctx.actor, 'organisation.identify'));
  await demandPowerOver(ctx, { kind: 'team', id: teamId });
  await getAdministratorTeam(ctx, teamId);
  try {
    await inTransaction(ctx, async (ctx) => {
      await ctx.db
        .insertInto('administrator_team_members')
        .values({
          team_id: teamId,
          administrator_id: account.kind === 'administrator' ? account.id : null,
          system_account_id: account.kind === 'system-account' ? account.id : null,
          created_at: toInstant(ctx.now()),
        })
        .execute();
      const details = { member: account.kind, memberId: account.id };
      await recordForOrganisation(ctx, { action: 'administrator-team.member-added', subjectId: teamId, details });
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw conflict('This account is a member of the team already');
    if (isForeignKeyViolation(error))
      throw invalid({
        field: 'member',
        rule: 'missing_reference',
        reason: 'the member must be an administrator or a system account that exists',
        source: 'body',
      });
    throw error;
  }
};

/** @throws forbidden; not-found, also when the account is no member; conflict when nobody would be left who may do everything */
export const removeTeamMember = (ctx: OrganisationContext, teamId: AdministratorTeamId, memberId: Account['id']): Promise<void> =>
  keepingAnAdmin(ctx, async (ctx) => {
    require(may(ctx.actor, 'organisation.identify'));
    await demandPowerOver(ctx, { kind: 'team', id: teamId });
    const removed = await ctx.db
      .deleteFrom('administrator_team_members')
      .where('team_id', '=', teamId)
      .where(({ eb, or }) => or([eb('administrator_id', '=', memberId), eb('system_account_id', '=', memberId)]))
      .returning('team_id')
      .executeTakeFirst();
    if (!removed) throw notFound('Member of the team');
    await recordForOrganisation(ctx, { action: 'administrator-team.member-removed', subjectId: teamId, details: { memberId } });
  });
