import type { ComposeOptions } from '../../../src/compose.ts';
import type { Connection } from '../../../src/database/connect.ts';
import { createPortal, type NewPortal, type Portal } from '../../../src/domain/portals/index.ts';
import type { Version } from '../../../src/domain/products/index.ts';
import { createProductInPortals, createVersionInPortals } from '../../../src/domain/publications/index.ts';
import { type Answer, type RequestOptions, startApp, type TestApp } from '../../support/app.ts';

export const TREE = 'application/vnd.konnect.document-tree+json';
export const NODES = 'application/vnd.konnect.document-nodes+json';

/** An application with a portal, asked as the portal's visitors ask. */
export interface PortalFixture {
  readonly app: TestApp;
  readonly portal: Portal;
  /** Asks the API of the portal. */
  get(path: string, options?: RequestOptions): Promise<Answer>;
  addProduct(
    name: string,
    more?: Partial<Parameters<typeof createProductInPortals>[1]>,
  ): ReturnType<typeof createProductInPortals>;
  /** A published version. */
  addVersion(product: { id: Version['productId'] }, name: string): Promise<Version>;
}

export const startPortal = async (
  connection: Connection,
  input: Partial<NewPortal> = {},
  options: ComposeOptions = {},
): Promise<PortalFixture> => {
  const app = await startApp(connection, { options });
  const hosts = { portalDomain: 'portals.example.com', reservedHosts: [] };
  const portal = await createPortal(app.ctx, { name: 'harbour', displayName: 'Harbour', isPublic: true, ...input }, hosts);
  return {
    app,
    portal,
    get: (path, options) => app.request('GET', `/api/v2${path}`, { host: portal.defaultDomain, ...options }),
    addProduct: (name, more) => createProductInPortals(app.ctx, { name, portalIds: [portal.id], ...more }),
    addVersion: (product, name) => createVersionInPortals(app.ctx, product.id, { name, publishStatus: 'published' }),
  };
};
