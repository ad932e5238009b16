import { afterEach, expect, it } from 'vitest';
import type { ProductId } from '../../../src/domain/ids.ts';
import {
  addImage,
  createProduct,
  type DocumentSummary,
  listDocuments,
  updateDocument,
} from '../../../src/domain/products/index.ts';
import { imagePath } from '../../../src/lib/image-names.ts';
import { onEachDatabase } from '../../support/database.ts';
import { png } from '../../support/images.ts';
import { addPortal, publish, startPortal, type TestPortal } from './portal.ts';

onEachDatabase('documents in a portal', (open) => {
  let portal: TestPortal;
  const start = async (): Promise<TestPortal> => {
    portal = await startPortal(await open());
    return portal;
  };
  afterEach(() => portal.app.close());

  const introductionOf = async (productId: ProductId): Promise<DocumentSummary> => {
    const [first] = (await listDocuments(portal.ctx, productId, { number: 1, size: 1 })).items;
    if (!first) throw new Error('the product has no document');
    return first;
  };

  const GUIDES = [
    {
      slug: 'intro',
      title: 'Introduction',
      content: 'Read [the guide](guide.md#keys), [more](./sub/part) and [elsewhere](https://example.com).',
    },
    { slug: 'guide', title: 'Guide', content: '# The guide\n\n## Keys\n\ntext\n\n## Calls\n\ntext' },
    { slug: 'part', title: 'Part', parent: 'guide', content: 'Part of it.' },
    { slug: 'draft', title: 'Draft', status: 'unpublished' as const },
    { slug: 'below-draft', title: 'Below', parent: 'draft' },
    { slug: 'last', title: 'Last', content: '' },
  ];

  it('show pictures of their product, to whoever may read one that shows them, and to nobody else', async () => {
    const { get, ctx } = await start();
    const { product } = await publish(portal, { name: 'Sea', versions: [{ name: 'v1' }], documents: GUIDES });
    const image = await addImage(ctx, product.id, { name: 'x.png', bytes: png() });
    const { id: hidden } = await createProduct(ctx, { name: 'Hidden' });
    await addImage(ctx, hidden, { name: 'x.png', bytes: png() });
    const { id: documentId } = await introductionOf(product.id);
    await updateDocument(ctx, { productId: product.id, documentId }, { content: `![x](${imagePath(image)})` });
    const address = (await get('/docs/sea')).$('.prose img').attr('src') ?? '';
    expect(address).toBe(`/docs/sea/${imagePath(image)}`);
    const shown = await get(address);
    expect(shown.body).toEqual(png());
    expect(shown.headers).toMatchObject({
      ...{ 'content-type': 'image/png', 'x-content-type-options': 'nosniff', 'cache-control': 'public, max-age=3600' },
      'content-security-policy': "default-src 'none'; sandbox",
    });
    const again = await get(address, { headers: { 'if-none-match': String(shown.headers.etag) } });
    expect(again.status).toBe(304);
    for (const path of [address.replace('/sea/', '/hidden/'), address.replace('.png', '.webp'), address.replace(image.hash, 'x')])
      expect((await get(path)).status).toBe(404);
    const answers = async (changes: object): Promise<number> => {
      await updateDocument(ctx, { productId: product.id, documentId }, changes);
      return (await get(address)).status;
    };
    expect(await answers({ status: 'unpublished' })).toBe(404);
    expect(await answers({ status: 'published' })).toBe(200);
    expect(await answers({ content: 'without' })).toBe(404);
  });

  it('show as a tree, in order, with neighbours and an outline', async () => {
    const { get } = await start();
    await publish(portal, { name: 'Sea', versions: [{ name: 'v1', deprecated: true }, { name: 'v2' }], documents: GUIDES });
    const intro = await get('/docs/sea');
    expect(intro.$('h1').text()).toBe('Introduction');
    const side = intro.$('.side-nav a');
    expect(side.map((_, link) => intro.$(link).attr('href')).get()).toEqual([
      '/docs/sea',
      '/docs/sea/guide',
      '/docs/sea/part',
      '/docs/sea/last',
      '/spec/sea/v2',
      '/spec/sea/v1',
    ]);
    expect(intro.$('.side-nav a[aria-current="page"]').attr('href')).toBe('/docs/sea');
    expect(
      intro
        .$('.side-nav .badge')
        .map((_, badge) => intro.$(badge).text())
        .get(),
    ).toEqual(['Latest', 'Deprecated']);
    expect(
      intro
        .$('.prose a')
        .map((_, link) => intro.$(link).attr('href'))
        .get(),
    ).toEqual(['/docs/sea/guide#keys', '/docs/sea/part', 'https://example.com']);

    const guide = await get('/docs/sea/guide');
    expect(
      guide
        .$('h1')
        .map((_, heading) => guide.$(heading).clone().children().remove().end().text().trim())
        .get(),
    ).toEqual(['The guide']);
    expect(
      guide
        .$('.outline a')
        .map((_, link) => guide.$(link).attr('href'))
        .get(),
    ).toEqual(['#keys', '#calls']);
    expect(guide.$('a[rel="prev"]').attr('href')).toBe('/docs/sea');
    expect(guide.$('a[rel="next"]').attr('href')).toBe('/docs/sea/part');
    expect(guide.$('.document-edited time').attr('datetime')).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(guide.$('title').text()).toBe('Guide · Sea · Main & more');

    const part = await get('/docs/sea/guide/part');
    expect(part.$('link[rel="canonical"]').attr('href')).toMatch(/\/docs\/sea\/part$/);
    expect(
      part
        .$('.breadcrumbs li')
        .map((_, step) => part.$(step).text().trim())
        .get(),
    ).toEqual(['APIs', 'Sea', 'Guide', 'Part']);
    expect((await get('/docs/sea/last')).$('main').text()).toContain('This page is empty so far');
  });

  it('are found by id and by slug in any case, below whatever way', async () => {
    const { get } = await start();
    const { product, documents } = await publish(portal, { name: 'Sea', documents: GUIDES });
    for (const path of [
      `/docs/${product.id}/guide`,
      '/docs/SEA/GUIDE',
      `/docs/sea/${documents[1]?.id}`,
      '/docs/sea/any/way/guide',
      '/docs/sea/guide/',
    ])
      expect((await get(path)).status, path).toBe(200);
  });

  it('do not exist where they, or what they belong to, are not published', async () => {
    const { get, ctx } = await start();
    const other = { ...portal, portal: await addPortal(ctx, { name: 'other' }) };
    await publish(portal, { name: 'Sea', documents: GUIDES });
    await publish(other, { name: 'Elsewhere', documents: GUIDES });
    await publish(portal, { name: 'Unassigned', assigned: false, documents: GUIDES });
    const nowhere = [
      '/docs/sea/draft',
      '/docs/sea/below-draft',
      '/docs/sea/none',
      '/docs/none',
      '/docs/elsewhere',
      '/docs/elsewhere/guide',
      '/docs/unassigned',
      '/docs/%00',
      '/docs/sea/%E0%A4%A',
    ];
    for (const path of nowhere) {
      const page = await get(path);
      expect(page.status, path).toBe(404);
      expect(page.$('h1').text()).toBe('Page not found');
    }
    expect((await get('/docs/elsewhere', { host: 'other.localhost' })).status).toBe(200);
  });

  it('follow their text', async () => {
    const { get, ctx } = await start();
    const { product, documents } = await publish(portal, { name: 'Sea', documents: GUIDES });
    expect((await get('/docs/sea')).text).not.toContain('Fresh text');
    await updateDocument(
      ctx,
      { productId: product.id, documentId: documents[0]?.id ?? (product.id as never) },
      { content: 'Fresh text' },
    );
    expect((await get('/docs/sea')).text).toContain('Fresh text');
  });

  it('hold nothing that runs, whatever was written', async () => {
    const { get } = await start();
    const content =
      '<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[x](javascript:alert(1))\n\n<a href="javascript:alert(1)">y</a>\n\n{{ 7*7 }}';
    await publish(portal, { name: 'Sea', documents: [{ slug: 'bad', title: '<b onclick=x>', content }] });
    const { $, text } = await get('/docs/sea');
    expect($('main script, main [onerror], main [onclick], main a[href^="javascript"]')).toHaveLength(0);
    expect($('.side-nav').text()).toContain('<b onclick=x>');
    expect(text).toContain('{{ 7*7 }}');
  });

  it('may be long: those are rendered elsewhere', async () => {
    const { get } = await start();
    const content = Array.from({ length: 600 }, (_, n) => `## Part ${n}\n\nSome words about [part ${n}](other-${n}).`).join(
      '\n\n',
    );
    await publish(portal, { name: 'Sea', documents: [{ slug: 'long', title: 'Long', content }] });
    const { $ } = await get('/docs/sea');
    expect($('.prose h2')).toHaveLength(600);
    expect($('.prose a[href="/docs/sea/other-599"]')).toHaveLength(1);
  });

  it('are not needed: a product without any shows its versions', async () => {
    const { get } = await start();
    await publish(portal, {
      name: 'Bare',
      description: 'Nothing on',
      publicLabels: { a: 'b' },
      versions: [{ name: 'version#1' }],
    });
    await publish(portal, { name: 'Barest' });
    const { $ } = await get('/docs/bare');
    expect($('h1').text()).toBe('Bare');
    expect($('.version h3 a').attr('href')).toBe('/spec/bare/version-1');
    expect($('.version').text()).toContain('no specification yet');
    expect((await get('/docs/barest')).$('.empty-state-title').text()).toBe('No version is published yet');
  });
});
