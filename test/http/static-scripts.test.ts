import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAssets } from '../../src/http/static-assets.ts';
import { inChosenTheme } from '../../src/http/theme-choice.ts';
import { createViews } from '../../src/http/views.ts';
import { raw } from '../../src/lib/html.ts';
import { CHROMIUM, sharedChromium } from '../support/chromium.ts';

const ROOT = join(import.meta.dirname, '../..');
const assets = createAssets(join(ROOT, 'static'));
const views = createViews({ directory: join(ROOT, 'views'), assets, cache: true });

const component = (name: string, params: object): string => views.render(`components/${name}/template.njk`, { params });

const STACK = (group: string, mark: string): string => `
  <div data-tabs="${group}" data-label="Languages">
    <details${mark} open><summary>curl</summary><pre>curl it</pre></details>
    <details${mark}><summary>Python</summary><pre>import it</pre></details>
    <details${mark}><summary>Go</summary><pre>go it</pre></details>
  </div>`;

const PAGES: Readonly<Record<string, string>> = {
  '/theme': component('theme-switch', {}),
  '/copy': '<pre>one line\n</pre><div class="code-block"><pre>framed</pre></div>',
  '/time': component('time', { at: '2020-01-01T00:00:00Z', relative: true }),
  '/filter': `<p hidden><label>Filter <input data-filter="list"></label> <output data-filter-status="list"></output></p>
    <ul id="list">
      <li><a href="#a">List sailings</a></li>
      <li><details><summary>Ports</summary><ul><li><a href="#b">List ports</a></li><li><a href="#c">Close a port</a></li></ul></details></li>
    </ul>`,
  '/filter-operations': `<p hidden><label>Filter <input data-filter="list"></label>
      <output data-filter-status="list" data-counted=".method" data-one="operation" data-many="operations"></output></p>
    <ul id="list">
      <li><a href="#overview">Overview of ports</a></li>
      <li><a href="#ports">Ports</a><ul><li><a href="#b">List ports <b class="method">get</b></a></li><li><a href="#c">Close a port <b class="method">del</b></a></li></ul></li>
      <li><a href="#harbours">Harbours</a><ul><li><a href="#b">List ports <b class="method">get</b></a></li></ul></li>
    </ul>`,
  '/menu': component('select-menu', {
    ...{ id: 'version', action: '/chosen', name: 'version', label: 'Version' },
    options: [
      { value: 'v1', text: 'v1' },
      { value: 'v2', text: 'v2' },
    ],
  }),
  '/chosen': '<p>Chosen</p>',
  '/tabs': STACK('code', ' data-tab') + STACK('code', ' data-tab'),
  '/stacks': STACK('code', '') + STACK('code', ''),
  '/schema':
    '<dl><dt><a data-schema="Port" href="/schemas/Port">Port</a></dt><dd></dd></dl><p><a data-schema="Gone" href="/gone">Gone</a></p>',
  '/find': `<form action="/operations"><input name="q" data-find="operations"><p role="status" data-filter-status="operations"></p></form>
    <nav id="operations"><a href="/all">All</a></nav>`,
  '/group': `<link rel="alternate" type="text/markdown" href="/group.md"><article class="operation"><header class="operation-header"><h2 class="operation-title"><a href="/operation">It</a></h2></header>
    <details class="sample" data-lang="shell"><pre><code>curl it</code></pre></details></article>`,
  '/operation': `<link rel="alternate" type="text/markdown" href="/operation.md"><article class="operation"><header class="operation-header"><h2 class="operation-title"><a href="/operation">It</a></h2></header>
    <details class="sample" data-lang="shell"><pre><code>curl it</code></pre></details></article>`,
  '/twice': '<form method="post" action="/kept"><button>Make a key</button></form>',
  '/legacy': '<div data-hash-redirect></div>',
};

