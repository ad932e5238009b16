import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedDemo } from '../../src/cli/seed-demo.ts';
import type { Connection } from '../../src/database/connect.ts';
import { createOrganisationAdmin } from '../../src/domain/administrators/index.ts';
import { createControlPlane, createGatewayService } from '../../src/domain/gateways/index.ts';
import { createPortal, listPortals } from '../../src/domain/portals/index.ts';
import { listDocuments, listProducts, listVersions } from '../../src/domain/products/index.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { CHROMIUM, sharedChromium } from '../support/chromium.ts';
import { freshDatabase } from '../support/database.ts';
import { admit, PASSWORD } from './administrator.ts';
import { atEachWidth } from './at-each-width.ts';
import { writerAt } from './editor-pages.ts';
import { publisherAt } from './publishing-pages.ts';
import { welcome } from './visitor.ts';

const ADA = 'ada@example.org';
const FIRST = { filters: [], sort: [], page: { number: 1, size: 1 } } as const;

describe.skipIf(CHROMIUM === undefined)('publishing in a browser', () => {
  let browser: Browser;
  let connection: Connection;
  let app: TestApp;

  const start = async (): Promise<void> => {
    connection = await freshDatabase('sqlite');
    app = await startApp(connection);
    await app.installation.prepare();
    await createOrganisationAdmin(app.installation.organisation, { email: ADA, name: 'Ada', password: PASSWORD });
  };
  const stop = async (): Promise<void> => {
    await app.close();
    await connection.close();
  };
  beforeAll(async () => {
    browser = await sharedChromium();
  });

  describe.each([true, false])('an API from nothing (scripts: %s)', (scripts) => {
    beforeAll(async () => {
      await start();
      await createPortal(app.ctx, { name: 'Harbour', isPublic: true }, { portalDomain: 'localhost', reservedHosts: [] });
    });
    afterAll(stop);

    it('leads from an empty list to a page that developers read', async () => {
      const { page, complaints, inspect, leave } = await welcome(browser, app.url, { scripts });
      const check = async (): Promise<void> => {
        if (scripts) expect(await inspect()).toEqual([]);
      };
      await admit(page, app, ADA);
      await page.goto('/admin');
      const ada = publisherAt(page);
      await ada.createProduct('Tides');
      expect(await ada.heading()).toBe('Tides');
      await check();

      await ada.nextStep();
      await ada.createVersion('v1');
      expect(await ada.heading()).toBe('Upload a specification');
      await ada.uploadBroken();
      expect(await ada.finding()).toContain('get: ]');
      complaints.splice(0); // browsers complain of a status of 422
      await ada.uploadMended();
      expect(await ada.heading()).toBe('Specification');
      await check();

      await ada.openProduct('Tides');
      await ada.add('Document');
      const writer = writerAt(page, { scripts });
      await writer.write('# High water\n\nThe sea comes **twice** a day.');
      await writer.preview('The sea comes twice a day.');
      await check();
      await ada.press('Create document');

      await ada.add('Publish to Dev Portals');
      await check();
      await ada.press('Publish');
      expect(await page.locator('section .badge').allTextContents()).toEqual(['Shows this product', 'Published']);
      await check();

      await page.goto('/');
      await page.getByRole('main').getByRole('link', { name: 'Tides', exact: true }).click();
      await page.getByText('The sea comes twice a day.').waitFor();
      await page.goto('/spec/tides/v1/operations/listTides');
      expect(await page.getByRole('heading', { name: 'List tides' }).isVisible()).toBe(true);
      await leave();
    });
  });

  describe('page by page', () => {
    const pages = new Map<string, string>();

    beforeAll(async () => {
      await start();
      await seedDemo(app.installation);
      const { ctx } = app;
      const query = { ...FIRST, filters: [{ field: 'name', op: 'eq', value: 'Sailings' }] } as const;
      const product = (await listProducts(ctx, query)).items[0]?.id as never;
      const version = (await listVersions(ctx, product, FIRST)).items[0]?.id;
      const document = (await listDocuments(ctx, product, FIRST.page)).items[0]?.id;
      const portal = (await listPortals(ctx, FIRST)).items[0]?.id;
      const plane = await createControlPlane(ctx, { name: 'North' });
      const service = await createGatewayService(ctx, plane.id, { name: 'sailings', url: 'https://api.example.com' });
      const one = `/admin/us/products/${product}`;
      const ofVersion = `${one}/versions/${version}`;
      const ofPlane = `/admin/us/control-planes/${plane.id}`;
      for (const [name, path] of Object.entries({
        ...{ products: '/admin/us/products', 'a new product': '/admin/us/products/create', 'a product': one },
        ...{ 'a deletion': `${one}/delete`, versions: `${one}/versions`, 'a version': ofVersion },
        ...{ 'a link': `${ofVersion}/gateway-service`, 'a specification': `${ofVersion}/specification` },
        ...{
          'a preview': `${ofVersion}/specification/preview`,
          documents: `${one}/documents`,
          'uploading documents': `${one}/documents/import`,
        },
        ...{ images: `${one}/images`, 'a history': `${one}/documents/${document}/history` },
        ...{ 'an edition': `${one}/documents/${document}/history/1` },
        ...{ 'a document': `${one}/documents/${document}`, portals: `${one}/portals`, publishing: `${one}/publish` },
        ...{ 'a publication': `${one}/portals/${portal}/versions/${version}`, strategies: '/admin/us/auth-strategies' },
        ...{ 'a new strategy': '/admin/us/auth-strategies/create?type=openid_connect', planes: '/admin/us/control-planes' },
        ...{ 'a control plane': ofPlane, services: `${ofPlane}/services`, 'a service': `${ofPlane}/services/${service.id}` },
        ...{ routes: `${ofPlane}/routes`, 'a new route': `${ofPlane}/routes/create` },
      }))
        pages.set(name, path);
    });
    afterAll(stop);

    atEachWidth(
      () => ({ browser, url: app.url }),
      (reader) => {
        it('is sound', async () => {
          const { page, inspect } = reader();
          await admit(page, app, ADA);
          for (const [name, path] of pages) {
            expect((await page.goto(path))?.status(), name).toBe(200);
            expect(await inspect(), name).toEqual([]);
          }
        }, 240_000);
      },
    );
  });
});
