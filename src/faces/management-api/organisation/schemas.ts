import { z } from 'zod';
import { ENTITY_TYPES } from '../../../domain/access/index.ts';
import type { AdministratorId, AdministratorTeamId, SystemAccountId } from '../../../domain/ids.ts';
import { REGION_CODES } from '../../../domain/regions/index.ts';
import type { Account, Holder } from '../../../domain/roles/index.ts';
import { text, uuid } from '../../../http/schemas.ts';

const name = () => text({ min: 1, max: 255 });
const description = () => text({ max: 1000 });

export const createNamedSchema = z.strictObject({ name: name(), description: description().optional() });
export const updateNamedSchema = createNamedSchema.partial();

const instant = () => z.iso.datetime({ offset: true }).transform((value) => new Date(value));

export const createTokenSchema = z.strictObject({ name: name(), expires_at: instant() });

const accountIds = {
  administrator_id: uuid().optional(),
  system_account_id: uuid().optional(),
};

type Ids = { readonly administrator_id?: string; readonly system_account_id?: string; readonly team_id?: string };

/** Who is named by exactly one of these ids; undefined where none or several are given. */
export const holderOf = ({ administrator_id, system_account_id, team_id }: Ids): Holder | undefined => {
  const named: readonly (Holder | undefined)[] = [
    administrator_id === undefined ? undefined : { kind: 'administrator', id: administrator_id as AdministratorId },
    system_account_id === undefined ? undefined : { kind: 'system-account', id: system_account_id as SystemAccountId },
    team_id === undefined ? undefined : { kind: 'team', id: team_id as AdministratorTeamId },
  ];
  const [holder, ...more] = named.filter((one) => one !== undefined);
  return more.length === 0 ? holder : undefined;
};

export const addMemberSchema = z.strictObject(accountIds).transform((ids, context): Account => {
  const holder = holderOf(ids as Ids);
  if (holder && holder.kind !== 'team') return holder;
  const reason = 'exactly one of administrator_id and system_account_id must be given';
  context.addIssue({ code: 'custom', path: ['administrator_id'], params: { issue: { rule: 'required', reason } } });
  return z.NEVER;
});

export const giveRoleSchema = z
  .strictObject({
    ...accountIds,
    team_id: uuid().optional(),
    entity_type: z.enum(ENTITY_TYPES),
    entity_id: z.union([z.literal('*'), uuid()]),
    role: z.string(),
    region: z.enum(['*', ...REGION_CODES]).optional(),
  })
  .transform(({ entity_type, entity_id, role, region, ...ids }, context) => {
    const holder = holderOf(ids as Ids);
    if (holder) return { holder, entityType: entity_type, entityId: entity_id, role, region };
    const reason = 'exactly one of administrator_id, system_account_id and team_id must be given';
    context.addIssue({ code: 'custom', path: ['administrator_id'], params: { issue: { rule: 'required', reason } } });
    return z.NEVER;
  });