describe.skipIf(CHROMIUM === undefined)('the scripts of pages', () => {
  let context: BrowserContext;
  let page: Page;
  let server: Server;
  let origin: string;
  let errors: string[];
  let kept = 0;

  beforeAll(async () => {
    const app = express();
    app.use((_request, response, next) => {
      response.set('Content-Security-Policy', "default-src 'self'");
      next();
    });
    app.use(assets.router);
    app.get('/schemas/Port', (request, response) => {
      response.send(
        request.query['fragment'] === '1' ? '<div id="x" class="fragment">A port has a name</div>' : '<p>The whole page</p>',
      );
    });
    app.get('/operations', (request, response) => {
      const { q, fragment } = request.query;
      response.send(fragment === '1' && q === 'sail' ? '<ul><li><a href="/sail">Sail</a></li></ul>' : '<ul></ul>');
    });
    app.get('/operation.md', (_request, response) => {
      response.type('text/markdown').send('# It');
    });
    app.post('/kept', (_request, response) => {
      kept += 1;
      response.status(204).end(); // the page stays
    });
    app.get('/gone', (request, response) => {
      response.status(request.query['fragment'] === '1' ? 500 : 200).send('<p>The page instead</p>');
    });
    app.get('/*path', (request, response) => {
      const body = raw(PAGES[request.path] ?? '').value;
      const html = `<!doctype html><html lang="en" data-theme="dark"><head><title>Page</title>
        <link rel="stylesheet" href="${assets.url('css/portal.css')}">
        <script type="module" src="${assets.url('js/portal.js')}"></script></head><body>${body}</body></html>`;
      response.send(inChosenTheme(request, html));
    });
    server = createServer(app).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    context = await (await sharedChromium()).newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  });

  afterAll(async () => {
    await context.close();
    server.close();
  });

  beforeEach(async () => {
    page = await context.newPage();
    errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
  });

  afterEach(async () => {
    await page.evaluate('localStorage.clear()');
    await context.clearCookies();
    await page.close();
    expect(errors).toEqual([]);
  });

  const visit = (path: string): Promise<unknown> => page.goto(origin + path, { waitUntil: 'load' });
  const theme = (): Promise<unknown> => page.evaluate('document.documentElement.dataset.theme');
  const isShown = (selector: string): Promise<boolean> => page.locator(selector).isVisible();

  it('theme: begins with the portal’s, goes round, and the next page comes in it', async () => {
    await visit('/theme');
    expect(await theme()).toBe('dark');
    const button = page.getByRole('button', { name: 'Theme: dark. Switch to as your system' });
    await button.click();
    expect(await theme()).toBe('system');
    await page.getByRole('button', { name: /^Theme: as your system/ }).click();
    expect(await theme()).toBe('light');
    await visit('/theme');
    expect(await theme()).toBe('light');
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
  });

  it('forms that change something are sent once when their button is pressed twice, and again when that is meant', async () => {
    await page.clock.install();
    await visit('/twice');
    const press = () => page.getByRole('button').press('Enter');
    await Promise.all([page.waitForResponse('**/kept'), press()]);
    await press();
    await page.clock.fastForward(5000);
    await Promise.all([page.waitForResponse('**/kept'), press()]);
    expect(kept).toBe(2);
  });

  it('copy: the button keeps the focus where there is no clipboard', async () => {
    await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await visit('/copy');
    const [button] = await page.getByRole('button', { name: 'Copy code' }).all();
    await button?.press('Enter');
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('code-copy');
  });

  it('copy: every block of code has one button, and says when it is done', async () => {
    await visit('/copy');
    const buttons = page.getByRole('button', { name: 'Copy code' });
    expect(await buttons.count()).toBe(2);
    await buttons.first().click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('one line');
  });

  it('time: shows the distance, and the instant as its title', async () => {
    await visit('/time');
    expect(await page.locator('time').textContent()).toMatch(/years ago/);
    expect(await page.locator('time').getAttribute('title')).toMatch(/20(19|20)/);
  });

  it('filter: all words must match, groups open for their matches, Escape brings everything back', async () => {
    await visit('/filter');
    await page.getByLabel('Filter').fill('port list');
    expect(await isShown('a[href="#a"]')).toBe(false);
    expect(await isShown('a[href="#b"]')).toBe(true);
    expect(await isShown('a[href="#c"]')).toBe(false);
    expect(await page.locator('output').textContent()).toBe('1 of 3 entries');
    await page.getByLabel('Filter').press('Escape');
    expect(await isShown('a[href="#a"]')).toBe(true);
    expect(await isShown('a[href="#b"]')).toBe(false);
  });

  it('filter: says of how many operations, each once, those that match, whatever else the list holds', async () => {
    await visit('/filter-operations');
    const said = async (text: string): Promise<string | null> => {
      await page.getByLabel('Filter').fill(text);
      return page.locator('output').textContent();
    };
    expect(await said('port')).toBe('2 of 2 operations');
    expect(await said('list')).toBe('1 of 2 operations');
    expect(await said('overview')).toBe('No operation matches');
    expect(await isShown('a[href="#overview"]')).toBe(true);
    expect(await said('')).toBe('');
  });

  it('select menu: goes there when something is chosen', async () => {
    await visit('/menu');
    expect(await page.getByRole('button', { name: 'Go' }).isVisible()).toBe(false);
    await page.getByLabel('Version').selectOption('v2');
    await page.waitForURL('**/chosen?version=v2');
  });

  it('tabs: by mouse and keyboard, together with their group, and remembered', async () => {
    await visit('/tabs');
    const selected = page.getByRole('tab', { selected: true });
    expect(await selected.allTextContents()).toEqual(['curl', 'curl']);
    await page.getByRole('tab', { name: 'Python' }).first().click();
    expect(await selected.allTextContents()).toEqual(['Python', 'Python']);
    await page.keyboard.press('ArrowRight');
    expect(await selected.allTextContents()).toEqual(['Go', 'Go']);
    await page.keyboard.press('ArrowRight');
    expect(await selected.allTextContents()).toEqual(['curl', 'curl']);
    await page.keyboard.press('End');
    expect(await page.getByRole('tabpanel', { name: 'Go' }).first().textContent()).toContain('go it');
    await visit('/tabs');
    expect(await selected.allTextContents()).toEqual(['Go', 'Go']);
  });

  it('stacks without tabs: change together with their group, and are remembered', async () => {
    await visit('/stacks');
    const opened = page.locator('details[open] > summary');
    await page.locator('summary', { hasText: 'Python' }).first().click();
    expect(await opened.allTextContents()).toEqual(['Python', 'Python']);
    await visit('/stacks');
    expect(await opened.allTextContents()).toEqual(['Python', 'Python']);
  });

  it('schemas: open in place and close again; a failure leads to the page', async () => {
    await visit('/schema');
    const link = page.getByRole('link', { name: 'Port' });
    await link.click();
    await page.locator('dd .fragment').waitFor();
    expect(await link.getAttribute('aria-expanded')).toBe('true');
    expect(await page.locator('#x').count()).toBe(0);
    await link.click();
    expect(await page.locator('.fragment').count()).toBe(0);
    await page.getByRole('link', { name: 'Gone' }).click();
    await page.waitForURL('**/gone');
  });

  it('find: shows what the server finds in the place of what the page lists', async () => {
    await visit('/find');
    const field = page.locator('input');
    await field.fill('sail');
    await page.getByRole('link', { name: 'Sail' }).waitFor();
    expect(await isShown('#operations')).toBe(false);
    expect(await page.getByRole('status').textContent()).toBe('1 found');
    await field.fill('none');
    await page.getByText('No operation matches').waitFor();
    await field.press('Escape');
    await page.getByRole('link', { name: 'All' }).waitFor();
    expect(await field.inputValue()).toBe('');
  });

  it('operations: are copied as curl and as Markdown', async () => {
    await visit('/operation');
    await page.getByRole('button', { name: 'Copy as Markdown' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('# It');
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await page.waitForFunction("navigator.clipboard.readText().then((text) => text === 'curl it')");
  });

  it('operations: the only one of a group is not taken for all of it', async () => {
    await visit('/group');
    await page.getByRole('button', { name: 'Copy as curl' }).waitFor();
    expect(await page.getByRole('button', { name: 'Copy as Markdown' }).count()).toBe(0);
  });

  it.each(['#/Ports/listPorts', '#tag/Ports/operation/listPorts', '#operation/listPorts', '#/operations/listPorts'])(
    'legacy fragment %s leads to the operation',
    async (hash) => {
      await visit(`/legacy${hash}`);
      await page.waitForURL('**/legacy?operation=listPorts');
    },
  );
});
