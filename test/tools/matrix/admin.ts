import { adminRoutes } from '../../../src/faces/admin/routes.ts';
import { runAdministrators } from './administrators.ts';
import { type Ask, type Difference, type Things, uncovered } from './run.ts';
import type { AdministratorVisitor } from './world.ts';

/** What stands in a path for each parameter, where the world calls it otherwise. */
const PARAMETERS: Readonly<Record<string, string>> = {
  productId: 'product',
  versionId: 'version',
  documentId: 'document',
  portalId: 'portal',
  developerId: 'developer',
  teamId: 'team',
  personId: 'person',
  machineId: 'machine',
  administratorTeamId: 'administratorTeam',
  entityId: 'product',
};

const SAME: Readonly<Record<string, string>> = {
  personId: 'id',
  machineId: 'id',
  administratorTeamId: 'id',
  ownTokenId: 'tokenId',
  machineTokenId: 'tokenId',
  assignmentId: 'roleId',
  name: 'key',
};

/** Pages of one's own and of what only Organisation Admins see are left to tests of their own. */
const ELSEWHERE = /\/(account\/|mail|audit)|\/roles\/|second-factor|portals\/:portalId\/versions|\/publish$/;

/** The pages of the administration, and the forms that only confirm × every kind of administrator. */
export const runAdministration = async (
  things: Things,
  visitors: readonly AdministratorVisitor[],
  ask: Ask,
): Promise<{ cells: number; differences: Difference[] }> => {
  const { cells, differences, rows } = await runAdministrators(
    {
      table: 'admin.yaml',
      parameters: PARAMETERS,
      headersOf: ({ session }) => (session === undefined ? {} : { cookie: `portico_admin=${session}` }),
      anonymous: 'login',
      outcomeOf: ({ status, headers }) => {
        if (status >= 400) return String(status);
        return headers.location?.startsWith('/admin/log-in?') || (status === 303 && headers.location === '/admin/log-in')
          ? 'login'
          : 'ok';
      },
    },
    { ...things, region: 'us', key: things['operation'], name: 'Train', entityType: 'product' },
    visitors.filter(({ kind }) => kind !== 'nobody in particular'),
    ask,
  );
  const pages = adminRoutes.filter(({ method, path }) => method === 'get' && !ELSEWHERE.test(path));
  return {
    cells,
    differences: [
      ...differences,
      ...uncovered(
        rows,
        SAME,
        pages.map(({ path }) => `get /admin${path}`),
      ),
    ],
  };
};
