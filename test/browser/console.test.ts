import type { RequestListener } from 'node:http';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/database/connect.ts';
import { createSpecification } from '../../src/domain/products/index.ts';
import { updatePublication } from '../../src/domain/publications/index.ts';
import { decideRegistrations, listRegistrations } from '../../src/domain/registrations/index.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { CHROMIUM, sharedChromium } from '../support/chromium.ts';
import { freshDatabase } from '../support/database.ts';
import { addDeveloper, signIn } from '../support/developers.ts';
import { startHttpServer, type TestServer } from '../support/http-server.ts';
import { registrationScene } from '../support/registrations.ts';
import { applicationPages } from './application-pages.ts';
import { type Habits, openWindows, type Visitor, type Windows } from './visitor.ts';

const specification = (server: string): string => `openapi: 3.1.0
info: {title: Orders, version: "1"}
servers: [{url: "${server}/v1"}]
paths:
  /orders/{id}:
    post:
      operationId: sendOrder
      summary: Send an order
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: tag, in: query, schema: {type: array, items: {type: string}}}
        - {name: state, in: query, schema: {type: string, enum: [open, closed]}}
        - {name: filter, in: query, style: deepObject, explode: true, schema: {type: object}}
        - {name: session, in: cookie, schema: {type: string}}
      requestBody:
        content:
          application/json: {schema: {type: object, required: [name], properties: {name: {type: string, example: cork}}}}
          application/merge-patch+json: {schema: {type: object}}
          multipart/form-data: {schema: {type: object, properties: {note: {type: string}, paper: {type: string, format: binary}}}}
      responses: {'200': {description: OK, content: {application/json: {}}}}
  /elsewhere:
    get: {operationId: away, summary: Go away, responses: {'302': {description: Elsewhere}}}
  /closed:
    get: {operationId: closed, summary: Ask what is closed, responses: {'200': {description: OK}}}
`;

/** An API that tells what it was sent; pages may call it but for one path. */
const api: RequestListener = (req, res) => {
  if (!req.url?.startsWith('/v1/closed'))
    for (const name of ['origin', 'headers', 'methods']) res.setHeader(`Access-Control-Allow-${name}`, '*');
  if (req.method === 'OPTIONS') return res.writeHead(204).end();
  if (req.url === '/v1/elsewhere') return res.writeHead(302, { location: '/v1/there' }).end();
  return res
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ path: req.url, key: req.headers['apikey'] ?? null }));
};

const CONSOLE = '/spec/orders/v1/operations/sendOrder/try';

/** The console as one uses it. */
const consolePages = (page: Page) => ({
  send: () => page.getByRole('button', { name: 'Send request' }).click(),
  /** What the API says that it was sent. */
  answered: async (): Promise<string> => {
    await page.locator('.console-answer .console-facts').waitFor();
    return (await page.locator('.console-answer').textContent()) ?? '';
  },
  code: () => page.locator('[data-console-code] [data-lang=shell] code').textContent(),
});

