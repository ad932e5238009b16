import { describe, expect, it } from 'vitest';
import { adminEntranceRoutes, adminRoutes } from '../../src/faces/admin/routes.ts';
import { managementRoutes, ownManagementRoutes } from '../../src/faces/management-api/routes.ts';
import { portalRoutes } from '../../src/faces/portal/routes.ts';
import { ownPortalApiRoutes, portalApiRoutes } from '../../src/faces/portal-api/routes.ts';
import type { Route } from '../../src/http/routes.ts';
import { filesBelow, read } from '../support/source.ts';
import { uncovered } from '../tools/matrix/coverage.ts';

const FACES: readonly { name: string; routes: readonly Route<never>[]; access: readonly string[] }[] = [
  { name: 'management API', routes: managementRoutes, access: ['anyone', 'token'] },
  { name: 'management API beside the contract', routes: ownManagementRoutes, access: ['token'] },
  { name: 'portal', routes: portalRoutes, access: ['anyone', 'reader', 'developer', 'entrance'] },
  { name: 'administration', routes: adminRoutes, access: ['administrator'] },
  { name: 'entrance of the administration', routes: adminEntranceRoutes, access: ['anyone'] },
  { name: 'portal API', routes: portalApiRoutes, access: ['anyone', 'reader', 'developer'] },
  { name: 'portal API beside the contract', routes: ownPortalApiRoutes, access: ['reader', 'developer'] },
];

/** Acts that change nothing of ours, or only the notes of whoever acts, and so leave no trace. */
const CHANGES_NOTHING = new Set([
  'post /portals/:portalId/verify-domain',
  'post /:region/portals/:portalId/verify-domain',
  'post /:region/portals/:portalId/appearance/preview',
  'post /spec/:product/:version/operations/:address/try',
  'post /:region/products/:productId/documents/preview',
  'post /:region/products/:productId/versions/:versionId/specification/changes',
  'post /:region/products/:productId/documents/draft',
  'post /:region/products/:productId/documents/draft/discard',
  'post /:region/products/:productId/documents/:documentId/draft',
  'post /:region/products/:productId/documents/:documentId/draft/discard',
]);

const domain = filesBelow('src/domain', '.ts').map(read).join('\n');

describe.each(FACES)('every route of the $name', ({ routes, access }) => {
  it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (name, route) => {
    expect(access).toContain(route.access);
    if (route.method === 'get' || CHANGES_NOTHING.has(name)) expect(route.audit).toBeNull();
    else {
      expect(route.audit).toMatch(/^[a-z-]+\.[a-z-]+$/);
      expect(domain).toContain(`'${route.audit}'`);
    }
  });
});

describe('routes', () => {
  it('are there once each', () => {
    for (const { routes } of FACES) {
      const names = routes.map(({ method, path }) => `${method} ${path}`);
      expect(names).toEqual([...new Set(names)]);
    }
  });

  it('are what the tables of the access matrix are about, all of them', () => {
    expect(uncovered()).toEqual({ routes: [], rows: [] });
  });
});
