import { z } from 'zod';
import type { ProductId } from '../../../domain/ids.ts';
import { REGION_CODES } from '../../../domain/regions/index.ts';
import { TEAM_ROLES } from '../../../domain/teams/index.ts';
import { text, uuid } from '../../../http/schemas.ts';
import { ENTITY_TYPE } from './presenters.ts';

const name = () => text({ min: 1, max: 250 });
const description = () => text({ max: 250 });

export const createTeamSchema = z.strictObject({ name: name(), description: description().optional() });

export const updateTeamSchema = z.strictObject({ name: name().optional(), description: description().optional() });

export const addDeveloperSchema = z.strictObject({ id: uuid() });

/** The body of an assignment, as the domain takes it. */
export const assignRoleSchema = z
  .strictObject({
    role_name: z.enum(TEAM_ROLES),
    entity_id: uuid(),
    entity_type_name: z.literal(ENTITY_TYPE).optional(),
    entity_region: z.enum([...REGION_CODES, '*']).optional(),
  })
  .transform(({ role_name: role, entity_id, entity_region: region }) => ({ role, productId: entity_id as ProductId, region }));
