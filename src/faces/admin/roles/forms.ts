import { z } from 'zod';
import { ENTITY_TYPES } from '../../../domain/access/index.ts';
import { asId } from '../../../domain/ids.ts';
import { REGION_CODES } from '../../../domain/regions/index.ts';
import { holderField } from '../organisation/holder-field.ts';

/** On what a role is held: all entities, everywhere or in a region, or a single one. */
const scope = z.string().transform((text, issues) => {
  const [kind, value = ''] = text.split(':');
  const region = (['*', ...REGION_CODES] as const).find((known) => known === value);
  const entityId = asId(value);
  if (kind === 'all' && region !== undefined) return { kind: 'all', region } as const;
  if (kind === 'one' && entityId !== undefined) return { kind: 'one', entityId: entityId as string } as const;
  issues.addIssue({ code: 'custom', message: 'Choose where the role holds' });
  return z.NEVER;
});

export const roleForm = z.object({
  type: z.enum(ENTITY_TYPES, 'Choose what the role is about'),
  role: z.string().min(1, 'Choose a role').max(100, 'Choose a role'),
  scope,
});

export const entityRoleForm = z.object({
  holder: holderField(['administrator', 'team', 'system-account']),
  role: z.string().min(1, 'Choose a role').max(100, 'Choose a role'),
});
