import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Context } from '../context.ts';
import type { DeveloperId, TeamId } from '../ids.ts';
import type { Portal } from '../portals/index.ts';

/** Who reads a portal: nobody in particular, or a developer whom the portal has approved. */
export type Visitor =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'developer';
      readonly id: DeveloperId;
      /** The teams that they were in when they came, in the order of their ids, where access is by roles; else looked up where needed. */
      readonly teams?: readonly TeamId[];
    };

export const ANONYMOUS: Visitor = { kind: 'anonymous' };

/** A developer as visitor of their portal, with their teams where these decide what they see. */
export const developerVisitor = async (ctx: Context, portal: Portal, id: DeveloperId): Promise<Visitor> => {
  if (!seesByRole(portal)) return { kind: 'developer', id };
  const rows = await ctx.db
    .selectFrom('developer_team_members')
    .select('team_id')
    .where('developer_id', '=', id)
    .orderBy('team_id')
    .execute();
  return { kind: 'developer', id, teams: rows.map(({ team_id }) => team_id as TeamId) };
};

/**
 * Who sees the same as this visitor: what is shown to one may be shown to all of the same audience. Where access is by roles, these are
 * the developers of the same teams.
 */
export const audienceOf = (portal: Portal, visitor: Visitor): string => {
  if (visitor.kind === 'anonymous') return 'anonymous';
  if (!seesByRole(portal)) return 'developers';
  return visitor.teams ? `teams ${visitor.teams.join(',')}` : visitor.id;
};

/**
 * Whether a visitor may see anything of what is published in a portal: everybody in a public portal, developers in a private one.
 * How much that is, {@link isVisibleProduct} says.
 */
export const seesPortal = (portal: Portal, visitor: Visitor): boolean => portal.isPublic || visitor.kind === 'developer';

/** Whether what is to be seen of a portal depends on the visitor's roles: a public portal shows everything to everybody. */
export const seesByRole = (portal: Portal): boolean => portal.rbacEnabled && !portal.isPublic;

/**
 * The condition, on `product_assignments`, that one is of a portal and may be seen by its visitor. Everything else that tells what
 * is visible is built on it.
 */
export const isVisibleAssignment = (portal: Portal, visitor: Visitor): RawBuilder<SqlBool> => {
  if (!seesPortal(portal, visitor)) return sql`1 = 0`;
  const assigned = sql<SqlBool>`product_assignments.portal_id = ${portal.id}`;
  if (visitor.kind === 'anonymous' || !seesByRole(portal)) return assigned;
  return sql`(${assigned} and ${visitor.teams ? teamsHaveRole(visitor.teams) : hasRole(visitor.id)})`;
};

/** The same condition, for listing all that there are: it begins with the roles of the visitor rather than with all that is assigned. */
export const isAmongVisibleAssignments = (portal: Portal, visitor: Visitor): RawBuilder<SqlBool> => {
  if (!seesPortal(portal, visitor) || visitor.kind === 'anonymous' || !seesByRole(portal))
    return isVisibleAssignment(portal, visitor);
  return sql`(product_assignments.portal_id = ${portal.id}
    and product_assignments.product_id in (${maybeVisibleProducts(portal, visitor)}))`;
};

/**
 * Ids of the products among which all are that a visitor sees, as `product_id`: those that are assigned, or those on which their teams have a
 * role, and then as often as they have one. Of these some may not be assigned: {@link isAssigned} tells.
 */
export const maybeVisibleProducts = (portal: Portal, visitor: Visitor): RawBuilder<unknown> => {
  if (!seesPortal(portal, visitor)) return sql`select product_id from product_assignments where 1 = 0`;
  if (visitor.kind === 'anonymous' || !seesByRole(portal))
    return sql`select product_id from product_assignments where portal_id = ${portal.id}`;
  return sql`select product_id from developer_team_roles where ${isOfTheirTeams(visitor)}`;
};

/** Whether a product is assigned to a portal. */
export const isAssigned = (
  portal: Portal,
  productId: RawBuilder<unknown>,
): RawBuilder<SqlBool> => sql`(select 1 from product_assignments
  where product_assignments.product_id = ${productId} and product_assignments.portal_id = ${portal.id} limit 1) is not null`;

const isOfTheirTeams = ({ id, teams }: Extract<Visitor, { kind: 'developer' }>): RawBuilder<SqlBool> =>
  teams
    ? sql`team_id in (${sql.join(teams.length === 0 ? [null] : teams)})`
    : sql`team_id in (select team_id from developer_team_members where developer_id = ${id})`;

/** Whether one of a developer's teams has a role on an assigned product. */
const hasRole = (developerId: DeveloperId): RawBuilder<SqlBool> =>
  sql`exists (select 1 from developer_team_roles
    inner join developer_team_members on developer_team_members.team_id = developer_team_roles.team_id
    where developer_team_roles.product_id = product_assignments.product_id
      and developer_team_members.developer_id = ${developerId})`;

/** The same of teams that are known: what is made for them is right for whoever is in the same ones, whatever changes meanwhile. */
const teamsHaveRole = (teams: readonly TeamId[]): RawBuilder<SqlBool> =>
  teams.length === 0
    ? sql`1 = 0`
    : sql`exists (select 1 from developer_team_roles
    where developer_team_roles.product_id = product_assignments.product_id
      and developer_team_roles.team_id in (${sql.join(teams)}))`;

/** The condition, on `products.id`, that a product is one of those that a visitor of a portal may see. */
export const isVisibleProduct = (portal: Portal, visitor: Visitor): RawBuilder<SqlBool> =>
  sql`exists (select 1 from product_assignments
    where product_assignments.product_id = products.id and ${isVisibleAssignment(portal, visitor)})`;

/** A join condition between `publications` and a version that is published in a portal; the version's product has to be visible too. */
export const isPublishedIn = (portal: Portal): RawBuilder<SqlBool> =>
  sql`(publications.portal_id = ${portal.id} and publications.publish_status = 'published')`;

/** The condition, on `products.id` and `product_versions.id`, that a version is one of those that a visitor of a portal may see. */
export const isVisibleVersion = (portal: Portal, visitor: Visitor): RawBuilder<SqlBool> =>
  sql`(${isVisibleProduct(portal, visitor)} and exists (select 1 from publications
    where publications.version_id = product_versions.id and ${isPublishedIn(portal)}))`;
