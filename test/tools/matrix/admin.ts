import { hashSecret } from '../../../src/domain/secrets/index.ts';
import type { Answer } from '../../support/app.ts';
import type { AdministratorVisitor } from './administrator-visitors.ts';
import { runAdministrators } from './administrators.ts';
import type { Ask, Difference, Things } from './run.ts';

/** What stands in a path for each parameter, where the world calls it otherwise. */
const PARAMETERS: Readonly<Record<string, string>> = {
  productId: 'product',
  versionId: 'version',
  documentId: 'document',
  portalId: 'portal',
  developerId: 'developer',
  teamId: 'team',
  applicationId: 'application',
  registrationId: 'registration',
  strategyId: 'strategy',
  controlPlaneId: 'plane',
  serviceId: 'service',
  routeId: 'route',
  mailId: 'mail',
  organisationMailId: 'organisationMail',
  eventId: 'event',
  organisationEventId: 'organisationEvent',
  personId: 'person',
  invitedId: 'invited',
  destinationId: 'auditLogDestinationId',
  ownerId: 'owner',
  machineId: 'machine',
  administratorTeamId: 'administratorTeam',
  holderId: 'memberId',
  entityId: 'product',
  sessionId: 'nothing',
  hash: 'image',
};

const BROWSER = 'browser';

/** Forms of the entrance are known by the browser, all others by the session. */
const csrfOf = (things: Things, route: string, { sessionId = '' }: AdministratorVisitor): string =>
  hashSecret({ secretKey: String(things['secretKey']) }, 'csrf', /^\w+ \/admin\/:region\b/.test(route) ? sessionId : BROWSER);

const outcomeOf = ({ status, headers: { location = '' } }: Answer): string => {
  if (status >= 400) return String(status);
  return /^\/admin\/log-in(\?|$)/.test(location) ? 'login' : 'ok';
};

/** Every route of the administration × every kind of administrator. */
export const runAdministration = async (
  things: Things,
  visitors: readonly AdministratorVisitor[],
  ask: Ask,
  only: string,
): Promise<{ cells: number; differences: Difference[] }> =>
  runAdministrators(
    {
      table: 'admin.yaml',
      parameters: PARAMETERS,
      headersOf: ({ session }) => ({
        cookie: `portico_browser=${BROWSER}${session === undefined ? '' : `; portico_admin=${session}`}`,
      }),
      csrfOf: (route, visitor) => csrfOf(things, route, visitor),
      anonymous: 'login',
      outcomeOf,
    },
    {
      ...things,
      ...{ region: 'us', key: things['operation'], schema: 'Train', kind: 'logo', box: 'portals', otherBox: 'administration' },
      ...{ entityType: 'product', holders: 'people', members: 'people', number: 1 },
    },
    // machines have no session
    visitors.filter(({ kind, session }) => kind === 'nobody' || session !== undefined),
    ask,
    only,
  );
