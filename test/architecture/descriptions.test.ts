import { describe, expect, it } from 'vitest';
import { ownManagementRoutes } from '../../src/faces/management-api/routes.ts';
import { ownPortalApiRoutes } from '../../src/faces/portal-api/routes.ts';
import type { Route } from '../../src/http/routes.ts';
import { readDescription } from '../support/openapi.ts';

const APIS: readonly { file: string; routes: readonly Route<never>[] }[] = [
  { file: 'src/faces/management-api/openapi.yaml', routes: ownManagementRoutes },
  { file: 'src/faces/portal-api/openapi.yaml', routes: ownPortalApiRoutes },
];

describe.each(APIS)('$file', ({ file, routes }) => {
  it('describes every route, and nothing else', () => {
    const names = routes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    expect([...readDescription(file).operations].sort()).toEqual(names.sort());
  });
});
