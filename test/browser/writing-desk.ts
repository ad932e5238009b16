import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { Connection } from '../../src/database/connect.ts';
import { createOrganisationAdmin } from '../../src/domain/administrators/index.ts';
import {
  createDocument,
  createProduct,
  type DocumentAddress,
  deleteProduct,
  getDocument,
} from '../../src/domain/products/index.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { sharedChromium } from '../support/chromium.ts';
import { freshDatabase } from '../support/database.ts';
import { admit, PASSWORD } from './administrator.ts';
import { writerAt } from './editor-pages.ts';
import { openWindows, type Windows } from './visitor.ts';

export const ADA = 'ada@example.org';
export const GRACE = 'grace@example.org';

/** For the tests of the suite around it: two administrators who write, and a document of their own for each test. */
export const writingDesk = () => {
  let connection: Connection;
  let app: TestApp;
  let windows: Windows;
  let address: DocumentAddress;

  beforeAll(async () => {
    connection = await freshDatabase('sqlite');
    app = await startApp(connection);
    windows = openWindows(await sharedChromium(), app.url);
    await app.installation.prepare();
    for (const [email, name] of [
      [ADA, 'Ada'],
      [GRACE, 'Grace'],
    ] as const)
      await createOrganisationAdmin(app.installation.organisation, { email, name, password: PASSWORD });
  });
  beforeEach(async () => {
    const { id: productId } = await createProduct(app.ctx, { name: 'Tides' });
    const fresh = { slug: 'tides', title: 'Tides', status: 'published', content: 'The sea comes once a day.\n' } as const;
    const { id: documentId } = await createDocument(app.ctx, productId, fresh);
    address = { productId, documentId };
  });
  afterEach(async () => {
    await windows.leave();
    await deleteProduct(app.ctx, address.productId);
  });
  afterAll(async () => {
    await windows.close();
    await app.close();
    await connection.close();
  });

  return {
    app: (): TestApp => app,
    connection: (): Connection => connection,
    address: (): DocumentAddress => address,
    /** Where the document is written. */
    editor: (): string => `/admin/us/products/${address.productId}/documents/${address.documentId}`,
    /** The text of the document as it is saved. */
    stored: async (): Promise<string> => (await getDocument(app.ctx, address)).content,
    arrive: async (email: string, scripts: boolean) => {
      const visitor = await windows.arrive({ scripts });
      await admit(visitor.page, app, email);
      return { ...visitor, ...writerAt(visitor.page, { scripts }) };
    },
  };
};
