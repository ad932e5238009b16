import { type Selectable, sql } from 'kysely';
import { toInstant } from '../../database/codec.ts';
import { applyFilters, applyPage, applySort, type ListColumn } from '../../database/listing.ts';
import type { AdministratorTeamsTable } from '../../database/schema.ts';
import { differences, isUnchanged } from '../../lib/differences.ts';
import { fold } from '../../lib/text.ts';
import { may, require } from '../access/index.ts';
import { inTransaction, type OrganisationContext } from '../context.ts';
import { invalid, notFound } from '../errors.ts';
import { recordForOrganisation } from '../events/index.ts';
import { type AdministratorTeamId, newId } from '../ids.ts';
import type { Listed, ListQuery } from '../listing.ts';
import { demandPowerOver, keepingAnAdmin, mayNameHolders } from '../roles/index.ts';
import { uniquely } from '../unique.ts';
import type { AdministratorTeam, AdministratorTeamChanges, NewAdministratorTeam } from './team.ts';

const fromRow = (row: Selectable<AdministratorTeamsTable>): AdministratorTeam => ({
  id: row.id as AdministratorTeamId,
  name: row.name,
  description: row.description,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const COLUMNS: Record<'name' | 'created_at', ListColumn> = {
  name: { column: sql.ref('administrator_teams.name_key'), type: 'key' },
  created_at: { column: sql.ref('administrator_teams.created_at'), type: 'instant' },
};

/** One page of the teams. @throws forbidden to all who never have to name one */
export const listAdministratorTeams = async (
  ctx: OrganisationContext,
  query: ListQuery<'name', 'name' | 'created_at'>,
): Promise<Listed<AdministratorTeam>> => {
  require(mayNameHolders(ctx.actor));
  const filtered = applyFilters(ctx.db.selectFrom('administrator_teams'), query.filters, COLUMNS);
  const { total } = await filtered.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const sorted = applySort(filtered.selectAll('administrator_teams'), query.sort, COLUMNS, sql.ref('administrator_teams.id'));
  const rows = await applyPage(sorted, query.page).execute();
  return { items: rows.map(fromRow), total, page: query.page };
};

/** @throws forbidden; not-found */
export const getAdministratorTeam = async (ctx: OrganisationContext, id: AdministratorTeamId): Promise<AdministratorTeam> => {
  require(mayNameHolders(ctx.actor));
  const row = await ctx.db.selectFrom('administrator_teams').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('Team');
  return fromRow(row);
};

/** Creates a team without members or roles. @throws forbidden; invalid for an empty name; conflict when the name is taken */
export const createAdministratorTeam = async (
  ctx: OrganisationContext,
  input: NewAdministratorTeam,
): Promise<AdministratorTeam> => {
  require(may(ctx.actor, 'organisation.identify'));
  const now = ctx.now();
  const team: AdministratorTeam = {
    id: newId<AdministratorTeamId>(now),
    name: checkedName(input.name),
    description: input.description ?? '',
    createdAt: toInstant(now),
    updatedAt: toInstant(now),
  };
  await uniquely(taken(team.name), () =>
    inTransaction(ctx, async (ctx) => {
      const { id, createdAt } = team;
      await ctx.db
        .insertInto('administrator_teams')
        .values({ ...mutable(team), id, created_at: createdAt })
        .execute();
      await recordForOrganisation(ctx, { action: 'administrator-team.created', subjectId: id, details: { name: team.name } });
    }),
  );
  return team;
};

/** @throws forbidden; not-found; invalid for an empty name; conflict when the name is taken */
export const updateAdministratorTeam = (
  ctx: OrganisationContext,
  id: AdministratorTeamId,
  changes: AdministratorTeamChanges,
): Promise<AdministratorTeam> =>
  uniquely(taken(changes.name), () =>
    inTransaction(ctx, async (ctx) => {
      require(may(ctx.actor, 'organisation.identify'));
      const before = await getAdministratorTeam(ctx, id);
      const after: AdministratorTeam = {
        ...before,
        name: changes.name === undefined ? before.name : checkedName(changes.name),
        description: changes.description ?? before.description,
        updatedAt: toInstant(ctx.now()),
      };
      const details = differences(before, after, ['name', 'description']);
      if (isUnchanged(details)) return before;
      await ctx.db.updateTable('administrator_teams').set(mutable(after)).where('id', '=', id).execute();
      await recordForOrganisation(ctx, { action: 'administrator-team.updated', subjectId: id, details });
      return after;
    }),
  );

/** Deletes a team; its members lose what it granted. @throws forbidden; not-found; conflict when nobody would be left who may do everything */
export const deleteAdministratorTeam = (ctx: OrganisationContext, id: AdministratorTeamId): Promise<void> =>
  keepingAnAdmin(ctx, async (ctx) => {
    require(may(ctx.actor, 'organisation.identify'));
    await demandPowerOver(ctx, { kind: 'team', id });
    const { name } = await getAdministratorTeam(ctx, id);
    await ctx.db.deleteFrom('administrator_teams').where('id', '=', id).execute();
    await recordForOrganisation(ctx, { action: 'administrator-team.deleted', subjectId: id, details: { name } });
  });

const mutable = ({ name, description, updatedAt }: AdministratorTeam) => ({
  name,
  name_key: fold(name),
  description,
  updated_at: updatedAt,
});

const checkedName = (name: string): string => {
  const trimmed = name.trim();
  if (trimmed === '') throw invalid({ field: 'name', rule: 'min_length', minimum: 1, reason: 'name must not be empty' });
  return trimmed;
};

const taken = (name: string | undefined): string => `A team with the name "${name}" exists already`;
