import { afterEach, expect, it } from 'vitest';
import { createControlPlane, createGatewayService, listGatewayRoutes } from '../../../src/domain/gateways/index.ts';
import { createProduct, createVersion, getVersion } from '../../../src/domain/products/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { arriveWith, startAdministration, type TestAdministration } from './admin.ts';

const HERE = '/admin/us/control-planes';

onEachDatabase('control planes in the administration', (open) => {
  let administration: TestAdministration;
  afterEach(() => administration.app.close());
  const start = async (): Promise<TestAdministration> => {
    administration = await startAdministration(await open());
    return administration;
  };

  it('are created with services and routes, edited, and deleted with what is in them', async () => {
    const { app, browser } = await start();
    expect((await browser.get(HERE)).$('.empty-state a').attr('href')).toBe(`${HERE}/create`);
    const made = await browser.submit(await browser.get(`${HERE}/create`), { name: 'North', labels: 'zone: north' });
    const plane = made.location ?? '';
    expect((await browser.get(plane)).$('h1').text()).toBe('North');

    const service = await browser.get(`${plane}/services/create`);
    const wrong = await browser.submit(service, { name: 'sailings', url: 'nowhere' });
    expect(wrong.status).toBe(422);
    expect(wrong.$('#field-url-error').text()).toMatch(/protocol, host/);
    expect((await browser.submit(service, { name: 'sailings', url: 'https://api.example.com:8443/v1' })).status).toBe(303);
    const services = await browser.get(`${plane}/services`);
    expect(services.$('tbody code').text()).toBe('https://api.example.com:8443/v1');

    const route = await browser.get(`${plane}/routes/create`);
    const id = route.$('#field-service option').last().attr('value') ?? '';
    const none = await browser.submit(route, { service: id });
    expect(none.status).toBe(422);
    const odd = await browser.submit(route, { paths: 'sailings', protocols: 'smtp' });
    expect(odd.$('#field-paths-error').text()).toContain('a path begins with /');
    expect(odd.$('#field-protocols-error').text()).toContain('protocols are');
    expect((await browser.submit(route, { service: id, paths: '/sailings', methods: 'GET\nPOST' })).status).toBe(303);
    const controlPlaneId = plane.split('/').at(-1) as never;
    const [stored] = (await listGatewayRoutes(app.ctx, controlPlaneId, { size: 10, after: undefined, tags: undefined })).items;
    expect(stored?.fields).toMatchObject({ service: { id }, paths: ['/sailings'], methods: ['GET', 'POST'], strip_path: true });
    const routes = await browser.get(`${plane}/routes`);
    expect(routes.$('tbody td').last().text()).toBe('sailings');

    const edited = await browser.submit(await browser.get(`${plane}/edit`), { name: 'South', labels: '' });
    expect(edited).toMatchObject({ status: 303, location: plane });
    expect((await browser.submit(await browser.get(`${plane}/delete`))).status).toBe(303);
    expect((await browser.get(`${plane}/services`)).status).toBe(404);
  });

  it('have services that versions are linked with, each with one', async () => {
    const { app, browser } = await start();
    const { ctx } = app;
    const plane = await createControlPlane(ctx, { name: 'North' });
    const service = await createGatewayService(ctx, plane.id, { name: 'sailings', url: 'https://api.example.com' });
    const product = await createProduct(ctx, { name: 'Sailings' });
    const one = await createVersion(ctx, product.id, { name: 'v1' });
    const two = await createVersion(ctx, product.id, { name: 'v2' });
    const link = (id: string) => `/admin/us/products/${product.id}/versions/${id}/gateway-service`;
    const form = await browser.get(link(one.id));
    expect((await browser.submit(form, { service: service.id }, link(one.id))).status).toBe(303);
    const version = await browser.get(`/admin/us/products/${product.id}/versions/${one.id}`);
    expect(version.$('.facts').first().text()).toContain('sailings');
    expect((await browser.get(`${HERE}/${plane.id}/services`)).$('tbody td a').text()).toBe('Sailings v1');

    const other = await browser.get(link(two.id));
    expect(other.$('#field-service option').text()).toContain('linked to Sailings v1');
    const taken = await browser.submit(other, { service: service.id }, link(two.id));
    expect(taken.status).toBe(409);
    expect(taken.$('[role="alert"]').text()).toContain('linked to Sailings v1 already');
    const unlinked = await browser.submit(version, {}, `${link(one.id)}/unlink`);
    expect(unlinked.status).toBe(303);
    expect((await getVersion(ctx, { productId: product.id, versionId: one.id })).gatewayService).toBeNull();
  });

  it('are linked with by who edits the version and sees them', async () => {
    const { app } = await start();
    const plane = await createControlPlane(app.ctx, { name: 'North' });
    const { id: service } = await createGatewayService(app.ctx, plane.id, { name: 'sailings', url: 'https://api.example.com' });
    const product = await createProduct(app.ctx, { name: 'Sailings' });
    const version = await createVersion(app.ctx, product.id, { name: 'v1' });
    const page = `/admin/us/products/${product.id}/versions/${version.id}`;
    const send = async (email: string, role: string) => {
      const browser = await arriveWith(app, email, { entityType: 'product', role, entityId: product.id });
      const _csrf = (await browser.get(page)).$('input[name="_csrf"]').attr('value') ?? '';
      return browser.post(`${page}/gateway-service`, { _csrf, controlPlane: plane.id, service });
    };
    expect((await send('vera@example.org', 'Viewer')).status).toBe(403);
    const unseen = await send('max@example.org', 'Maintainer');
    expect(unseen.status).toBe(422);
    expect(unseen.$('.error-summary').text()).not.toBe('');
    expect((await getVersion(app.ctx, { productId: product.id, versionId: version.id })).gatewayService).toBeNull();
  });

  it('are read by a viewer', async () => {
    const { app } = await start();
    const plane = await createControlPlane(app.ctx, { name: 'North' });
    const { id } = await createGatewayService(app.ctx, plane.id, { name: 'sailings', url: 'https://api.example.com' });
    const viewer = await arriveWith(app, 'vera@example.org', { entityType: 'control-plane', role: 'Viewer', entityId: plane.id });
    const page = await viewer.get(`${HERE}/${plane.id}/services/${id}`);
    expect(page.$('main form')).toHaveLength(0);
    expect(page.$('.facts').text()).toContain('https://api.example.com');
    for (const path of ['edit', 'delete', 'services/create', 'routes/create', `services/${id}/delete`])
      expect((await viewer.get(`${HERE}/${plane.id}/${path}`)).status, path).toBe(403);
    const _csrf = page.$('input[name="_csrf"]').attr('value') ?? '';
    expect((await viewer.post(`${HERE}/${plane.id}/delete`, { _csrf })).status).toBe(403);
    expect((await viewer.post(`${HERE}/${plane.id}/services/${id}`, { _csrf, name: '', url: 'https://b.example' })).status).toBe(
      403,
    );
  });
});
