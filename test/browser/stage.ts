import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { seedDemo } from '../../src/cli/seed-demo.ts';
import type { Connection } from '../../src/database/connect.ts';
import { publish, startPortal, type TestPortal } from '../faces/portal/portal.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { sharedChromium } from '../support/chromium.ts';
import { freshDatabase } from '../support/database.ts';
import { openWindows, type Windows } from './visitor.ts';

/** What the tests of a suite play on: an app with a database of its own, and windows of a browser. */
export interface Stage {
  readonly app: TestApp;
  readonly browser: Browser;
  readonly windows: Windows;
}

/**
 * Sets a stage for the tests of the suite around it; whoever arrived leaves after each.
 * @param prepare fills the app
 * @returns tells it to the tests, and to what is set up after it
 */
export const setStage = (prepare: (app: TestApp) => Promise<unknown>): (() => Stage) => {
  let stage: Stage;
  const endings: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    const connection = await freshDatabase('sqlite');
    endings.unshift(() => connection.close());
    const app = await startApp(connection);
    endings.unshift(() => app.close());
    await prepare(app);
    const browser = await sharedChromium();
    const windows = openWindows(browser, app.url);
    endings.unshift(() => windows.close());
    stage = { app, browser, windows };
  });
  afterEach(() => stage.windows.leave());
  afterAll(async () => {
    for (const end of endings) await end();
  });
  return () => stage;
};

/** A stage with the content that an empty installation is filled with. */
export const setDemoStage = (): (() => Stage) =>
  setStage(async (app) => {
    await app.installation.prepare();
    await seedDemo(app.installation);
    await app.installation.worker.runDue(); // the search follows changes
  });

/** A public portal, and a browser to read in it. */
export interface ReadingStage {
  readonly portal: TestPortal;
  readonly browser: Browser;
}

/** A stage for readers: a public portal with one product and nothing else. */
export const setReadingStage = (product: Parameters<typeof publish>[1]): (() => ReadingStage) => {
  let stage: ReadingStage;
  let connection: Connection;
  beforeAll(async () => {
    connection = await freshDatabase('sqlite');
    const portal = await startPortal(connection);
    await publish(portal, product);
    stage = { portal, browser: await sharedChromium() };
  });
  afterAll(async () => {
    await stage.portal.app.close();
    await connection.close();
  });
  return () => stage;
};
