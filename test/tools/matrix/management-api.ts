import { managementRoutes, ownManagementRoutes } from '../../../src/faces/management-api/routes.ts';
import type { AdministratorVisitor } from './administrator-visitors.ts';
import { runAdministrators } from './administrators.ts';
import { type Ask, type Difference, type Things, uncovered } from './run.ts';

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

/** Names of parameters by which the table tells apart what the program calls the same. */
const SAME: Readonly<Record<string, string>> = {
  bareVersionId: 'versionId',
  administratorTeamId: 'teamId',
  ownTokenId: 'tokenId',
  machineTokenId: 'tokenId',
};

/** Every route of the management API × every kind of administrator. */
export const runManagementApi = async (
  things: Things,
  visitors: readonly AdministratorVisitor[],
  ask: Ask,
): Promise<{ cells: number; differences: Difference[] }> => {
  const { cells, differences, rows } = await runAdministrators(
    {
      table: 'management-api.yaml',
      parameters: PARAMETERS,
      headersOf: ({ token }) => (token === undefined ? {} : { authorization: `Bearer ${token}` }),
      anonymous: '401',
      outcomeOf: ({ status }) => (status < 400 ? 'ok' : String(status)),
    },
    things,
    visitors,
    ask,
  );
  const routes = [
    ...managementRoutes.map(({ method, path }) => `${method} /v2${path}`),
    ...ownManagementRoutes.map(({ method, path }) => `${method} /portico/v1${path}`),
  ];
  return { cells, differences: [...differences, ...uncovered(rows, SAME, routes)] };
};
