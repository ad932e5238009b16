import type { Request, Response } from 'express';
import { ENTITY_TYPES, maySee } from '../../../domain/access/index.ts';
import { notFound } from '../../../domain/errors.ts';
import type { PortalId, ProductId, RoleAssignmentId } from '../../../domain/ids.ts';
import { assignEntityRole, type Entity, findEntityName, listEntityRoles, removeEntityRole } from '../../../domain/roles/index.ts';
import { shownFields } from '../../../http/form-fields.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { pathId, pathText } from '../../../http/input.ts';
import type { Breadcrumb } from '../../../http/layout-model.ts';
import type { Route } from '../../../http/routes.ts';
import type { AdminContext } from '../context.ts';
import { holderChoices } from '../organisation/choices.ts';
import { organisationPaths } from '../organisation/paths.ts';
import { portalPaths } from '../portals/paths.ts';
import { productPaths } from '../products/paths.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { entityRolePaths } from './entity-paths.ts';
import { entityRoleForm } from './forms.ts';
import { ENTITY_WORDS, ROLE_WORDS } from './words.ts';

const HOLDER_BADGES = { administrator: false, 'system-account': 'System account', team: 'Team' } as const;

/** The entity that the address names. @throws not-found when it may not be seen */
const entityOf = async (req: Request, ctx: AdminContext): Promise<Entity & { readonly name: string }> => {
  const entityType = ENTITY_TYPES.find((type) => type === pathText(req, 'entityType'));
  const entityId = pathId<never>(req, 'entityId', 'Page');
  const isSeen = entityType !== undefined && maySee(ctx.actor, entityType, entityId);
  const name = isSeen ? await findEntityName(ctx, entityType, entityId) : undefined;
  if (entityType === undefined || name === undefined) throw notFound('Page');
  return { entityType, entityId, name };
};

/** The way to the page of the entity, where it has one. */
const trailOf = ({ region }: AdminContext, { entityType, entityId }: Entity, name: string): Breadcrumb[] => {
  if (entityType === 'product') return [{ label: name, href: productPaths.product(region, entityId as ProductId) }];
  return entityType === 'portal' ? [{ label: name, href: portalPaths.portal(region, entityId as PortalId) }] : [];
};

const sendAccess = async (req: Request, res: Response, ctx: AdminContext, form: FormState = emptyForm()): Promise<void> => {
  const { name, ...entity } = await entityOf(req, ctx);
  const held = await listEntityRoles(ctx, ctx.organisation, entity);
  const roles = Object.keys(ROLE_WORDS[entity.entityType]).filter((role) => role !== 'Creator');
  const { one, many } = ENTITY_WORDS[entity.entityType];
  await sendPage(
    req,
    res,
    ctx,
    'admin/roles/entity.njk',
    { title: `Roles on ${name}`, breadcrumbs: trailOf(ctx, entity, name) },
    {
      intro: `Who may do what with this ${one}. Whoever holds a role on all ${many} is not listed here.`,
      form,
      held: held.map(({ id, role, holder }) => ({
        role,
        name: holder.name,
        badge: HOLDER_BADGES[holder.kind],
        href: organisationPaths.one(ctx.region, holder),
        removeAction: entityRolePaths.remove(ctx.region, entity, id),
      })),
      action: entityRolePaths.list(ctx.region, entity),
      fields: shownFields(form, [
        {
          name: 'holder',
          label: 'To whom',
          type: 'select',
          options: await holderChoices(ctx, ['administrator', 'team', 'system-account']),
        },
        { name: 'role', label: 'Role', type: 'select', options: roles.map((role) => ({ value: role, text: role })) },
      ]),
      words: roles.map((role) => ({ role, allows: ROLE_WORDS[entity.entityType][role] })),
    },
  );
};

const showAccess = (req: Request, res: Response, ctx: AdminContext): Promise<void> => sendAccess(req, res, ctx);

const give = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, entityRoleForm, {
    act: async ({ holder, role }) => {
      const { entityType, entityId } = await entityOf(req, ctx);
      await assignEntityRole(ctx, ctx.organisation, { holder, role, entityType, entityId });
      redirectWith(req, res, ctx, entityRolePaths.list(ctx.region, { entityType, entityId }), `The role ${role} is given.`);
    },
    again: (form) => sendAccess(req, res, ctx, form),
  });

const take = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { entityType, entityId } = await entityOf(req, ctx);
  const id = pathId<RoleAssignmentId>(req, 'roleId', 'Role');
  const held = await listEntityRoles(ctx, ctx.organisation, { entityType, entityId });
  if (!held.some((role) => role.id === id)) throw notFound('Role');
  await removeEntityRole(ctx, id);
  redirectWith(req, res, ctx, entityRolePaths.list(ctx.region, { entityType, entityId }), 'The role is taken away.');
};

const ACCESS = '/:region/access/:entityType/:entityId';
const access = 'administrator';

export const entityRoleRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: ACCESS, access, audit: null, handler: showAccess },
  { method: 'post', path: ACCESS, access, audit: 'role.assigned', handler: give },
  { method: 'post', path: `${ACCESS}/:roleId/remove`, access, audit: 'role.removed', handler: take },
];
