import { type CheerioAPI, load } from 'cheerio';
import type { ComposeOptions } from '../../../src/compose.ts';
import type { Connection } from '../../../src/database/connect.ts';
import type { ContextWithPorts } from '../../../src/domain/context.ts';
import { createPortal, type NewPortal, type Portal } from '../../../src/domain/portals/index.ts';
import {
  createDocument,
  createProduct,
  createSpecification,
  createVersion,
  type Document,
  type NewDocument,
  type NewProduct,
  type Product,
  type Version,
} from '../../../src/domain/products/index.ts';
import { createPublication, publishProducts } from '../../../src/domain/publications/index.ts';
import { type Answer, type RequestOptions, startApp, type TestApp } from '../../support/app.ts';
import { START } from '../../support/context.ts';

export interface PageAnswer extends Answer {
  readonly $: CheerioAPI;
}

/** An application with a public portal, which is the default, on a test database. */
export interface TestPortal {
  readonly app: TestApp;
  readonly ctx: ContextWithPorts;
  readonly portal: Portal;
  get(path: string, options?: RequestOptions): Promise<PageAnswer>;
}

const SETTINGS = { portalDomain: 'localhost', reservedHosts: ['localhost'] };

export const addPortal = (ctx: ContextWithPorts, input: NewPortal): Promise<Portal> =>
  createPortal(ctx, { isPublic: true, ...input }, SETTINGS);

export const startPortal = async (
  connection: Connection,
  input: Partial<NewPortal> = {},
  options: ComposeOptions = {},
  env: Record<string, string> = {},
): Promise<TestPortal> => {
  let ticks = 0;
  // Whatever is made later is newer, also within a millisecond.
  const now = (): Date => new Date(START.getTime() + ticks++);
  const app = await startApp(connection, { env, options: { now, ...options } });
  const portal = await addPortal(app.ctx, { name: 'main', displayName: 'Main & more', ...input });
  return {
    app,
    ctx: app.ctx,
    portal,
    get: async (path, options) => {
      const answer = await app.request('GET', path, options);
      return Object.assign(answer, { $: load(answer.text) });
    },
  };
};

export interface PublishedVersion {
  readonly name: string;
  readonly deprecated?: boolean;
  readonly unpublished?: boolean;
  /** File name and text. */
  readonly specification?: readonly [string, string];
}

export interface Published {
  readonly product: Product;
  readonly versions: readonly Version[];
  readonly documents: readonly Document[];
}

/** Adds a product with versions and documents, and publishes it in a portal. Documents name their parent by its slug. */
export const publish = async (
  { ctx, portal }: Pick<TestPortal, 'ctx' | 'portal'>,
  {
    versions = [],
    documents = [],
    assigned = true,
    ...input
  }: NewProduct & {
    versions?: readonly PublishedVersion[];
    documents?: readonly (Omit<NewDocument, 'parentId' | 'status'> & { parent?: string; status?: NewDocument['status'] })[];
    assigned?: boolean;
  },
): Promise<Published> => {
  const product = await createProduct(ctx, input);
  if (assigned) await publishProducts(ctx, portal.id, { [product.id]: 'published' });
  const madeVersions: Version[] = [];
  for (const { name, deprecated = false, unpublished = false, specification } of versions) {
    const version = await createVersion(ctx, product.id, { name });
    await createPublication(
      ctx,
      { portalId: portal.id, versionId: version.id },
      {
        publishStatus: unpublished ? 'unpublished' : 'published',
        deprecated,
        applicationRegistrationEnabled: false,
        autoApproveRegistration: false,
        authStrategyIds: [],
      },
    );
    if (specification) {
      const address = { productId: product.id, versionId: version.id };
      await createSpecification(ctx, address, { name: specification[0], bytes: Buffer.from(specification[1]) });
    }
    madeVersions.push(version);
  }
  const madeDocuments: Document[] = [];
  for (const { parent, status = 'published', ...document } of documents) {
    const parentId = madeDocuments.find(({ slug }) => slug === parent)?.id ?? null;
    madeDocuments.push(await createDocument(ctx, product.id, { ...document, status, parentId }));
  }
  return { product, versions: madeVersions, documents: madeDocuments };
};

/** A specification with so many operations in each of its tags, and two without any. */
export const specificationOf = (tags: Readonly<Record<string, number>>): string =>
  JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Harbours', version: '1.0', description: 'Where ships **rest**.' },
    tags: Object.keys(tags).map((name) => ({ name, description: `All of ${name}` })),
    paths: Object.fromEntries([
      ...Object.entries(tags).flatMap(([tag, count], group) =>
        Array.from({ length: count }, (_, n) => [
          `/t${group}/${n}`,
          {
            get: {
              operationId: `get-${group}-${n}`,
              summary: `Get ${tag} ${n}`,
              tags: [tag],
              responses: {
                200: {
                  description: 'OK',
                  content: { 'application/json': { schema: { $ref: '#/components/schemas/Ship' } } },
                },
              },
            },
          },
        ]),
      ),
      ['/loose', { get: { summary: 'A loose end', responses: { 204: { description: 'Nothing' } } } }],
      ['/loose/{id}', { delete: { summary: 'Cut it', deprecated: true, responses: { 204: { description: 'Nothing' } } } }],
    ]),
    components: {
      schemas: {
        Ship: { type: 'object', properties: { name: { type: 'string' }, next: { $ref: '#/components/schemas/Ship' } } },
      },
    },
  });
