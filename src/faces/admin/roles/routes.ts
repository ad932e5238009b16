import type { Request, Response } from 'express';
import { ENTITY_TYPES, type EntityType } from '../../../domain/access/index.ts';
import { notFound } from '../../../domain/errors.ts';
import type { RoleAssignmentId } from '../../../domain/ids.ts';
import {
  assignEntityRole,
  assignRole,
  findNamedEntities,
  type Holder,
  listEntityRolesOf,
  listRolesOf,
  removeEntityRole,
  removeRole,
} from '../../../domain/roles/index.ts';
import { shownFields } from '../../../http/form-fields.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { pathId, pathText } from '../../../http/input.ts';
import { queryChoice, queryText } from '../../../http/page-query.ts';
import type { Route } from '../../../http/routes.ts';
import type { AdminContext } from '../context.ts';
import { inRegion } from '../layout.ts';
import { holderTrail, nameOfHolder } from '../organisation/holders.ts';
import { kindOfFolder, organisationPaths } from '../organisation/paths.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { roleForm } from './forms.ts';
import { typeTabs } from './pages.ts';
import { ENTITY_WORDS, ROLE_WORDS } from './words.ts';

/** Whose roles the address is about. @throws not-found */
const holderOf = (req: Request): Holder => {
  const kind = kindOfFolder(pathText(req, 'holders'));
  if (kind === undefined) throw notFound('Page');
  return { kind, id: pathId<never>(req, 'holderId', 'Page') };
};

/** How many entities a menu offers at most; a search narrows it down. */
const OFFERED = 50;

const scopeOptions = async (ctx: AdminContext, type: EntityType, text: string) => {
  const { deps } = ctx;
  const { many, one } = ENTITY_WORDS[type];
  if (type === 'organisation') return { options: [{ value: 'all:*', text: 'The whole organisation' }], isAll: true };
  const { items, isAll } = await findNamedEntities(ctx, type, text, OFFERED);
  const everywhere = [
    { value: 'all:*', text: `All ${many}, in all regions` },
    ...(deps.regions.length > 1 ? deps.regions : []).map((region) => ({
      value: `all:${region}`,
      text: `All ${many} ${inRegion(region)}`,
    })),
  ];
  return { options: [...everywhere, ...items.map(({ id, name }) => ({ value: `one:${id}`, text: `${one} ${name}` }))], isAll };
};

const sendForm = async (req: Request, res: Response, ctx: AdminContext, type: EntityType, form: FormState): Promise<void> => {
  const holder = holderOf(req);
  const name = await nameOfHolder(ctx, holder);
  const text = queryText(req, 'q');
  const { options, isAll } = await scopeOptions(ctx, type, text);
  const roles = Object.entries(ROLE_WORDS[type]);
  await sendPage(
    req,
    res,
    ctx,
    'admin/roles/new.njk',
    { title: 'Give a role', breadcrumbs: holderTrail(ctx, holder, name) },
    {
      intro: `To ${name}.`,
      tabs: typeTabs(ctx, holder, type),
      type,
      form,
      action: organisationPaths.newRole(ctx.region, holder),
      fields: shownFields(form, [
        { name: 'role', label: 'Role', type: 'select', options: roles.map(([role]) => ({ value: role, text: role })) },
        { name: 'scope', label: 'Where it holds', type: 'select', options },
      ]),
      words: roles.map(([role, allows]) => ({ role, allows })),
      search: !isAll || text !== '' ? { action: organisationPaths.newRole(ctx.region, holder), value: text } : false,
      submit: 'Give role',
      cancelHref: organisationPaths.one(ctx.region, holder),
    },
  );
};

const showForm = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  sendForm(req, res, ctx, queryChoice(req, 'type', ENTITY_TYPES), emptyForm());

const typeSent = (form: FormState): EntityType => ENTITY_TYPES.find((type) => type === form.values['type']) ?? ENTITY_TYPES[0];

const give = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, roleForm, {
    act: async ({ type: entityType, role, scope }) => {
      const holder = holderOf(req);
      if (scope.kind === 'all') await assignRole(ctx.organisation, { holder, entityType, role, region: scope.region });
      else await assignEntityRole(ctx, ctx.organisation, { holder, entityType, role, entityId: scope.entityId });
      redirectWith(req, res, ctx, organisationPaths.one(ctx.region, holder), `The role ${role} is given.`);
    },
    again: (form) => sendForm(req, res, ctx, typeSent(form), form),
    names: { region: 'scope', entityId: 'scope' },
  });

const remove = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const holder = holderOf(req);
  const id = pathId<RoleAssignmentId>(req, 'roleId', 'Role');
  const isHeld = (role: { readonly id: RoleAssignmentId }): boolean => role.id === id;
  if ((await listRolesOf(ctx.organisation, holder)).some(isHeld)) await removeRole(ctx.organisation, id);
  else if ((await listEntityRolesOf(ctx, holder)).some(isHeld)) await removeEntityRole(ctx, id);
  else throw notFound('Role');
  redirectWith(req, res, ctx, organisationPaths.one(ctx.region, holder), 'The role is taken away.');
};

const ROLES = '/:region/organisation/:holders/:holderId/roles';
const access = 'administrator';

export const roleRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: `${ROLES}/new`, access, audit: null, handler: showForm },
  { method: 'post', path: `${ROLES}/new`, access, audit: 'organisation-role.assigned', handler: give },
  { method: 'post', path: `${ROLES}/:roleId/remove`, access, audit: 'organisation-role.removed', handler: remove },
];
