import { createHash } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { asFirstPage } from '../../../src/faces/portal/first-page.ts';
import { namesIn, readStyleRules } from '../../../src/http/style-rules.ts';
import { onEachDatabase } from '../../support/database.ts';
import { htmlMistakes } from '../../support/html-validity.ts';
import { publish, startPortal, type TestPortal } from './portal.ts';

const CLICKED_ELSEWHERE = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' };
const TYPED = { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate' };
const CLICKED_HERE = { 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'navigate' };
const FETCHED = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' };

const SPECIFICATION = `openapi: 3.1.0
info: { title: Orders, version: "1", description: "<link rel=stylesheet href=/theme/x.css></head>" }
paths: { /orders: { get: { operationId: listOrders, responses: { "200": { description: All } } } } }
`;

const sourceOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

onEachDatabase('the first page that somebody sees', (open) => {
  let at: TestPortal;
  afterEach(() => at.app.close());

  const start = async (): Promise<void> => {
    at = await startPortal(await open(), { isPublic: true });
    await publish(at, {
      name: 'Orders',
      versions: [{ name: 'v1', specification: ['openapi.yaml', SPECIFICATION] as const }],
      documents: [{ slug: 'start', title: 'Start', content: '`<link rel="stylesheet" href="/theme/x.css"></head>`' }],
    });
  };
  const PAGES = ['/', '/docs/orders', '/docs/orders/start', '/spec/orders/v1', '/spec/orders/v1/operations/listOrders'];

  it('carries what it uses of the stylesheets that others link to, in their order, and names the whole of ours', async () => {
    await start();
    for (const path of PAGES) {
      const usual = await at.get(path);
      const addresses = usual
        .$('link[rel="stylesheet"]')
        .toArray()
        .map(({ attribs }) => String(attribs['href']));
      expect(addresses.length).toBeGreaterThan(2);
      const names = namesIn(usual.text);
      const expected = await Promise.all(
        addresses.map(async (address) => {
          const { text } = await at.get(address);
          return address.startsWith('/static/') ? [address, readStyleRules(text).usedBy(names)] : [undefined, text];
        }),
      );
      for (const headers of [CLICKED_ELSEWHERE, TYPED]) {
        const { $ } = await at.get(path, { headers });
        expect($('link[rel="stylesheet"]').length).toBe(0);
        const styles = $('style')
          .toArray()
          .map((style) => [style.attribs['data-part-of'], $(style).text()]);
        expect(styles).toEqual(expected);
      }
    }
  });

  it('says the same, and names its scripts where others load them', async () => {
    await start();
    for (const path of PAGES) {
      const usual = await at.get(path);
      const first = await at.get(path, { headers: TYPED });
      expect(first.$('body').html()).toBe(usual.$('body').html());
      const scripts = usual
        .$('script[type="module"]')
        .toArray()
        .map(({ attribs }) => attribs['src']);
      expect(
        first
          .$('meta[name="script"]')
          .toArray()
          .map(({ attribs }) => attribs['content']),
      ).toEqual(scripts);
      expect(first.$('script[type="module"]').length).toBe(0);
      expect(first.$(String(first.$('link[rel="expect"][blocking="render"]').attr('href'))).length).toBe(1);
      expect(await htmlMistakes(first.text)).toEqual([]);
    }
  });

  it('has a policy for what it carries, to the letter, and for nothing else', async () => {
    await start();
    const { $, headers } = await at.get('/docs/orders/start', { headers: TYPED });
    const policy = String(headers['content-security-policy']);
    const inline = $('script:not([src]):not([type="application/ld+json"])')
      .toArray()
      .map((script) => sourceOf($(script).text()));
    const styles = $('style')
      .toArray()
      .map((style) => sourceOf($(style).text()));
    expect(/script-src ([^;]+)/.exec(policy)?.[1]).toBe(["'self'", ...inline].join(' '));
    expect(/style-src ([^;]+)/.exec(policy)?.[1]).toBe(["'self'", ...styles].join(' '));
    const rest = (text: unknown): string => String(text).replace(/(?:script|style)-src [^;]+; ?/g, '');
    expect(rest(policy)).toBe(
      rest((await at.get('/docs/orders/start')).headers['content-security-policy'])
        .replaceAll(';', '; ')
        .replaceAll(/ +/g, ' '),
    );
  });

  it('is for those alone who come from elsewhere: the next one links to files that are kept', async () => {
    await start();
    const usual = (await at.get('/docs/orders')).text;
    for (const headers of [CLICKED_HERE, FETCHED]) expect((await at.get('/docs/orders', { headers })).text).toBe(usual);
    expect((await at.get('/docs/orders', { headers: TYPED })).text).not.toBe(usual);
    expect((await at.get('/docs/orders', { headers: CLICKED_HERE })).text).toBe(usual);
  });

  it('is left as it is where it has a policy of its own, or is no page', async () => {
    await start();
    for (const path of ['/spec/orders/v1/redoc', '/docs/orders/start.md', '/sitemap.xml']) {
      const usual = await at.get(path);
      const first = await at.get(path, { headers: TYPED });
      expect(first.text).toBe(usual.text);
      expect(first.headers['content-security-policy']).toBe(usual.headers['content-security-policy']);
    }
  });
});

it('a large page is left as it is', () => {
  const page = (length: number) => ({ body: `<head></head><main id="main">${'x'.repeat(length)}</main>` });
  const assets = { stylesheetAt: () => undefined };
  expect(asFirstPage(page(100_000), assets)).not.toEqual(page(100_000));
  expect(asFirstPage(page(150_000), assets)).toEqual(page(150_000));
});
