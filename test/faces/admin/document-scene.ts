import { createDocument, createProduct, type Document, type Product } from '../../../src/domain/products/index.ts';
import type { TestApp } from '../../support/app.ts';
import { addAdministrator, logIn, type TestBrowser } from './admin.ts';

/** A published document of a product, and where both are in the administration. */
export const givenDocument = async (
  ctx: TestApp['ctx'],
): Promise<{ product: Product; document: Document; here: string; editor: string }> => {
  const product = await createProduct(ctx, { name: 'Sailings' });
  const fresh = { slug: 'tides', title: 'Tides', status: 'published', content: 'one\ntwo\n' } as const;
  const document = await createDocument(ctx, product.id, fresh);
  const here = `/admin/us/products/${product.id}`;
  return { product, document, here, editor: `${here}/documents/${document.id}` };
};

/** Somebody else who may do everything, logged in. */
export const arriveAs = async (app: TestApp, email: string, name: string): Promise<TestBrowser> => {
  await addAdministrator(app, email, name);
  return logIn(app, email);
};
