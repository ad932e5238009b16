import { afterEach, expect, it } from 'vitest';
import { listSpecifications, updateSpecification, type Version } from '../../../src/domain/products/index.ts';
import { publishProducts, putPublication } from '../../../src/domain/publications/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { readDescription } from '../../support/openapi.ts';
import { type Published, publish, startPortal, type TestPortal } from './portal.ts';

/** A specification of these paths, and one that is internal; ships have these properties. */
const specification = (version: string, paths: readonly string[], properties: readonly string[] = ['name']): string =>
  JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Harbours', version },
    paths: {
      ...Object.fromEntries(
        paths.map((path) => [
          path,
          {
            get: {
              operationId: `get${path.replaceAll('/', '-')}`,
              summary: `Get ${path}`,
              responses: {
                200: { description: 'OK', content: { 'application/json': { schema: { $ref: '#/components/schemas/Ship' } } } },
              },
            },
          },
        ]),
      ),
      [`/internal-${version}`]: { get: { 'x-internal': true, responses: {} } },
    },
    components: {
      schemas: { Ship: { type: 'object', properties: Object.fromEntries(properties.map((name) => [name, { type: 'string' }])) } },
    },
  });

const PUBLISHED = {
  publishStatus: 'published',
  deprecated: false,
  applicationRegistrationEnabled: false,
  autoApproveRegistration: false,
  authStrategyIds: [],
} as const;

const description = readDescription('src/faces/portal-api/openapi.yaml');

