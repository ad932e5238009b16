import type { Request } from 'express';
import { ENTITY_TYPES, type EntityType, permissionsOf, ROLES } from '../../../domain/access/index.ts';
import { invalid } from '../../../domain/errors.ts';
import { asId, type RoleAssignmentId } from '../../../domain/ids.ts';
import { type Entity, giveRole, listEntityRoles, listHeldRoles, takeRole } from '../../../domain/roles/index.ts';
import { parseBody, pathId, queryText } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';
import { presentRole } from './presenters.ts';
import { giveRoleSchema, holderOf } from './schemas.ts';

/** An id in the query. @throws invalid for what is no UUID */
const queryId = (req: Request, name: string): string | undefined => {
  const value = queryText(req, name);
  const id = value === undefined ? undefined : asId<never>(value);
  if (value !== undefined && id === undefined)
    throw invalid({ field: name, rule: 'is_uuid', reason: `${name} must be a UUID`, source: 'query' });
  return id;
};

const queryHolder = (req: Request) => {
  const ids = ['administrator_id', 'system_account_id', 'team_id'].map((name) => [name, queryId(req, name)] as const);
  return holderOf(Object.fromEntries(ids.filter(([, id]) => id !== undefined)));
};

const queryEntity = (req: Request): Entity | undefined => {
  const [entityType, entityId] = [queryText(req, 'entity_type'), queryId(req, 'entity_id')];
  if (entityType === undefined || entityId === undefined) return undefined;
  if ((ENTITY_TYPES as readonly string[]).includes(entityType)) return { entityType: entityType as EntityType, entityId };
  const reason = `entity_type must be one of: ${ENTITY_TYPES.join(', ')}`;
  throw invalid({ field: 'entity_type', rule: 'enum', choices: ENTITY_TYPES, reason, source: 'query' });
};

const catalogue = Object.entries(ROLES).flatMap(([type, roles]) =>
  Object.keys(roles).map((role) => {
    const entityType = type as EntityType;
    return { entity_type: entityType, role, permissions: permissionsOf({ entityType, role }) };
  }),
);

/** Which roles there are, and who holds which. */
export const roleRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'get',
    path: '/roles',
    access: 'token',
    audit: null,
    handler: (_req, res) => {
      res.json({ data: catalogue });
    },
  },
  {
    method: 'get',
    path: '/role-assignments',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const [holder, entity] = [queryHolder(req), queryEntity(req)];
      if ((holder === undefined) === (entity === undefined))
        throw invalid({
          field: 'entity_id',
          rule: 'required',
          reason: 'either one of administrator_id, system_account_id and team_id, or entity_type and entity_id must be given',
          source: 'query',
        });
      const roles = entity
        ? await listEntityRoles(ctx, ctx.organisation, entity)
        : await listHeldRoles(ctx, ctx.organisation, holder as NonNullable<typeof holder>);
      res.json({ data: roles.map(presentRole) });
    },
  },
  {
    method: 'post',
    path: '/role-assignments',
    access: 'token',
    audit: 'role.assigned',
    handler: async (req, res, ctx) => {
      res.status(201).json(presentRole(await giveRole(ctx, ctx.organisation, parseBody(giveRoleSchema, req))));
    },
  },
  {
    method: 'delete',
    path: '/role-assignments/:assignmentId',
    access: 'token',
    audit: 'role.removed',
    handler: async (req, res, ctx) => {
      await takeRole(ctx, ctx.organisation, pathId<RoleAssignmentId>(req, 'assignmentId', 'Role'));
      res.status(204).end();
    },
  },
];
