/**
 * The peer of the page benches, a process of its own: bare Express handlers that send given bytes (files of a folder, one a
 * path), and one that does the work of the product list (token, count, page, portals, JSON) with nothing around it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import express from 'express';
import { compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { SYSTEM } from '../../src/domain/access/index.ts';
import { listProducts } from '../../src/domain/products/index.ts';
import { listPortalsOfProducts } from '../../src/domain/publications/index.ts';
import { acceptToken } from '../../src/domain/tokens/index.ts';
import { presentProduct } from '../../src/faces/management-api/products/presenters.ts';

const [folder = ''] = process.argv.slice(2);
const app = express();
for (const name of readdirSync(folder)) {
  const bytes = readFileSync(path.join(folder, name));
  app.get(`/${name}`, (_req, res) => {
    res.type('html').send(bytes);
  });
}

const installation = await compose(readConfig({ ...process.env, LOG_LEVEL: 'silent' }));
app.get('/api-products', async (req, res) => {
  const token = await acceptToken(installation.organisation, (req.headers.authorization ?? '').slice('Bearer '.length));
  const ctx = installation.regionContext('us', SYSTEM);
  if (!token || !ctx) {
    res.status(401).end();
    return;
  }
  const page = { number: 1, size: 100 };
  const listed = await listProducts(ctx, { filters: [], sort: [], page, labels: [], publicLabels: [] });
  const portals = await listPortalsOfProducts(
    ctx,
    listed.items.map(({ id }) => id),
  );
  res.json({
    meta: { page: { ...page, total: listed.total } },
    data: listed.items.map((product) => presentProduct(product, portals.get(product.id) ?? [])),
  });
});

const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`);
});
