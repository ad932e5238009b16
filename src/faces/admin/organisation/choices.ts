import { listAdministratorTeams } from '../../../domain/administrator-teams/index.ts';
import { listAdministrators } from '../../../domain/administrators/index.ts';
import type { Holder } from '../../../domain/roles/index.ts';
import { listSystemAccounts } from '../../../domain/system-accounts/index.ts';
import { allOf } from '../all.ts';
import type { AdminContext } from '../context.ts';
import { holderValue } from './holder-field.ts';

const BY_NAME = { filters: [], sort: [{ field: 'name', direction: 'asc' }] } as const;

export interface HolderChoice {
  readonly id: string;
  readonly value: string;
  readonly text: string;
}

/** People, system accounts and teams, as a menu offers them. */
export const holderChoices = async (
  { organisation }: AdminContext,
  kinds: readonly Holder['kind'][],
): Promise<HolderChoice[]> => {
  const choicesOf: Record<Holder['kind'], () => Promise<HolderChoice[]>> = {
    administrator: async () =>
      (await allOf((page) => listAdministrators(organisation, { ...BY_NAME, page }))).map(({ id, name, email }) => ({
        id,
        value: holderValue({ kind: 'administrator', id }),
        text: `${name} (${email})`,
      })),
    'system-account': async () =>
      (await allOf((page) => listSystemAccounts(organisation, { ...BY_NAME, page }))).map(({ id, name }) => ({
        id,
        value: holderValue({ kind: 'system-account', id }),
        text: `${name} (system account)`,
      })),
    team: async () =>
      (await allOf((page) => listAdministratorTeams(organisation, { ...BY_NAME, page }))).map(({ id, name }) => ({
        id,
        value: holderValue({ kind: 'team', id }),
        text: `${name} (team)`,
      })),
  };
  return (await Promise.all(kinds.map((kind) => choicesOf[kind]()))).flat();
};
