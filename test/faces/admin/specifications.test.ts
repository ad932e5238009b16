import { afterEach, beforeEach, expect, it } from 'vitest';
import { createProduct, createVersion, type Product, type Version } from '../../../src/domain/products/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { arriveWith, startAdministration, type TestAdministration } from './admin.ts';

const GOOD = `openapi: 3.1.0
info: { title: Sailings, version: "2.0" }
paths:
  /sailings:
    get:
      operationId: listSailings
      summary: List sailings
      responses: { "200": { description: All of them, content: { application/json: { schema: { $ref: "#/components/schemas/Sailing" } } } } }
components:
  schemas:
    Sailing: { type: object, properties: { id: { type: string } } }
`;
/** A bracket closes what it did not open. */
const BAD = `openapi: 3.1.0
info: { title: Sailings, version: "2.0" }
paths:
  /sailings: { get: ] }
  /ports: {}
`;

onEachDatabase('specifications in the administration', (open) => {
  let administration: TestAdministration;
  let product: Product;
  let version: Version;
  let here: string;
  beforeEach(async () => {
    administration = await startAdministration(await open());
    const { ctx } = administration.app;
    product = await createProduct(ctx, { name: 'Sailings' });
    version = await createVersion(ctx, product.id, { name: 'v2' });
    here = `/admin/us/products/${product.id}/versions/${version.id}/specification`;
  });
  afterEach(() => administration.app.close());

  it('say of every finding where it is, with the lines around it; then take the mended document', async () => {
    const { browser } = administration;
    const form = await browser.get(here);
    expect(form.$('h1').text()).toBe('Upload a specification');
    const refused = await browser.upload(form, { name: 'sailings.yaml', text: BAD });
    expect(refused.status).toBe(422);
    const finding = refused.$('.finding').first();
    expect(refused.$('[role="alert"] h2').text()).toBe('The document is refused');
    expect(finding.find('.finding-place').text()).toMatch(/Line \d+, column \d+/);
    expect(refused.$('.finding-current code').text()).toContain('/sailings: { get: ] }');
    const accepted = await browser.upload(refused, { name: 'sailings.yaml', text: GOOD });
    expect(accepted).toMatchObject({ status: 303, location: here });
    const page = await browser.get(here);
    expect(page.$('.facts').text().replace(/\s+/g, ' ')).toMatch(/OpenAPI 3.1.0 ?Holds ?1 operation/);
  });

  it('are pasted, kept when refused, replaced, renamed, downloaded and deleted', async () => {
    const { browser } = administration;
    const form = await browser.get(here);
    const nothing = await browser.upload(form, undefined, { text: ' ' });
    expect(nothing.status).toBe(422);
    expect(nothing.$('#field-file-error').text()).toBe('Choose a file, or paste the document');
    const refused = await browser.upload(form, undefined, { text: BAD });
    expect(refused.$('#field-text').val()).toContain('get: ]');
    expect((await browser.upload(form, undefined, { text: GOOD })).status).toBe(303);
    const replaced = await browser.upload(await browser.get(here), {
      name: 'C:\\specs\\v2.txt',
      text: GOOD.replace('2.0', '2.1'),
    });
    expect(replaced.status).toBe(303);
    const page = await browser.get(here);
    expect(page.$('#facts-title').text()).toBe('v2.yaml');
    const wrong = await browser.submit(page, { name: 'v2.txt' }, `${here}/name`);
    expect(wrong.status).toBe(422);
    expect((await browser.submit(page, { name: 'sailings.yml' }, `${here}/name`)).status).toBe(303);
    const file = await browser.get(`${here}/file`);
    expect(file.headers['content-disposition']).toContain('sailings.yml');
    expect(file.text).toBe(GOOD.replace('2.0', '2.1'));
    const gone = await browser.submit(await browser.get(`${here}/delete`));
    expect(gone).toMatchObject({ status: 303, location: here.replace('/specification', '') });
    expect((await browser.get(`${here}/file`)).status).toBe(404);
  });

  it('are previewed as developers will read them', async () => {
    const { browser } = administration;
    await browser.upload(await browser.get(here), { name: 'v2.yaml', text: GOOD });
    const page = await browser.get(`${here}/preview`);
    expect(page.$('h1').text()).toBe('Preview of Sailings');
    const link = page.$('.operation-index a');
    expect(link.text()).toBe('List sailings');
    const operation = await browser.get(link.attr('href') ?? '');
    expect(operation.$('article.operation')).toHaveLength(1);
    const schema = operation.$(`a[href="${here}/preview/schemas/Sailing"]`);
    expect((await browser.get(schema.attr('href') ?? '')).status).toBe(200);
    expect((await browser.get(`${here}/preview/operations/nothing`)).status).toBe(404);
  });

  it('are listed with what each of them changed, downloaded, and forgotten', async () => {
    const { browser } = administration;
    await browser.upload(await browser.get(here), { name: 'v2.yaml', text: GOOD });
    expect((await browser.get(here)).$('.specification-edition')).toHaveLength(0);
    const changed = GOOD.replace('operationId: listSailings', 'deprecated: true').replace(
      'id: { type: string }',
      'id: { type: integer }',
    );
    await browser.upload(await browser.get(here), { name: 'v2.yaml', text: changed });
    const page = await browser.get(here);
    const rows = page
      .$('.specification-edition')
      .toArray()
      .map((row) => page.$(row));
    expect(rows.map((row) => row.find('.badge').text())).toEqual(['As it is now', '']);
    expect(rows[0]?.text()).toContain('You');
    expect(page.$('.specification-changes').text().replace(/\s+/g, ' ')).toContain('1 breaking 1 may break 1 compatible');
    const changes = await browser.get(page.$('.specification-changes a').attr('href') ?? '');
    expect(changes.$('h1').text()).toBe('What changed');
    expect(changes.$('.change-name a').attr('href')).toBe(`${here}/preview/operations/get-sailings`);
    expect(changes.text).toContain('instead of <code>string</code>');
    const breaking = await browser.get(changes.$('.tabs a').eq(1).attr('href') ?? '');
    expect(breaking.$('.difference')).toHaveLength(1);
    expect((await browser.get(`${here}/changes?from=2&to=1`)).status).toBe(200);
    expect((await browser.get(`${here}/changes?from=7`)).status).toBe(404);

    expect((await browser.get(`${here}/editions/1/file`)).text).toBe(GOOD);
    expect((await browser.get(`${here}/editions/x/file`)).status).toBe(404);
    const forget = rows[1]?.find('a').last().attr('href') ?? '';
    const gone = await browser.submit(await browser.get(forget));
    expect(gone).toMatchObject({ status: 303, location: here });
    expect((await browser.get(`${here}/editions/1/file`)).status).toBe(404);
    expect((await browser.get(`${here}/changes`)).text).toContain('Nothing has changed so far');
  });

  it('are compared before they are sent for good', async () => {
    const { app, browser } = administration;
    await browser.upload(await browser.get(here), { name: 'v2.yaml', text: GOOD });
    const other = GOOD.replace('/sailings:', '/trips:');
    const form = await browser.get(here);
    expect(form.$('button[formaction]').attr('formaction')).toBe(`${here}/changes`);
    form.$('form[enctype]').attr('action', `${here}/changes`);
    const preview = await browser.upload(form, { name: 'trips.yaml', text: other });
    expect(preview.$('h1').text()).toBe('What would change');
    expect(preview.$('.panel').text().replace(/\s+/g, ' ')).toContain('trips.yaml 1 breaking');
    expect((await browser.get(`${here}/file`)).text).toBe(GOOD);
    preview.$('form[enctype]').append('<input type="file" name="file">');
    expect((await browser.upload(preview, undefined)).status).toBe(303);
    const file = await browser.get(`${here}/file`);
    expect([file.text, file.headers['content-disposition']]).toEqual([other, expect.stringContaining('trips.yaml')]);

    // What a form would change on its way is chosen again.
    const windows = await browser.upload(form, { name: 'a.yaml', text: GOOD.replaceAll('\n', '\r\n') });
    expect(windows.$('input[name="text"]')).toHaveLength(0);
    expect(windows.text).toContain('Choose the file again');
    const refused = await browser.upload(form, { name: 'a.yaml', text: BAD });
    expect([refused.status, refused.$('[role="alert"] h2').text()]).toEqual([422, 'The document is refused']);
    const viewer = await arriveWith(app, 'vera@example.org', { entityType: 'product', role: 'Viewer', entityId: product.id });
    expect((await viewer.get(`${here}/changes`)).status).toBe(200);
    expect((await viewer.get(`${here}/editions/1/forget`)).status).toBe(403);
  });

  it('are no business of a form without its token, of a viewer, or of too large a body', async () => {
    const { app, browser } = administration;
    const form = await browser.get(here);
    expect((await browser.upload(form, { name: 'a.yaml', text: GOOD }, { _csrf: 'wrong' })).status).toBe(403);
    expect((await browser.post(here, { text: GOOD })).status).toBe(415);
    const viewer = await arriveWith(app, 'vera@example.org', { entityType: 'product', role: 'Viewer', entityId: product.id });
    const page = await viewer.get(here);
    expect(page.status).toBe(200);
    expect(page.$('main form')).toHaveLength(0);
  });
});
