import type { AdministratorTeamId } from '../ids.ts';

/** People and machines that hold roles together. */
export interface AdministratorTeam {
  readonly id: AdministratorTeamId;
  readonly name: string;
  readonly description: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface NewAdministratorTeam {
  readonly name: string;
  readonly description?: string | undefined;
}

/** Absent leaves as it is. */
export type AdministratorTeamChanges = { readonly [Key in keyof NewAdministratorTeam]?: NewAdministratorTeam[Key] | undefined };
