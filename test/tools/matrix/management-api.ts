import type { AdministratorVisitor } from './administrator-visitors.ts';
import { runAdministrators } from './administrators.ts';
import type { Ask, Difference, Things } from './run.ts';

/** What stands in a path for each parameter, where it is called otherwise there. */
const PARAMETERS: Readonly<Record<string, string>> = {
  productId: 'product',
  versionId: 'version',
  bareVersionId: 'bareVersion',
  productVersionId: 'version',
  documentId: 'document',
  id: 'plane',
  authStrategyId: 'strategy',
  portalId: 'portal',
  developerId: 'developer',
  teamId: 'team',
  applicationId: 'application',
  registrationId: 'registration',
  administratorId: 'person',
  systemAccountId: 'machine',
  administratorTeamId: 'administratorTeam',
};

/** Every route of the management API × every kind of administrator. */
export const runManagementApi = async (
  things: Things,
  visitors: readonly AdministratorVisitor[],
  ask: Ask,
  only: string,
): Promise<{ cells: number; differences: Difference[] }> =>
  runAdministrators(
    {
      table: 'management-api.yaml',
      parameters: PARAMETERS,
      headersOf: ({ token }) => (token === undefined ? {} : { authorization: `Bearer ${token}` }),
      anonymous: '401',
      outcomeOf: ({ status }) => (status < 400 ? 'ok' : String(status)),
    },
    { ...things, number: 1 },
    visitors,
    ask,
    only,
  );
