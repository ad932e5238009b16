import { afterEach, expect, it } from 'vitest';
import { onEachDatabase } from '../../support/database.ts';
import { addDeveloper, signIn } from '../../support/developers.ts';
import { type PageAnswer, publish, specificationOf, startPortal, type TestPortal } from './portal.ts';

const HOSTILE = 'Sea </script><script>alert(1)</script> & <!-- more\u2028';

/** What a page tells programs: the node of its subject, and the way to it. */
const read = ({ $ }: PageAnswer) => {
  const blocks = $('script[type="application/ld+json"]');
  const data = blocks.length === 1 ? JSON.parse(blocks.text()) : undefined;
  const [subject, way] = data?.['@graph'] ?? [];
  return { data, subject, way: way?.itemListElement.map((step: { item: string; name: string }) => [step.name, step.item]) };
};

onEachDatabase('what a page is, for programs', (open) => {
  let portal: TestPortal;
  const start = async (isPublic = true): Promise<string> => {
    portal = await startPortal(await open(), { isPublic, description: 'All our APIs' });
    await publish(portal, {
      name: HOSTILE,
      description: 'The sea by the hour',
      versions: [
        { name: 'v1', specification: ['sea.yaml', specificationOf({ tide: 1 })] },
        { name: 'v2', unpublished: true },
      ],
      documents: [
        { slug: 'intro', title: 'Introduction', content: 'Hello' },
        { slug: 'tides', title: 'Tides', content: 'Hello' },
        { slug: 'draft', title: 'Draft', content: 'secret', status: 'unpublished' },
      ],
    });
    return `http://${portal.portal.defaultDomain}`;
  };
  afterEach(() => portal.app.close());

  it('says what each page is and where it stands', async () => {
    const origin = await start();
    const home = await portal.get('/');
    const product = home.$('.card a').attr('href') ?? '';
    const slug = product.split('/').at(-1);
    expect(read(home)).toMatchObject({
      data: { '@context': 'https://schema.org' },
      subject: { '@type': 'WebSite', name: 'Main & more', description: 'All our APIs', url: `${origin}/` },
    });
    const about = { '@type': 'WebAPI', name: HOSTILE, url: origin + product };
    expect(read(await portal.get(product))).toMatchObject({
      subject: {
        ...{ ...about, description: 'The sea by the hour', documentation: `${origin}/spec/${slug}/v1` },
        provider: { '@type': 'Organization', name: 'Main & more' },
      },
      way: [
        ['APIs', `${origin}/`],
        [HOSTILE, origin + product],
      ],
    });
    expect(read(await portal.get(`${product}/tides`))).toMatchObject({
      subject: { '@type': 'TechArticle', headline: 'Tides', url: `${origin}${product}/tides`, about },
      way: [
        ['APIs', `${origin}/`],
        [HOSTILE, origin + product],
        ['Tides', `${origin}${product}/tides`],
      ],
    });
    for (const path of ['', '/operations/get-0-0', '/schemas'])
      expect(read(await portal.get(`/spec/${slug}/v1${path}`)).subject, path).toMatchObject({
        ...{ '@type': 'APIReference', version: 'v1', url: `${origin}/spec/${slug}/v1${path}`, about },
      });
    for (const path of ['/search?q=sea', '/?q=sea', '/nothing']) expect(read(await portal.get(path)).data, path).toBeUndefined();
  });

  it('says nothing that the page does not show, and ends nowhere but where it does', async () => {
    await start();
    const product = (await portal.get('/')).$('.card a').attr('href') ?? '';
    for (const path of [product, `${product}/tides`]) {
      const page = await portal.get(path);
      expect(page.text).not.toMatch(/<script>|Draft|secret|\bv2\b/);
      expect(page.$('script:not([src])')).toHaveLength(1);
    }
  });

  it('is for whoever may read the page', async () => {
    await start(false);
    const answer = await portal.get('/');
    expect([answer.status, answer.text.includes('ld+json')]).toEqual([303, false]);
    expect(read(await portal.get('/login')).data).toBeUndefined();
    await addDeveloper(portal.ctx, portal.portal);
    const { cookie } = await signIn(portal.ctx, portal.portal);
    expect(read(await portal.get('/', { headers: { cookie } })).subject).toMatchObject({ '@type': 'WebSite' });
  });
});
