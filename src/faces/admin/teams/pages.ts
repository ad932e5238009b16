import { may } from '../../../domain/access/index.ts';
import type { TeamId } from '../../../domain/ids.ts';
import type { Listed } from '../../../domain/listing.ts';
import type { PortalDetails } from '../../../domain/portals/index.ts';
import type { Team, TeamAddress, TeamCounts, TeamMember, TeamRole } from '../../../domain/teams/index.ts';
import { shownField } from '../../../http/form-fields.ts';
import type { FormState } from '../../../http/forms.ts';
import { counted, paginate } from '../../../http/pagination.ts';
import { html } from '../../../lib/html.ts';
import type { Confirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { developerPaths, portalPaths } from '../portals/paths.ts';
import { productPaths } from '../products/paths.ts';
import { MEMBER_FIELD, ROLE_FIELD, ROLE_WORDS } from './forms.ts';
import { teamPaths } from './paths.ts';

const mayChange = ({ actor }: AdminContext, { id }: PortalDetails): boolean => may(actor, 'portal.administer', id);

const addressOf = ({ portalId, id }: Team): TeamAddress => ({ portalId, teamId: id });

/** That teams are of no account in a portal, where that is so, and where to change it. */
const idleNote = (ctx: AdminContext, portal: PortalDetails) => {
  if (portal.isPublic) return { text: 'This portal is public: everybody sees everything, and teams have no effect.' };
  if (portal.rbacEnabled) return false;
  const href = portalPaths.settings(ctx.region, portal.id);
  const change = mayChange(ctx, portal) && html` <a href="${href}">Change that in its settings</a>.`;
  return {
    html: html`<p>Access by roles is off in this portal: developers see everything, and teams have no effect.${change}</p>`,
  };
};

/** The teams of a portal. */
export const listModel = (
  ctx: AdminContext,
  portal: PortalDetails,
  teams: Listed<Team>,
  counts: ReadonlyMap<TeamId, TeamCounts>,
) => ({
  idle: idleNote(ctx, portal),
  createHref: mayChange(ctx, portal) ? teamPaths.create(ctx.region, portal.id) : false,
  summary: counted(teams.total, 'team', 'teams'),
  table: teams.items.length > 0 && {
    caption: 'Teams',
    head: [
      { text: 'Name' },
      { text: 'Description' },
      { text: 'Developers', numeric: true },
      { text: 'API products', numeric: true },
    ],
    rows: teams.items.map((team) => [
      { text: team.name, href: teamPaths.members(ctx.region, addressOf(team)), header: true },
      { text: team.description },
      { text: String(counts.get(team.id)?.members ?? 0), numeric: true },
      { text: String(counts.get(team.id)?.products ?? 0), numeric: true },
    ]),
  },
  empty: teams.items.length === 0 && {
    icon: 'grid',
    title: 'There are no teams yet',
    text: 'A team gives its developers API products to see, or to register applications for. With access by roles on, developers see nothing else.',
    ...(mayChange(ctx, portal)
      ? { action: { text: 'Create the first team', href: teamPaths.create(ctx.region, portal.id) } }
      : {}),
  },
  pagination: paginate(teams, (page) => teamPaths.list(ctx.region, portal.id, { page: page === 1 ? undefined : page })) ?? false,
});

interface TeamPage {
  readonly portal: PortalDetails;
  readonly team: Team;
  readonly counts: TeamCounts;
}

/** What all pages of a team show. */
const frameOf = (ctx: AdminContext, { portal, team, counts }: TeamPage, part: 'members' | 'roles') => {
  const { region } = ctx;
  const address = addressOf(team);
  return {
    description: team.description,
    idle: idleNote(ctx, portal),
    editHref: mayChange(ctx, portal) ? teamPaths.edit(region, address) : false,
    deleteHref: mayChange(ctx, portal) ? teamPaths.delete(region, address) : false,
    tabs: {
      label: `Parts of ${team.name}`,
      items: [
        { label: 'Developers', href: teamPaths.members(region, address), current: part === 'members', count: counts.members },
        { label: 'API products', href: teamPaths.roles(region, address), current: part === 'roles', count: counts.products },
      ],
    },
  };
};

/** The developers of a team. */
export const membersModel = (ctx: AdminContext, shown: TeamPage, members: Listed<TeamMember>, form: FormState) => {
  const { region } = ctx;
  const { portal, team } = shown;
  const address = addressOf(team);
  return {
    ...frameOf(ctx, shown, 'members'),
    summary: form.summary,
    items: members.items.map((member) => ({
      name: member.fullName,
      text: member.email,
      href: developerPaths.developer(region, { portalId: portal.id, developerId: member.id }),
      badge: member.isActive ? false : { text: 'Not approved', kind: 'warning' },
      removeAction: mayChange(ctx, portal) ? teamPaths.removeMember(region, address, member.id) : false,
    })),
    nothing: 'Nobody is in this team yet.',
    add: mayChange(ctx, portal) && {
      action: teamPaths.members(region, address),
      fields: [shownField(form, MEMBER_FIELD)],
      submit: 'Add to team',
    },
    pagination: paginate(members, (page) => teamPaths.members(region, address, { page: page === 1 ? undefined : page })) ?? false,
  };
};

/** What a team may do with which products. */
export const rolesModel = (
  ctx: AdminContext,
  shown: TeamPage,
  roles: Listed<TeamRole>,
  offered: readonly { readonly id: string; readonly name: string }[],
  form: FormState,
) => {
  const { actor, region } = ctx;
  const { portal, team } = shown;
  const address = addressOf(team);
  const products = offered.map(({ id, name }) => ({ value: id, text: name }));
  return {
    ...frameOf(ctx, shown, 'roles'),
    summary: form.summary,
    items: roles.items.map((role) => ({
      name: role.productName,
      text: ROLE_WORDS[role.role],
      href: may(actor, 'product.read', role.productId) ? productPaths.product(region, role.productId) : false,
      badge: { text: role.role },
      removeAction: mayChange(ctx, portal) ? teamPaths.removeRole(region, address, role.id) : false,
    })),
    nothing: 'This team has no API products yet: its developers see nothing through it.',
    add: mayChange(ctx, portal) &&
      products.length > 0 && {
        action: teamPaths.roles(region, address),
        fields: [
          shownField(form, { name: 'product', label: 'API product', type: 'select', options: products }),
          shownField(form, ROLE_FIELD),
        ],
        submit: 'Give to team',
      },
    pagination: paginate(roles, (page) => teamPaths.roles(region, address, { page: page === 1 ? undefined : page })) ?? false,
  };
};

/** What goes with a team. */
export const deletionOf = ({ region }: AdminContext, { team, counts }: TeamPage): Confirmation => ({
  text: 'This cannot be undone. The developers stay; what goes:',
  consequences: [
    `what ${counted(counts.members, 'developer sees', 'developers see')} through this team`,
    `its roles on ${counted(counts.products, 'API product', 'API products')}`,
  ],
  action: teamPaths.delete(region, addressOf(team)),
  submit: 'Delete team',
  cancelHref: teamPaths.members(region, addressOf(team)),
});
