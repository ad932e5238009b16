import { afterEach, expect, it } from 'vitest';
import { deleteUnusedDiagrams, updateDocument } from '../../../src/domain/products/index.ts';
import type { DrawnDiagram } from '../../../src/rendering/diagrams/diagram.ts';
import { onEachDatabase } from '../../support/database.ts';
import { addPortal, type Published, publish, startPortal, type TestPortal } from './portal.ts';

const FENCE = '```';
const GOOD = 'title A <call>\nA -> B';
const TEXT = `# Flow\n\n${FENCE}plantuml\n${GOOD}\n${FENCE}\n\n> ${FENCE}mermaid title="In a quote"\n> broken\n> ${FENCE}\n`;

const svg = (theme: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><title>${theme}</title></svg>`;

onEachDatabase('diagrams in a portal', (open) => {
  let portal: TestPortal;
  const start = async (isPublic = true): Promise<Published> => {
    const drawDiagram = ({ source }: { source: string }): Promise<DrawnDiagram> =>
      Promise.resolve(
        source.includes('broken')
          ? { drawn: false, message: 'Line 1: <odd>' }
          : { drawn: true, light: svg('light'), dark: svg('dark'), width: 20, height: 10 },
      );
    portal = await startPortal(await open(), { isPublic }, { ports: { drawDiagram } });
    return publish(portal, {
      name: 'Sea',
      documents: [
        { slug: 'intro', title: 'Introduction', content: 'Hello' },
        { slug: 'flow', title: 'Flow', content: TEXT },
      ],
    });
  };
  afterEach(() => portal.app.close());

  it('are a hundred in a document, and code after that', async () => {
    await start();
    const content = Array.from({ length: 33_000 }, (_, at) => `${FENCE}mermaid\n${at}\n${FENCE}\n`).join('');
    await publish(portal, { name: 'Land', documents: [{ slug: 'many', title: 'Many', content }] });
    await portal.app.installation.worker.runDue();
    const { status, $ } = await portal.get('/docs/land/many');
    expect([status, $('.diagram').length, $('.diagram img').length]).toEqual([200, 100, 200]);
    expect($('.prose > .code-block')).toHaveLength(32_900);
  });

  it('show their source until they are drawn, then images for light and dark pages', async () => {
    await start();
    const before = await portal.get('/docs/sea/flow');
    expect(before.$('.diagram-note').first().text()).toContain('is being drawn');
    expect(before.$('.diagram details').first().attr('open')).toBe('open');
    expect(before.$('.diagram pre').first().text()).toBe(`${GOOD}\n`);
    expect(before.$('.diagram img').length).toBe(0);

    await portal.app.installation.worker.runDue();
    const after = await portal.get('/docs/sea/flow');
    expect(
      after
        .$('.diagram img')
        .map((_, image) => after.$(image).attr('alt'))
        .get(),
    ).toEqual(['A <call>', 'A <call>']);
    expect(after.$('.diagram details').first().attr('open')).toBeUndefined();
    expect(after.$('.diagram pre').first().text()).toBe(`${GOOD}\n`);
    for (const theme of ['light', 'dark']) {
      const image = await portal.get(after.$(`.diagram-${theme}`).attr('src') ?? '');
      expect(image.status).toBe(200);
      expect(image.headers['content-type']).toMatch(/^image\/svg\+xml/);
      expect(image.headers['content-security-policy']).toBe("default-src 'none'; style-src 'unsafe-inline'; sandbox");
      expect(image.headers['x-content-type-options']).toBe('nosniff');
      expect(image.body.toString()).toBe(svg(theme));
    }
  });

  it('that cannot be drawn say why, with their source, and break nothing', async () => {
    await start();
    await portal.app.installation.worker.runDue();
    const { $, status } = await portal.get('/docs/sea/flow');
    expect(status).toBe(200);
    expect($('.diagram-broken').text()).toBe('This diagram cannot be drawn. Line 1: <odd>');
    expect($('.diagram').last().find('figcaption').text()).toBe('In a quote');
    expect($('.diagram').last().find('details').attr('open')).toBe('open');
  });

  it('are there for whoever may read a document that holds them, and for nobody else', async () => {
    const { documents } = await start();
    await portal.app.installation.worker.runDue();
    const { $ } = await portal.get('/docs/sea/flow');
    const address = $('.diagram-light').attr('src') ?? '';
    const other = await addPortal(portal.ctx, { name: 'other' });
    expect((await portal.get(address, { host: other.defaultDomain })).status).toBe(404);
    expect((await portal.get(address.replace('light.svg', 'other.svg'))).status).toBe(404);
    expect((await portal.get(address.replace(/\w{40}/, '0'.repeat(40)))).status).toBe(404);

    const [, flow] = documents;
    if (!flow) throw new Error('there is a second document');
    const at = { productId: flow.productId, documentId: flow.id };
    await updateDocument(portal.ctx, at, { status: 'unpublished' });
    expect((await portal.get(address)).status).toBe(404);
    await updateDocument(portal.ctx, at, { status: 'published' });
    expect((await portal.get(address)).status).toBe(200);
    await updateDocument(portal.ctx, at, { content: 'No more of it' });
    expect((await portal.get(address)).status).toBe(404);

    const count = (): Promise<unknown[]> => portal.ctx.db.selectFrom('diagrams').select('hash').execute();
    expect(await count()).toHaveLength(2);
    await deleteUnusedDiagrams(portal.ctx);
    expect(await count()).toHaveLength(0);
  });

  it('of a private portal are for its developers', async () => {
    await start(false);
    const answer = await portal.get(`/diagrams/${'0'.repeat(40)}/light.svg`);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toMatch(/^\/login/);
  });
});
