import { parse } from 'yaml';
import { adminEntranceRoutes, adminRoutes } from '../../../src/faces/admin/routes.ts';
import { managementRoutes, ownManagementRoutes } from '../../../src/faces/management-api/routes.ts';
import { portalRoutes } from '../../../src/faces/portal/routes.ts';
import { ownPortalApiRoutes, portalApiRoutes } from '../../../src/faces/portal-api/routes.ts';
import { descriptionRoute } from '../../../src/http/api-description.ts';
import type { Route } from '../../../src/http/routes.ts';
import { read } from '../../support/source.ts';

/** A table, and the routes that it is about. */
interface Covered {
  readonly table: string;
  readonly routes: readonly { readonly base: string; readonly routes: readonly Route<never>[] }[];
  /** names of parameters by which the table tells apart what the program calls the same */
  readonly same: Readonly<Record<string, string>>;
}

const description = descriptionRoute('');

const TABLES: readonly Covered[] = [
  {
    table: 'developers.yaml',
    routes: [
      { base: '/api/v2', routes: portalApiRoutes },
      { base: '/api/portico/v1', routes: [description, ...ownPortalApiRoutes] },
      { base: '', routes: portalRoutes },
    ],
    same: {
      hiddenProductId: 'productId',
      hiddenProduct: 'product',
      hiddenDocumentId: 'documentId',
      hiddenVersionId: 'productVersionId',
      hiddenVersion: 'version',
      hiddenSlug: 'slug',
      file: 'slug',
      hiddenFile: 'slug',
      hiddenAddress: 'address',
      imageHash: 'hash',
      hiddenDiagram: 'diagram',
      ownApplicationId: 'applicationId',
      ownSessionId: 'sessionId',
    },
  },
  {
    table: 'admin.yaml',
    routes: [{ base: '/admin', routes: [...adminEntranceRoutes, ...adminRoutes] }],
    same: {
      organisationMailId: 'mailId',
      organisationEventId: 'eventId',
      personId: 'id',
      invitedId: 'id',
      ownerId: 'id',
      machineId: 'id',
      administratorTeamId: 'id',
      ownTokenId: 'tokenId',
      machineTokenId: 'tokenId',
      assignmentId: 'roleId',
      organisationRoleId: 'roleId',
      ownSessionId: 'sessionId',
      otherBox: 'box',
      schema: 'key',
      otherProduct: 'productId',
      otherPortal: 'portalId',
      otherPlane: 'controlPlaneId',
    },
  },
  {
    table: 'management-api.yaml',
    routes: [
      { base: '/v2', routes: managementRoutes },
      { base: '/portico/v1', routes: [description, ...ownManagementRoutes] },
    ],
    same: {
      bareVersionId: 'versionId',
      administratorTeamId: 'teamId',
      ownTokenId: 'tokenId',
      machineTokenId: 'tokenId',
      otherProduct: 'productId',
      otherPortal: 'portalId',
      otherPlane: 'id',
    },
  },
];

const rowsOf = ({ table, same }: Covered): string[] => {
  const { routes } = parse(read(`test/tools/matrix/${table}`)) as { readonly routes: Readonly<Record<string, unknown>> };
  return Object.keys(routes).map((row) =>
    row.replace(/\?.*$/, '').replace(/([:*])(\w+)/g, (_, sign: string, name: string) => sign + (same[name] ?? name)),
  );
};

const routesOf = ({ routes }: Covered): string[] =>
  routes.flatMap(({ base, routes }) => routes.map(({ method, path }) => `${method} ${base}${path}`));

/** The routes that no table says anything of, and the rows that are about no route. */
export const uncovered = (): { readonly routes: readonly string[]; readonly rows: readonly string[] } => {
  const found = TABLES.map((covered) => {
    const [rows, routes] = [new Set(rowsOf(covered)), new Set(routesOf(covered))];
    return { routes: [...routes].filter((route) => !rows.has(route)), rows: [...rows].filter((row) => !routes.has(row)) };
  });
  return { routes: found.flatMap(({ routes }) => routes), rows: found.flatMap(({ rows }) => rows) };
};