onEachDatabase('what changed in a specification, in a portal', (open) => {
  let portal: TestPortal;
  let published: Published;
  afterEach(() => portal.app.close());

  const start = async (versions: Parameters<typeof publish>[1]['versions'], isPublic = true): Promise<void> => {
    portal = await startPortal(await open(), { isPublic });
    published = await publish(portal, { name: 'Sea', description: 'The sea', ...(versions ? { versions } : {}) });
  };
  const version = (): Version => {
    const [first] = published.versions;
    if (!first) throw new Error('there is no version');
    return first;
  };
  const replace = async (text: string): Promise<void> => {
    const address = { productId: published.product.id, versionId: version().id };
    const [current] = await listSpecifications(portal.ctx, address);
    if (!current) throw new Error('there is no specification');
    await updateSpecification(portal.ctx, { ...address, specificationId: current.id }, { bytes: Buffer.from(text) });
  };
  const first = (): Parameters<typeof start>[0] => [
    { name: 'v1', specification: ['sea.json', specification('1.0', ['/ships', '/old'])] },
  ];
  const words = (text: string): string => text.replace(/\s+/g, ' ').trim();

  it('is nothing as long as it was not replaced', async () => {
    await start(first());
    const { $, status } = await portal.get('/spec/sea/v1/changes');
    expect([status, $('.empty-state').text()]).toEqual([200, expect.stringContaining('Nothing has changed so far')]);
    for (const path of ['/spec/sea/v1', '/docs/sea'])
      expect((await portal.get(path)).text).not.toContain('Specification changed on');
    expect((await portal.get('/spec/sea/v1/changes.md')).text).toContain('Nothing so far');
  });

  it('is listed with what it does to programs, linked to what there is now', async () => {
    await start(first());
    await replace(specification('1.1', ['/ships', '/new'], ['flag']));
    const { $ } = await portal.get('/spec/sea/v1/changes');
    expect(
      $('.change-group-title')
        .toArray()
        .map((title) => words($(title).text())),
    ).toEqual(['Removed operations 1', 'Changed schemas 1', 'New operations 1']);
    const groups = $('.change-group')
      .toArray()
      .map((group) => $(group));
    expect(words(groups[0]?.text() ?? '')).toContain('get /old Get /old Breaking Removed');
    expect(groups[0]?.find('a')).toHaveLength(0);
    expect(words(groups[1]?.text() ?? '')).toContain('Breaking name: removed in responses Compatible flag: new in responses');
    expect(
      groups[1]
        ?.find('a')
        .toArray()
        .map((link) => $(link).attr('href')),
    ).toEqual(['/spec/sea/v1/schemas/Ship', '/spec/sea/v1/operations/get-ships']);
    expect(groups[2]?.find('a').attr('href')).toBe('/spec/sea/v1/operations/get-new');
    expect(
      $('.tabs a')
        .toArray()
        .map((tab) => words($(tab).text())),
    ).toEqual(['Changes 4', 'Breaking 2', 'May break', 'Compatible 2', 'Wording']);
    const breaking = await portal.get($('.tabs a').eq(1).attr('href') ?? '');
    expect(breaking.$('.difference')).toHaveLength(2);
    expect(breaking.$('.change-group-title')).toHaveLength(2);
    expect(breaking.$('meta[name="robots"]').attr('content')).toBe('noindex');
    expect((await portal.get('/spec/sea/v1/changes?show=wording')).text).toContain('Nothing of this kind differs');
    expect((await portal.get('/spec/sea/v1/changes?page=2')).status).toBe(404);
  });

  it('is told on the pages of its version and product', async () => {
    await start(first());
    await replace(specification('1.1', ['/ships']));
    for (const path of ['/spec/sea/v1', '/spec/sea/v1/operations/get-ships', '/docs/sea']) {
      const { $ } = await portal.get(path);
      const link = $('a[href="/spec/sea/v1/changes"]');
      expect(words(link.text())).toBe('Specification changed on 31 Jan 2026');
    }
    expect((await portal.get('/spec/sea/v1.md')).text).toContain('[what changed](/spec/sea/v1/changes.md)');
  });

  it('is compared between any two documents', async () => {
    await start(first());
    await replace(specification('1.1', ['/ships']));
    await replace(specification('1.2', ['/ships', '/new']));
    const { $ } = await portal.get('/spec/sea/v1/changes');
    const values = $('select[name="from"] option')
      .toArray()
      .map((option) => String($(option).attr('value')));
    expect(values).toEqual(['3', '2', '1']);
    expect([$('select[name="from"]').val(), $('select[name="to"]').val()]).toEqual(['2', '3']);
    expect(words($('select[name="to"] option').first().text())).toContain('version 1.2, current');
    expect($('.change-group-title').text()).toContain('New operations');
    const all = await portal.get('/spec/sea/v1/changes?from=1&to=3');
    expect(
      all
        .$('.change-name')
        .toArray()
        .map((name) => words(all.$(name).text())),
    ).toEqual(['get /old', 'get /new']);
    const back = await portal.get('/spec/sea/v1/changes?from=3&to=1');
    expect(words(back.$('.change-group').first().text())).toContain('Removed operations 1 get /new');
    const same = await portal.get('/spec/sea/v1/changes?from=2&to=2');
    expect(same.text).toContain('Nothing of this kind differs');
    expect((await portal.get('/spec/sea/v1/changes?from=9')).status).toBe(404);
    expect((await portal.get('/spec/sea/v1/changes?from=x')).status).toBe(400);
  });

  it('is Markdown for programs', async () => {
    await start(first());
    await replace(specification('1.1', ['/ships', '/new'], ['flag']));
    for (const answer of [
      await portal.get('/spec/sea/v1/changes.md'),
      await portal.get('/spec/sea/v1/changes', { headers: { accept: 'text/markdown' } }),
    ]) {
      expect(answer.headers['content-type']).toBe('text/markdown; charset=utf-8');
      for (const text of [
        '# What changed in [Sea v1](/spec/sea/v1.md)',
        'From 2026-01-31 (version 1.0) to 2026-01-31 (version 1.1).',
        'Differences: 2 breaking, 0 may break, 2 compatible, 0 wording.',
        '### `GET /old`\n\n- Breaking: Removed',
        '### [`Ship`](/spec/sea/v1/schemas/Ship.md)\n\n- Breaking: `name`: removed',
        '[`GET /new`](/spec/sea/v1/operations/get-new.md)',
      ])
        expect(answer.text).toContain(text);
    }
  });

  it('tells nothing of what is internal, or was replaced before developers could see it', async () => {
    await start([{ name: 'v1', unpublished: true, specification: ['sea.json', specification('0.1', ['/ships', '/secret'])] }]);
    await replace(specification('0.2', ['/ships']));
    const ref = { portalId: portal.portal.id, versionId: version().id };
    await putPublication(portal.ctx, ref, PUBLISHED);
    expect((await portal.get('/spec/sea/v1/changes')).text).toContain('Nothing has changed so far');
    expect((await portal.get('/spec/sea/v1/changes?from=1&to=2')).status).toBe(404);
    await replace(specification('0.3', ['/ships', '/new']));
    const { $, text } = await portal.get('/spec/sea/v1/changes');
    expect($('select[name="from"] option')).toHaveLength(2);
    expect(text).not.toMatch(/secret|internal/);
    // to go on being published changes nothing, to be published again does
    await putPublication(portal.ctx, ref, { ...PUBLISHED, deprecated: true });
    expect((await portal.get('/spec/sea/v1/changes?from=2&to=3')).status).toBe(200);
    await putPublication(portal.ctx, ref, { ...PUBLISHED, publishStatus: 'unpublished' });
    expect((await portal.get('/spec/sea/v1/changes')).status).toBe(404);
    await putPublication(portal.ctx, ref, PUBLISHED);
    expect((await portal.get('/spec/sea/v1/changes?from=2&to=3')).status).toBe(404);
  });

  it('goes back no further than the product was in the portal', async () => {
    await start(first());
    const { id } = published.product;
    await replace(specification('1.1', ['/ships']));
    await publishProducts(portal.ctx, portal.portal.id, { [id]: 'unpublished' });
    await publishProducts(portal.ctx, portal.portal.id, { [id]: 'published' });
    expect((await portal.get('/spec/sea/v1/changes')).text).toContain('Nothing has changed so far');
  });

  it('is for developers where the portal is private', async () => {
    await start(first(), false);
    for (const path of ['/spec/sea/v1/changes', '/spec/sea/v1/changes.md']) {
      const { status, headers } = await portal.get(path);
      expect([status, headers.location]).toEqual([303, expect.stringMatching(/^\/login/)]);
    }
  });

  it('is JSON for clients, as described', async () => {
    await start(first());
    const path = () => `/api/portico/v1/products/${published.product.id}/versions/${version().id}/spec/changes`;
    const operation = 'get /products/{productId}/versions/{productVersionId}/spec/changes';
    expect((await portal.get(path())).status).toBe(404);
    await replace(specification('1.1', ['/ships', '/new'], ['flag']));
    const answer = await portal.get(path());
    expect(answer.json).toMatchObject({
      editions: [
        { number: 2, api_version: '1.1' },
        { number: 1, api_version: '1.0' },
      ],
      from: 1,
      to: 2,
      comparison: {
        counts: { breaking: 2, risky: 0, safe: 2, wording: 0 },
        operations: [
          { change: 'removed', path: '/old', differences: [{ effect: 'breaking', text: 'Removed' }] },
          { change: 'added' },
        ],
        schemas: [
          { name: 'Ship', in_place_of: null, operation_count: 1, differences: [{ place: '`name`', sides: ['read'] }, {}] },
        ],
      },
    });
    expect(description.violations(operation, answer)).toEqual([]);
    expect((await portal.get(`${path()}?from=9`)).status).toBe(404);
    const refused = await portal.get(`${path()}?to=-1`);
    expect([refused.status, description.violations(operation, refused)]).toEqual([400, []]);
  });
});
