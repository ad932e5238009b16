import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  createProduct,
  createSpecification,
  createVersion,
  type SpecificationAddress,
  updateSpecification,
} from '../../../src/domain/products/index.ts';
import { type Answer, startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';
import { readDescription } from '../../support/openapi.ts';

const document = (...paths: readonly string[]): Buffer =>
  Buffer.from(
    JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Ships ⛵', version: String(paths.length) },
      paths: Object.fromEntries(paths.map((path) => [path, { get: { responses: {} } }])),
    }),
  );

const description = readDescription('src/faces/management-api/openapi.yaml');
const VERSION = '/api-products/{productId}/product-versions/{versionId}';

onEachDatabase('earlier documents of a specification, over the management API', (open) => {
  let app: TestApp;
  let address: SpecificationAddress;
  beforeEach(async () => {
    app = await startApp(await open());
    const { id: productId } = await createProduct(app.ctx, { name: 'Ships' });
    const { id: versionId } = await createVersion(app.ctx, productId, { name: 'v1' });
    const sent = { name: 'ships.json', bytes: document('/a') };
    const { id: specificationId } = await createSpecification(app.ctx, { productId, versionId }, sent);
    address = { productId, versionId, specificationId };
  });
  afterEach(() => app.close());

  /** Asks, and holds the answer against the description. */
  const ask = async (method: string, rest: string, described = rest.replace(/\?.*/, '')): Promise<Answer> => {
    const base = `/portico/v1/api-products/${address.productId}/product-versions/${address.versionId}`;
    const answer = await app.request(method, `${base}${rest}`);
    expect(description.violations(`${method.toLowerCase()} ${VERSION}${described}`, answer)).toEqual([]);
    return answer;
  };
  const EDITION = '/specification-editions/{number}';

  it('are listed, read and forgotten', async () => {
    await updateSpecification(app.ctx, address, { bytes: document('/a', '/b') });
    const { data } = (await ask('GET', '/specification-editions')).json;
    expect(data).toMatchObject([
      { number: 2, name: 'ships.json', title: 'Ships ⛵', api_version: '2', replaced_at: null },
      { number: 1, api_version: '1', replaced_at: data[0].created_at },
    ]);
    expect((await ask('GET', '/specification-editions/1', EDITION)).json).toEqual({
      ...data[1],
      content: document('/a').toString('utf8'),
    });
    expect((await ask('DELETE', '/specification-editions/2', EDITION)).status).toBe(409);
    expect((await ask('DELETE', '/specification-editions/1', EDITION)).status).toBe(204);
    expect((await ask('GET', '/specification-editions/1', EDITION)).status).toBe(404);
    expect((await ask('DELETE', '/specification-editions/x', EDITION)).status).toBe(404);
  });

  it('are compared', async () => {
    expect((await ask('GET', '/specification-changes')).status).toBe(404);
    await updateSpecification(app.ctx, address, { bytes: document('/a', '/b') });
    await updateSpecification(app.ctx, address, { bytes: document('/b') });
    expect((await ask('GET', '/specification-changes')).json).toMatchObject({
      from: { number: 2 },
      to: { number: 3 },
      comparison: { counts: { breaking: 1 }, operations: [{ change: 'removed', path: '/a' }] },
    });
    expect((await ask('GET', '/specification-changes?from=1&to=2')).json).toMatchObject({
      comparison: { counts: { breaking: 0, safe: 1 } },
    });
    expect((await ask('GET', '/specification-changes?from=7')).status).toBe(404);
    expect((await ask('GET', '/specification-changes?from=1&from=2')).status).toBe(400);
  });

  it('are kept where a specification is deleted and created anew over the contract’s own addresses', async () => {
    const base = `/v2/api-products/${address.productId}/product-versions/${address.versionId}/specifications`;
    expect((await app.request('DELETE', `${base}/${address.specificationId}`)).status).toBe(204);
    const content = document('/b').toString('base64');
    expect((await app.request('POST', base, { json: { name: 'ships.json', content } })).status).toBe(201);
    expect((await ask('GET', '/specification-changes')).json).toMatchObject({
      comparison: { counts: { breaking: 1, safe: 1 } },
    });
  });
});
