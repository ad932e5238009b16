import { afterEach, describe, expect, it } from 'vitest';
import { refreshReferences } from '../../src/adapters/refresh-references.ts';
import { createProduct, createSpecification, createVersion } from '../../src/domain/products/index.ts';
import { REFERENCE_RENDERER_VERSION } from '../../src/rendering/openapi/types.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { onEachDatabase } from '../support/database.ts';

const SOURCE = Buffer.from('openapi: 3.1.0\ninfo: { title: Things, version: "1" }\npaths: { /a: { get: { responses: {} } } }\n');

describe('references of an older renderer', () => {
  onEachDatabase('on', (open) => {
    let app: TestApp;
    afterEach(() => app.close());

    const versionStored = async () =>
      (await app.ctx.db.selectFrom('specification_contents').select('renderer_version').executeTakeFirstOrThrow())
        .renderer_version;

    const prepare = async () => {
      app = await startApp(await open());
      const product = await createProduct(app.ctx, { name: 'Things' });
      const version = await createVersion(app.ctx, product.id, { name: 'v1' });
      await createSpecification(app.ctx, { productId: product.id, versionId: version.id }, { name: 'a.yaml', bytes: SOURCE });
      await app.ctx.db.updateTable('specification_contents').set({ renderer_version: 0 }).execute();
      await app.ctx.db.deleteFrom('specification_fragments').execute();
    };

    it('are rendered again', async () => {
      await prepare();
      await refreshReferences(app.installation, new AbortController().signal);
      expect(await versionStored()).toBe(REFERENCE_RENDERER_VERSION);
      const fragments = await app.ctx.db.selectFrom('specification_fragments').select('kind').execute();
      expect(fragments.map(({ kind }) => kind).sort()).toEqual(['operation', 'overview']);
    });

    it('are left for the next start when the installation stops', async () => {
      await prepare();
      await refreshReferences(app.installation, AbortSignal.abort());
      expect(await versionStored()).toBe(0);
    });
  });
});
