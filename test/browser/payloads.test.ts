import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/database/connect.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { CHROMIUM, sharedChromium } from '../support/chromium.ts';
import { freshDatabase } from '../support/database.ts';
import { browse, type Place, typeInto } from '../tools/payloads/browse.ts';
import { DOCUMENTS, NAMES } from '../tools/payloads/list.ts';
import { ADMINISTRATOR, PASSWORD, poison, type Scene } from '../tools/payloads/scene.ts';
import { poisonedSpecification } from '../tools/payloads/specification.ts';
import { withoutPolicy } from '../tools/payloads/without-policy.ts';
import { administratorAt } from './administrator.ts';

/** Some of each kind; `npm run payloads` tries them all, everywhere. */
const MATERIAL = {
  documents: DOCUMENTS.filter((_payload, at) => at % 7 === 0),
  names: NAMES.slice(0, 5),
  specifications: [poisonedSpecification('3.1.0', 0)],
};

describe.skipIf(CHROMIUM === undefined)('payloads in a browser', () => {
  let browser: Browser;
  let connection: Connection;
  let app: TestApp;
  let bare: Awaited<ReturnType<typeof withoutPolicy>>;
  let scene: Scene;

  beforeAll(async () => {
    browser = await sharedChromium();
    connection = await freshDatabase('sqlite');
    app = await startApp(connection, { env: { RATE_LIMIT_FACTOR: '0' } });
    await app.installation.prepare();
    scene = await poison(app.installation, MATERIAL);
    bare = await withoutPolicy(app.port);
  }, 180_000);
  afterAll(async () => {
    bare.stop();
    await app.close();
    await connection.close();
  });

  const browsePortal = async (port: number, most: number): Promise<void> => {
    const context = await browser.newContext();
    const origin = `http://${scene.open.defaultDomain}:${port}`;
    const seen = await browse(context, { origin, starts: ['/', '/?q=<svg/onload=canary()>'], most });
    expect(seen).toMatchObject({ executed: [], failed: [] });
    expect(seen.pages).toBeGreaterThanOrEqual(most);
    await context.close();
  };

  it('run nowhere in a portal', () => browsePortal(app.port, 12));

  it('run nowhere in a portal without its content policy', () => browsePortal(bare.port, 45));

  it('run nowhere in the administration, where they are edited too', async () => {
    const home = `http://localhost:${bare.port}`;
    const context = await browser.newContext({ baseURL: home });
    const page = await context.newPage();
    await administratorAt(page).logIn(ADMINISTRATOR, PASSWORD);
    const place: Place = { origin: `${home}/admin`, starts: ['/us', '/us/products', '/us/requests'], most: 15 };
    expect(await browse(context, place)).toMatchObject({ executed: [], failed: [] });
    expect(await typeInto(context, home, ['/admin/us/products/create'], NAMES.slice(0, 2))).toMatchObject({ executed: [] });
    await context.close();
  });

  it('would be noticed', async () => {
    const context = await browser.newContext();
    await context.route('**/*', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<img src=x onerror=canary()><a href="java&#9;script:canary()">x</a>' }),
    );
    const { executed } = await browse(context, { origin: 'http://localhost:1', starts: ['/'], most: 1 });
    expect(executed.map((where) => where.replace(/^\S+ /, '')).sort()).toEqual([
      expect.stringMatching(/^<a href/),
      expect.stringMatching(/^<img/),
      'ran',
    ]);
    await context.close();
  });
});
