import { parse } from 'yaml';
import { managementRoutes, ownManagementRoutes } from '../../../src/faces/management-api/routes.ts';
import { read } from '../../support/source.ts';
import { type Ask, type Difference, filled, type Things, uncovered } from './run.ts';
import type { AdministratorVisitor } from './world.ts';

/** A row of the table; see the head of `management-api.yaml`. */
interface Row {
  readonly may: Who;
  readonly or?: readonly { readonly who: Who; readonly get: number }[];
  readonly sees?: Who;
  readonly else?: number;
  readonly shows?: readonly [string, Who];
  readonly masters?: number;
  readonly anonymous?: 'ok';
  readonly "nobody's"?: number;
  readonly query?: string;
  readonly body?: unknown;
}

type Who = string | readonly string[];
type Group = Readonly<Record<string, readonly string[] | boolean>>;

interface Table {
  readonly groups: Readonly<Record<string, Group>>;
  readonly routes: Readonly<Record<string, Row>>;
}

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

const table = parse(read('test/tools/matrix/management-api.yaml')) as Table;

const isIn = ({ roles }: AdministratorVisitor, name: string): boolean => {
  if (name === 'everyone') return true;
  if (name === 'nobody') return false;
  const group = table.groups[name];
  if (!group) throw new Error(`the table has no group ${name}`);
  return roles.some(({ entityType, role, where }) => {
    const held = group[entityType];
    const counts = where === 'this' || where === 'all' || (group['anywhere'] === true && where === 'another');
    return counts && Array.isArray(held) && held.includes(role);
  });
};

const isAmong = (visitor: AdministratorVisitor, who: Who): boolean =>
  [who].flat().some((groups) => groups.split(' & ').every((name) => isIn(visitor, name)));

/** What the table says that a visitor gets: `ok`, or a status; of lists also whether they hold the thing. */
const expected = (row: Row, visitor: AdministratorVisitor): string => {
  if (visitor.kind === 'nobody') return row.anonymous ?? '401';
  if (visitor.kind === 'nobody in particular' && row["nobody's"] !== undefined) return String(row["nobody's"]);
  const isMaster = visitor.kind !== 'administrator';
  if (isMaster && row.masters !== undefined) return String(row.masters);
  if (isMaster || isAmong(visitor, row.may)) {
    if (!row.shows) return 'ok';
    return isMaster || isAmong(visitor, row.shows[1]) ? 'ok with' : 'ok without';
  }
  const special = row.or?.find(({ who }) => isAmong(visitor, who));
  if (special) return String(special.get);
  return row.sees !== undefined && isAmong(visitor, row.sees) ? '403' : String(row.else);
};

/** Every route of the management API × every kind of administrator. */
export const runManagementApi = async (
  things: Things,
  visitors: readonly AdministratorVisitor[],
  ask: Ask,
): Promise<{ cells: number; differences: Difference[] }> => {
  const differences: Difference[] = [];
  let cells = 0;
  for (const [route, row] of Object.entries(table.routes)) {
    const [method = '', template = ''] = route.split(' ');
    for (const visitor of visitors) {
      const mine = { ...things, ownTokenId: visitor.tokenId ?? things['tokenId'] };
      const path = template.replace(/:(\w+)/g, (_, name: string) =>
        String(mine[(PARAMETERS[name] ?? name) as keyof typeof mine]),
      );
      const query = row.query === undefined ? '' : `?${filled(row.query, things)}`;
      const answer = await ask(method.toUpperCase(), `${path}${query}`, {
        token: visitor.token ?? null,
        ...(row.body === undefined ? {} : { json: filled(row.body, things) }),
      });
      const shown =
        row.shows && answer.status < 400 ? (answer.text.includes(String(things[row.shows[0]])) ? ' with' : ' without') : '';
      const actual = `${answer.status < 400 ? 'ok' : answer.status}${shown}`;
      const wanted = expected(row, visitor);
      cells++;
      if (actual !== wanted) differences.push({ route, visitor: visitor.name, expected: wanted, actual, answer: answer.text });
    }
  }
  const routes = [
    ...managementRoutes.map(({ method, path }) => `${method} /v2${path}`),
    ...ownManagementRoutes.map(({ method, path }) => `${method} /portico/v1${path}`),
  ];
  return { cells, differences: [...differences, ...uncovered(Object.keys(table.routes), SAME, routes)] };
};