describe.skipIf(CHROMIUM === undefined)('the console in a browser', () => {
  let connection: Connection;
  let app: TestApp;
  let server: TestServer;
  let scene: Awaited<ReturnType<typeof registrationScene>>;
  let windows: Windows;
  let visitor: Visitor;

  const arrive = async (email: string, habits: Habits = {}) => {
    await addDeveloper(app.ctx, scene.portal, { email });
    const { accessToken } = await signIn(app.ctx, scene.portal, email);
    visitor = await windows.arrive(habits);
    await visitor.page.context().addCookies([{ name: 'portalaccesstoken', value: accessToken, url: app.url }]);
    return { page: visitor.page, console: consolePages(visitor.page) };
  };
  const sendByPortal = (consoleProxy: boolean) =>
    updatePublication(app.ctx, { portalId: scene.portal.id, versionId: scene.version.id }, { consoleProxy });

  beforeAll(async () => {
    connection = await freshDatabase('sqlite');
    app = await startApp(connection, { env: { CONSOLE_NETWORKS: '127.0.0.1,::1' } });
    server = await startHttpServer(api);
    scene = await registrationScene(app.ctx);
    const address = { productId: scene.product.id, versionId: scene.version.id };
    await createSpecification(app.ctx, address, { name: 'orders.yaml', bytes: Buffer.from(specification(server.url)) });
    windows = openWindows(await sharedChromium(), app.url);
  });
  afterEach(() => windows.leave());
  afterAll(async () => {
    await windows.close();
    await app.close();
    await server.close();
    await connection.close();
  });

  it.each([
    { width: 360, scheme: 'light' },
    { width: 768, scheme: 'dark' },
    { width: 1280, scheme: 'light' },
  ] as const)('sends from the browser at $width pixels, $scheme', async (habits) => {
    await sendByPortal(false);
    const { page, console } = await arrive(`browser-${habits.width}@example.com`, habits);
    await page.goto('/spec/orders/v1/operations/sendOrder');
    await page.getByRole('link', { name: 'Try it' }).click();
    await page.waitForURL(`**${CONSOLE}`);
    expect(await visitor.inspect()).toEqual([]);
    await console.send();
    await page.getByRole('link', { name: 'id is required' }).click();
    await page.keyboard.type('a/b');
    await page.getByRole('textbox', { name: 'tag' }).fill('x\ny z');
    await page.getByRole('combobox', { name: 'state' }).selectOption('open');
    await page.getByRole('textbox', { name: 'filter' }).fill('{"from": "Faro"}');
    const path = '/v1/orders/a%2Fb?tag=x&tag=y%20z&state=open&filter%5Bfrom%5D=Faro';
    await expect.poll(console.code).toContain(`'${server.url}${path}'`);
    await page.getByRole('textbox', { name: 'application/json' }).press('Control+Enter');
    expect(await console.answered()).toContain(`"path": "${path}"`);
    expect(await console.answered()).toMatch(/200\s*\d+ ms/);
    const [received] = server.received.slice(-1);
    expect([received?.method, received?.body.toString()]).toEqual(['POST', '{\n  "name": "cork"\n}']);
    expect(received?.headers).toMatchObject({ 'content-type': 'application/json', origin: app.url });
    expect(await visitor.inspect()).toEqual([]);
  });

  it('says why the browser cannot send, and what could', async () => {
    await sendByPortal(true);
    const { page, console } = await arrive('cors@example.com');
    await page.goto('/spec/orders/v1/operations/closed/try');
    await page.getByRole('combobox', { name: 'Send' }).selectOption('browser');
    await console.send();
    expect(await console.answered()).toMatch(/CORS[\s\S]*by way of the portal instead/);
    await page.getByRole('combobox', { name: 'Send' }).selectOption('portal');
    await console.send();
    await expect.poll(console.answered).toContain('"path": "/v1/closed"');
    await page.goto('/spec/orders/v1/operations/away/try');
    await page.getByRole('combobox', { name: 'Send' }).selectOption('browser');
    await console.send();
    expect(await console.answered()).toContain('redirect, which is not followed');
  });

  it.each([true, false])('sends by way of the portal, files too (scripts: %s)', async (scripts) => {
    await sendByPortal(true);
    const { page, console } = await arrive(`portal-${scripts}@example.com`, { scripts, width: 768 });
    await page.goto(CONSOLE);
    await page.locator('.console-media > label', { hasText: 'multipart/form-data' }).click();
    await page.getByRole('textbox', { name: 'id' }).fill('7');
    await page.getByRole('textbox', { name: 'session' }).fill('crumb');
    await page.getByRole('textbox', { name: 'API key' }).fill('pasted');
    await page.getByLabel('paper').setInputFiles({ name: 'paper.txt', mimeType: 'text/plain', buffer: Buffer.from('PAPER') });
    await console.send();
    expect(await console.answered()).toContain('"key": "pasted"');
    const [received] = server.received.slice(-1);
    expect(received?.body.toString()).toContain('filename="paper.txt"\r\nContent-Type: text/plain\r\n\r\nPAPER');
    expect(received?.headers.cookie).toBe('session=crumb');
    expect(await page.getByRole('textbox', { name: 'id' }).inputValue()).toBe('7');
    if (scripts) expect(await visitor.inspect()).toEqual([]);
    expect(visitor.complaints).toEqual([]);
  });

  it.each([true, false])('keeps what was typed for each media type of the body (scripts: %s)', async (scripts) => {
    await sendByPortal(true);
    const { page, console } = await arrive(`media-${scripts}@example.com`, { scripts });
    await page.goto(CONSOLE);
    await page.getByRole('textbox', { name: 'id' }).fill('7');
    await page.getByRole('textbox', { name: 'application/json' }).fill('{"name": "oak"}');
    await page.getByRole('radio', { name: 'application/json' }).focus();
    await page.keyboard.press('ArrowRight');
    const patch = page.getByRole('textbox', { name: 'application/merge-patch+json' });
    expect(await page.getByRole('textbox', { name: 'application/json' }).isVisible()).toBe(false);
    expect((await patch.inputValue()) === '{"name": "oak"}').toBe(scripts);
    await page.locator('.console-media > label', { hasText: 'multipart/form-data' }).click();
    await page.getByRole('textbox', { name: 'note' }).fill('in a hurry');
    await console.send();
    expect(await console.answered()).toContain('200');
    await page.locator('.console-media > label', { hasText: 'application/json' }).click();
    expect(await page.getByRole('textbox', { name: 'application/json' }).inputValue()).toBe('{"name": "oak"}');
    await page.locator('.console-media > label', { hasText: 'multipart/form-data' }).click();
    expect(await page.getByRole('textbox', { name: 'note' }).inputValue()).toBe('in a hurry');
    if (scripts) expect(await visitor.inspect()).toEqual([]);
  });

  it('can be sent from wherever one is in its form, and hides nothing that has the focus', async () => {
    await sendByPortal(true);
    const { page } = await arrive('long@example.com');
    await page.setViewportSize({ width: 1280, height: 500 });
    await page.goto(CONSOLE);
    const send = page.getByRole('button', { name: 'Send request' });
    const isBelow = async () => ((await page.locator('.console-form').boundingBox())?.height ?? 0) > 500;
    expect(await isBelow()).toBe(true);
    const edge = async () => (await page.locator('.console-send').boundingBox())?.y ?? 0;
    expect((await send.boundingBox())?.y).toBeLessThan(500);
    const fields = page.locator('.console-form').locator('input[type=text], textarea');
    for (const field of await fields.all()) {
      if (!(await field.isVisible())) continue;
      await field.focus();
      // Of a large one, the line that is written in shows.
      const box = await field.boundingBox();
      expect((box?.y ?? 0) + Math.min(box?.height ?? 0, 40)).toBeLessThanOrEqual(await edge());
    }
  });

  it('shows the request as code, without a script and without the portal', async () => {
    await sendByPortal(false);
    const { page, console } = await arrive('code@example.com', { scripts: false });
    await page.goto(CONSOLE);
    expect(await page.getByLabel('API key').isVisible()).toBe(false);
    await page.getByRole('textbox', { name: 'id' }).fill('7');
    await page.getByRole('button', { name: 'Show the request as code' }).click();
    expect(await console.code()).toContain(`curl --request POST \\\n  '${server.url}/v1/orders/7'`);
    expect(await console.code()).not.toContain('apikey');
  });

  it('fills in the key of an application that was just made, until somebody logs out', async () => {
    await sendByPortal(false);
    const { page, console } = await arrive('own@example.com');
    const pages = applicationPages(page);
    await pages.register('/spec/orders/v1');
    await pages.registerNew('Shop');
    const { items } = await listRegistrations(app.ctx, {}, { filters: [], sort: [], page: { number: 1, size: 100 } });
    await decideRegistrations(
      app.ctx,
      items.map(({ id }) => id),
      { status: 'approved' },
    );
    await page.goto(page.url()); // a page that only just came cannot always be loaded again
    const key = await pages.generateKey('till');
    await page.getByRole('button', { name: 'Use it in this tab' }).click();
    await page.goto(CONSOLE);
    expect(await page.getByRole('combobox', { name: 'Use the key of' }).locator('option:checked').textContent()).toBe('Shop');
    await expect.poll(console.code).toContain('apikey: YOUR_API_KEY');
    await page.getByRole('textbox', { name: 'id' }).fill('7');
    await console.send();
    expect(await console.answered()).toContain(`"key": "${key}"`);
    expect(await visitor.inspect()).toEqual([]);
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.waitForLoadState();
    expect(await page.evaluate('Object.keys(sessionStorage).length')).toBe(0);
  });
});
