import { strFromU8, unzipSync, zipSync } from 'fflate';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPortal } from '../../../src/domain/portals/index.ts';
import {
  createDocument,
  createProduct,
  type Document,
  getDocument,
  listDocumentTree,
  listImages,
  type Product,
  placeDocument,
  updateDocument,
} from '../../../src/domain/products/index.ts';
import { publishProducts } from '../../../src/domain/publications/index.ts';
import { imageHash } from '../../../src/lib/image-names.ts';
import { onEachDatabase } from '../../support/database.ts';
import { png } from '../../support/images.ts';
import { arriveWith, startAdministration, type TestAdministration, type TestBrowser } from './admin.ts';
import { arriveAs, givenDocument } from './document-scene.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };

onEachDatabase('the editor of documents', (open) => {
  let administration: TestAdministration;
  let product: Product;
  let document: Document;
  let here: string;
  let editor: string;
  let ada: TestBrowser;
  beforeEach(async () => {
    administration = await startAdministration(await open());
    ada = administration.browser;
    ({ product, document, here, editor } = await givenDocument(administration.app.ctx));
  });
  afterEach(() => administration.app.close());

  const stored = () => getDocument(administration.app.ctx, { productId: product.id, documentId: document.id });

  it('shows whoever saves second both texts and what differs; nothing is lost, and saving again is meant', async () => {
    const grace = await arriveAs(administration.app, 'grace@example.org', 'Grace');
    const [adas, graces] = [await ada.get(editor), await grace.get(editor)];
    expect((await grace.upload(graces, undefined, { content: 'one\ntwo of Grace\n' })).status).toBe(303);
    const conflict = await ada.upload(adas, undefined, { content: 'one\ntwo of Ada\n' });
    expect(conflict.status).toBe(409);
    const { $ } = conflict;
    expect($('.conflict').text()).toContain('Grace changed the text after you had begun');
    expect($('.conflict-theirs').text()).toContain('two of Grace');
    expect([$('.diff del').text(), $('.diff ins').text()]).toEqual(['Grace', 'Ada']);
    expect($('textarea[name="content"]').text()).toContain('two of Ada');
    expect((await stored()).content).toBe('one\ntwo of Grace\n');
    expect((await ada.upload(conflict, undefined)).status).toBe(303);
    expect((await stored()).content).toBe('one\ntwo of Ada\n');
  });

  it('leads to the page of the document in each portal that shows it', async () => {
    const { ctx } = administration.app;
    const leads = async () => {
      const { $ } = await ada.get(editor);
      return $('.admin-title a[href*="/docs/"]')
        .toArray()
        .map((link) => [$(link).text().trim(), $(link).attr('href')]);
    };
    expect(await leads()).toEqual([]);
    const show = async (name: string) => {
      const portal = await createPortal(ctx, { name }, HOSTS);
      await publishProducts(ctx, portal.id, { [product.id]: 'published' });
      return portal;
    };
    const first = await show('partners');
    expect(await leads()).toEqual([['View in portal', `http://${first.defaultDomain}/docs/sailings/tides`]]);
    await show('staff');
    expect((await leads()).map(([text]) => text)).toEqual(['partners', 'staff']);
    const above = await createDocument(ctx, product.id, { slug: 'sea', title: 'Sea', status: 'unpublished', content: '' });
    await placeDocument(ctx, { productId: product.id, documentId: document.id }, { parentId: above.id, index: 0 });
    expect(await leads()).toEqual([]);
  });

  it('puts changes of different fields together', async () => {
    const page = await ada.get(editor);
    await updateDocument(administration.app.ctx, { productId: product.id, documentId: document.id }, { title: 'Theirs' });
    expect((await ada.upload(page, undefined, { content: 'mine\n' })).status).toBe(303);
    expect(await stored()).toMatchObject({ title: 'Theirs', content: 'mine\n' });
    expect((await ada.get(editor)).$('[role="status"]').first().text()).toContain('together with what was changed elsewhere');
  });

  it('renders a text for the preview as portals do, with pictures from here', async () => {
    const _csrf = (await ada.get(editor)).$('input[name="_csrf"]').attr('value') ?? '';
    const hash = 'ab'.repeat(16);
    const content = `# Hi\n\n[next](next.md) ![p](images/${hash}.png) <img src="images/${hash}.gif" onerror="x()">`;
    const { $, status } = await ada.post(`${here}/documents/preview`, { _csrf, content });
    expect(status).toBe(200);
    expect($('a[href="/docs/sailings/next"]').text()).toBe('next');
    expect(
      $('img')
        .map((_, image) => $(image).attr('src'))
        .get(),
    ).toEqual([`${here}/images/${hash}.png`, `${here}/images/${hash}.gif`]);
    expect($('[onerror]')).toHaveLength(0);
  });

  it('draws the diagrams of the preview one at a time, when asked to, and keeps no change', async () => {
    const _csrf = (await ada.get(editor)).$('input[name="_csrf"]').attr('value') ?? '';
    const fence = (source: string): string => `\`\`\`plantuml\n${source}\n\`\`\`\n`;
    const content = `${fence('A -> B')}\n${fence('C -> D')}`;
    const drawn = async (fields: Record<string, string>): Promise<number[]> => {
      const { $ } = await ada.post(`${here}/documents/preview`, { _csrf, content, ...fields });
      return [$('.diagram-light').length, $('.diagram-pending').length];
    };
    expect(await drawn({})).toEqual([0, 2]);
    expect(await drawn({ draw: 'yes' })).toEqual([1, 1]);
    expect(await drawn({ draw: 'yes' })).toEqual([2, 0]);
    expect(await drawn({})).toEqual([2, 0]);
    const page = await ada.upload(await ada.get(editor), undefined, {
      content: `${content}\n${fence('E -> F')}`,
      act: 'preview',
    });
    expect(page.$('.diagram-light')).toHaveLength(3);
    expect(await stored()).toMatchObject({ edition: 1 });
  });

  it('has a history, with what each edition changed, and brings texts back', async () => {
    await ada.upload(await ada.get(editor), undefined, { content: 'one\n2\n', title: 'High tides' });
    const history = await ada.get(`${editor}/history`);
    const rows = history.$('.edition').map((_, row) => history.$(row).text().replace(/\s+/g, ' ').trim());
    expect(rows.get()[0]).toMatch(/^Edition 2 High tides As it is now text, title · You ·/);
    expect(rows.get()[1]).toMatch(/^Edition 1 Tides written · Portico ·/);
    const first = await ada.get(`${editor}/history/1?compare=now`);
    expect([first.$('.diff-removed .diff-text').text(), first.$('.diff-added .diff-text').text()]).toEqual(['two', '2']);
    expect(first.$('.edition-text').text()).toBe('one\ntwo\n');
    expect((await ada.submit(first, {}, `${editor}/history/1/restore`)).status).toBe(303);
    expect(await stored()).toMatchObject({ title: 'Tides', content: 'one\ntwo\n', edition: 3 });
    for (const number of ['0', '4', 'x']) expect((await ada.get(`${editor}/history/${number}`)).status).toBe(404);
  });

  it('takes images by what they are, serves them inert, lists and deletes them', async () => {
    const images = `${here}/images`;
    const page = await ada.get(images);
    const bytes = new Uint8Array(png(4, 3));
    const answer = await ada.upload(page, { name: 'quay.jpeg', text: bytes }, {}, 'application/json');
    expect(answer.status).toBe(201);
    const { path, href } = answer.json;
    expect(path).toBe(`images/${imageHash(bytes)}.png`);
    const image = await ada.get(href);
    expect(image.body).toEqual(Buffer.from(bytes));
    expect(image.headers).toMatchObject({
      ...{ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' },
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect((await ada.get(href.replace('.png', '.gif'))).status).toBe(404);
    const svg = await ada.upload(
      page,
      { name: 'x.png', text: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
      {},
      'application/json',
    );
    expect([svg.status, svg.json.message]).toEqual([422, 'The file is no PNG, JPEG, GIF or WebP image']);
    expect((await ada.upload(page, { name: 'x.png', text: 'x' })).$('#field-file-error').text()).toContain('is no PNG');
    await ada.upload(await ada.get(editor), undefined, { content: `![Quay](${path})` });
    const list = await ada.get(images);
    expect(list.$('.image').text()).toContain('4 × 3 · PNG');
    expect(list.$(`.image a[href="${editor}"]`).text()).toBe('Tides');
    const deletion = await ada.get(list.$('.image a[href$="/delete"]').attr('href') ?? '');
    expect(deletion.$('.consequences').text()).toContain('“Tides” shows it');
    expect((await ada.submit(deletion)).status).toBe(303);
    expect(await listImages(administration.app.ctx, product.id)).toEqual([]);
  });

  it('gives documents as files, and takes them back', async () => {
    const { ctx } = administration.app;
    await createDocument(ctx, product.id, {
      slug: 'ebb',
      title: 'Ebb',
      status: 'unpublished',
      content: 'ebb',
      parentId: document.id,
    });
    const file = await ada.get(`${editor}/file`);
    expect(file.headers['content-disposition']).toBe('attachment; filename=tides.md');
    expect(file.text).toBe('---\ntitle: Tides\nslug: tides\nstatus: published\n---\n\none\ntwo\n');
    const archive = await ada.get(`${here}/documents/archive`);
    const files = unzipSync(archive.body);
    expect(Object.keys(files)).toEqual(['tides/index.md', 'tides/ebb.md']);
    expect(strFromU8(files['tides/ebb.md'] ?? new Uint8Array())).toContain('status: unpublished');

    const other = await createProduct(ctx, { name: 'Copy' });
    const form = await ada.get(`/admin/us/products/${other.id}/documents/import`);
    const zip = { name: 'all.zip', text: new Uint8Array(archive.body) };
    expect((await ada.upload(form, zip)).status).toBe(303);
    const { items } = await listDocumentTree(ctx, other.id, { number: 1, size: 10 });
    expect(items).toMatchObject([{ slug: 'tides', status: 'published', children: [{ slug: 'ebb', status: 'unpublished' }] }]);
  });

  it('takes a folder at once, with its pictures, and says what it left out', async () => {
    const form = await ada.get(`${here}/documents/import`);
    const answer = await ada.upload(form, [
      { name: 'docs/a.md', text: '# A\n![x](img/x.png)' },
      { name: 'docs/img/x.png', text: new Uint8Array(png()) },
      { name: 'docs/notes.txt', text: 'x' },
    ]);
    expect(answer.status).toBe(303);
    expect((await ada.get(`${here}/documents`)).$('[role="status"]').first().text().trim()).toBe(
      '1 document created. Left out: “notes.txt” is neither Markdown nor an image.',
    );
    const [image] = await listImages(administration.app.ctx, product.id);
    expect(image).toMatchObject({ name: 'x.png', usedBy: [{ title: 'A' }] });
    await ada.upload(form, { name: 'a.md', text: '# A' }, { existing: 'keep' });
    expect((await ada.get(`${here}/documents`)).$('[role="status"]').first().text().trim()).toBe('1 document left as it is.');
    const nothing = await ada.upload(form, undefined);
    expect([nothing.status, nothing.$('#field-file-error').text()]).toEqual([422, 'Choose files or a folder']);
    const evil = await ada.upload(form, { name: 'a.zip', text: new Uint8Array(zipSync({ '../a.md': new Uint8Array([65]) })) });
    expect([evil.status, evil.$('#field-file-error').text()]).toEqual([
      422,
      '“../a.md” leads out of the folder that was uploaded',
    ]);
  });

  it('refuses what no database stores, beside its field', async () => {
    const told = async (fields: Record<string, string>, field: string) => {
      const answer = await ada.upload(await ada.get(editor), undefined, fields);
      return [answer.status, answer.$(`#field-${field}-error`).text()];
    };
    const unkept = 'This object is nested too deeply, or holds characters that cannot be kept';
    for (const metadata of ['{"a":"\\u0000"}', '{"\\ud800":1}', `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`])
      expect(await told({ metadata }, 'metadata')).toEqual([422, unkept]);
    const form = await ada.get(`${here}/documents/import`);
    for (const title of ['"a\\0b"', '"a\\ud800b"']) {
      const answer = await ada.upload(form, { name: 'a.md', text: `---\ntitle: ${title}\n---\n\nx` });
      expect([answer.status, answer.$('#field-file-error').text()]).toEqual([
        422,
        expect.stringMatching(/^“a\.md”: title must not/),
      ]);
    }
    const page = await ada.get(editor);
    expect((await ada.upload(page, undefined, { base: '99999999999', content: 'x' })).status).toBe(409);
    const _csrf = page.$('input[name="_csrf"]').attr('value') ?? '';
    expect((await ada.post(`${editor}/draft`, { _csrf, base: '99999999999' })).status).toBe(422);
    expect(await stored()).toMatchObject({ edition: 1 });
  });

  it('takes files whatever they are called', async () => {
    const send = async (path: string, text: string | Uint8Array) => {
      const page = await ada.get(path);
      const boundary = 'between-the-parts';
      const fields = page.$('form[enctype="multipart/form-data"]').first().serializeArray();
      const parts = fields.map(
        ({ name, value }) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      );
      const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename*=UTF-8''a%00b.md\r\n\r\n`;
      const body = Buffer.concat([Buffer.from(parts.join('') + head), Buffer.from(text), Buffer.from(`\r\n--${boundary}--\r\n`)]);
      return (await ada.send(page, body, `multipart/form-data; boundary=${boundary}`)).status;
    };
    expect(await send(`${here}/documents/create`, 'no heading')).toBe(303);
    expect(await send(`${here}/images`, png(2, 2))).toBe(303);
    const { items } = await listDocumentTree(administration.app.ctx, product.id, { number: 1, size: 10 });
    expect(items.map(({ title }) => title)).toEqual(['Tides', 'a\ufffdb']);
    expect(await listImages(administration.app.ctx, product.id)).toMatchObject([{ name: 'a\ufffdb.md' }]);
  });

  it('says how many files it takes at once', async () => {
    const form = await ada.get(`${here}/documents/import`);
    const many = Array.from({ length: 1001 }, (_, number) => ({ name: `docs/${number}.md`, text: 'x' }));
    const answer = await ada.upload(form, many);
    expect([answer.status, answer.$('#field-file-error').text()]).toEqual([
      413,
      'These are more than 1000 files: send them in parts',
    ]);
  });

  it('calls a document without a title as its first heading, whatever stands in blocks of code', async () => {
    const page = await ada.get(`${here}/documents/create`);
    expect((await ada.upload(page, undefined, { content: '```sh\n# install\n```\n\n# Ebb #\n' })).status).toBe(303);
    expect(
      (await ada.upload(page, undefined, { content: `# ${'#'.repeat(300_000)}x` })).$('#field-title-error').text(),
    ).toContain('1000');
    const { items } = await listDocumentTree(administration.app.ctx, product.id, { number: 1, size: 10 });
    expect(items.map(({ title }) => title)).toEqual(['Tides', 'Ebb']);
  });

  it('moves documents below others and up again, without scripts', async () => {
    const { ctx } = administration.app;
    await createDocument(ctx, product.id, { slug: 'ebb', title: 'Ebb', status: 'published' });
    const shape = async () =>
      (await listDocumentTree(ctx, product.id, { number: 1, size: 10 })).items.map(({ slug, children }) => [
        slug,
        children.length,
      ]);
    const step = async (key: string) => {
      const page = await ada.get(`${here}/documents`);
      const form = page.$(`.document-row:contains("Ebb") form[data-step="${key}"]`).last();
      const fields = Object.fromEntries(form.serializeArray().map(({ name, value }) => [name, value]));
      expect((await ada.post(form.attr('action') ?? '', fields)).status).toBe(303);
    };
    await step('in');
    expect(await shape()).toEqual([['tides', 1]]);
    await step('out');
    expect(await shape()).toEqual([
      ['tides', 0],
      ['ebb', 0],
    ]);
    await step('up');
    expect((await shape()).map(([slug]) => slug)).toEqual(['ebb', 'tides']);
    expect((await ada.get(`${here}/documents`)).$('[role="status"]').first().text().trim()).toBe('“Ebb” is moved.');
  });

  it('is for who may edit; whoever may read sees the history, files and images', async () => {
    const viewer = await arriveWith(administration.app, 'vera@example.org', {
      ...{ entityType: 'product', role: 'Viewer', entityId: product.id },
    });
    for (const path of [
      `${editor}/history`,
      `${editor}/history/1`,
      `${editor}/file`,
      `${here}/documents/archive`,
      `${here}/images`,
    ])
      expect([path, (await viewer.get(path)).status]).toEqual([path, 200]);
    const page = await viewer.get(`${here}/images`);
    expect(page.$('form')).toHaveLength(1); // to log out
    const _csrf = page.$('input[name="_csrf"]').attr('value') ?? '';
    for (const path of [`${editor}/draft`, `${editor}/draft/discard`, `${editor}/history/1/restore`, `${here}/documents/preview`])
      expect([path, (await viewer.post(path, { _csrf, base: '1' })).status]).toEqual([path, 403]);
    expect((await viewer.get(`${here}/documents/import`)).status).toBe(403);
  });
});
