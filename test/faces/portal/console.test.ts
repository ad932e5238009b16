import type { RequestListener } from 'node:http';
import { load } from 'cheerio';
import { pino } from 'pino';
import { afterEach, expect, it } from 'vitest';
import type { ComposeOptions } from '../../../src/compose.ts';
import { createTrialSender } from '../../../src/connectors/console.ts';
import { createRateLimits } from '../../../src/connectors/rate-limits.ts';
import type { Ports } from '../../../src/domain/context.ts';
import type { NewPortal } from '../../../src/domain/portals/index.ts';
import { updatePublication } from '../../../src/domain/publications/index.ts';
import { networkOf } from '../../../src/lib/network.ts';
import { onEachDatabase } from '../../support/database.ts';
import { addDeveloper, signIn } from '../../support/developers.ts';
import { htmlMistakes } from '../../support/html-validity.ts';
import { startHttpServer, type TestServer } from '../../support/http-server.ts';
import { type PageAnswer, publish, startPortal, type TestPortal } from './portal.ts';

const LIMITS = { networks: ['127.0.0.1', '::1'], timeoutMs: 30_000, maxBytes: 10_000 };
const CONSOLE = '/spec/ships/v1/operations/sendShip/try';

const specification = (server: string): string =>
  JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Ships', version: '1' },
    servers: [
      { url: server },
      { url: 'https://{region}.ships.example', variables: { region: { default: 'eu', enum: ['eu', 'us'] } } },
    ],
    paths: {
      '/ships/{id}': {
        post: {
          operationId: 'sendShip',
          summary: 'Send a ship',
          deprecated: true,
          security: [{ key: [] }],
          parameters: [
            { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
            { name: 'port', in: 'query', deprecated: true, schema: { type: 'array', items: { type: 'string' } } },
            { name: 'session', in: 'cookie', schema: { type: 'string' } },
          ],
          requestBody: {
            content: {
              'application/json': { schema: { type: 'object' } },
              'multipart/form-data': {
                schema: {
                  type: 'object',
                  properties: { papers: { type: 'string', format: 'binary' }, name: { type: 'string' } },
                },
              },
            },
          },
          responses: { 200: { description: 'OK' } },
        },
      },
    },
    webhooks: { sunk: { post: { operationId: 'sunk', responses: {} } } },
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
  });

interface Given extends Omit<ComposeOptions, 'ports'> {
  readonly isProxied?: boolean;
  readonly limits?: typeof LIMITS;
  readonly listener?: RequestListener;
  readonly portal?: Partial<NewPortal>;
  readonly ports?: Partial<Ports>;
}

onEachDatabase('the console of an operation', (open) => {
  let at: TestPortal;
  let api: TestServer | undefined;
  afterEach(async () => {
    await at.app.close();
    await api?.close();
    api = undefined;
  });

  const start = async ({
    isProxied = true,
    limits = LIMITS,
    listener = (_req, res) => res.writeHead(201, { 'content-type': 'application/json', 'set-cookie': 'a=b' }).end('{"ok":true}'),
    portal = {},
    ...options
  }: Given = {}): Promise<TestServer> => {
    api = await startHttpServer(listener);
    const ports = { sendTrial: createTrialSender(limits), ...options.ports };
    at = await startPortal(await open(), portal, { ...options, ports }, { CONSOLE_MAX_BYTES: String(LIMITS.maxBytes) });
    const { versions } = await publish(at, {
      name: 'Ships',
      versions: [{ name: 'v1', specification: ['ships.json', specification(`${api.url}/v1`)] }],
    });
    const [version] = versions;
    if (version) await updatePublication(at.ctx, { portalId: at.portal.id, versionId: version.id }, { consoleProxy: isProxied });
    return api;
  };

  const cookieOf = ({ headers }: PageAnswer): string =>
    (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');

  /** Sends the form of a page with what was typed, as a browser without scripts does. */
  const submit = async (
    page: PageAnswer,
    typed: Record<string, string | File> = {},
    { cookie = cookieOf(page), action = CONSOLE }: { cookie?: string; action?: string } = {},
  ): Promise<PageAnswer> => {
    const form = new FormData();
    const fields = page.$('form.console-form').serializeArray();
    for (const { name, value } of fields) if (!(name in typed)) form.append(name, value);
    for (const [name, value] of Object.entries(typed)) form.append(name, value);
    const encoded = new Response(form);
    const body = Buffer.from(await encoded.arrayBuffer());
    const headers = { cookie, 'content-type': encoded.headers.get('content-type') ?? '' };
    const answer = await at.app.request('POST', action, { body, headers });
    return Object.assign(answer, { $: load(answer.text) });
  };

  it('is led to by every operation that can be called, and by no webhook', async () => {
    await start();
    const operation = await at.get('/spec/ships/v1/operations/sendShip');
    expect(operation.$('.operation-tools a').attr('href')).toBe(CONSOLE);
    expect((await at.get('/spec/ships/v1')).$('article .operation-tools a').attr('href')).toBe(CONSOLE);
    expect((await at.get('/spec/ships/v1/operations/sunk')).$('.operation-tools')).toHaveLength(0);
    expect((await at.get('/spec/ships/v1/operations/sunk/try')).status).toBe(404);
    expect((await at.get('/spec/ships/v1/operations/sendShip.md')).text).not.toContain('Try it');
  });

  it('asks for what the operation takes, and reaches the servers of the specification alone', async () => {
    const { url } = await start();
    const { $, headers, status } = await at.get(CONSOLE);
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toContain(
      `connect-src 'self' ${new URL(url).origin} https://eu.ships.example https://us.ships.example;`,
    );
    expect((await at.get('/spec/ships/v1')).headers['content-security-policy']).toContain("connect-src 'self';");
    expect($('meta[name=robots]').attr('content')).toBe('noindex');
    expect(
      $('form.console-form [name]')
        .map((_, field) => $(field).attr('name'))
        .get(),
    ).toEqual([
      ...['_csrf', 'of', 'server', 'variable-1-0', 'secret-0', 'parameter-0', 'parameter-1', 'parameter-2'],
      ...['media', 'body-0', 'media', 'field-1-0', 'field-1-1'],
    ]);
    expect($('#console-title').text()).toBe('Try: Send a ship deprecated');
    expect($('.operation-path .path-parameter').text()).toBe('{id}');
    // What chooses a body calls it; its own label is there for who does not see that.
    expect($('#console-body legend').text()).toBe('Body optional');
    expect($('label[for=field-body-0]').attr('class')).toBe('visually-hidden');
    expect($('#field-parameter-1-hint').text()).toBe('list of string, deprecated, one a line');
    const other = await at.get(`${CONSOLE}?media=1`);
    for (const page of [other.text, (await submit(other, { 'parameter-0': '' })).text])
      expect(await htmlMistakes(page)).toEqual([]);
    expect(other.$('[name=field-1-0]').attr('type')).toBe('file');
    expect(other.$('[name=media]:checked').attr('value')).toBe('1');
  });

  it('sends by way of the portal, and shows the answer and the code', async () => {
    const server = await start();
    const page = await at.get(CONSOLE);
    const typed = {
      'parameter-0': 'a/b',
      'parameter-1': 'x\r\ny',
      'parameter-2': 'crumb',
      'secret-0': 'k-1',
      'body-0': '{"a":\r\n1}',
    };
    const { $, status, headers, text } = await submit(page, typed);
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect($('.console-facts').text()).toContain('201');
    expect($('.console-answer pre').text()).toBe('{\n  "ok": true\n}');
    expect($('.console-headers').text()).not.toMatch(/set-cookie/i);
    expect($('[data-lang=shell] code').text()).toContain(
      `curl --request POST \\\n  '${server.url}/v1/ships/a%2Fb?port=x&port=y'`,
    );
    expect($('[name=parameter-0]').attr('value')).toBe('a/b');
    expect(text).not.toContain('k-1');
    const [received] = server.received;
    expect([received?.method, received?.path, received?.body.toString()]).toEqual([
      ...['POST', '/v1/ships/a%2Fb?port=x&port=y', '{"a":\n1}'],
    ]);
    expect(received?.headers).toMatchObject({ 'x-key': 'k-1', 'content-type': 'application/json', cookie: 'session=crumb' });
  });

  it('sends files', async () => {
    const server = await start();
    const page = await at.get(`${CONSOLE}?media=1`);
    const papers = new File(['PDF'], 'ship "x".pdf', { type: 'application/pdf' });
    const { $ } = await submit(page, { 'parameter-0': '7', 'field-1-0': papers, 'field-1-1': 'Ada' });
    expect($('.console-facts').text()).toContain('201');
    const [received] = server.received;
    expect(received?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=portico-/);
    expect(received?.body.toString()).toContain('filename="ship %22x%22.pdf"\r\nContent-Type: application/pdf\r\n\r\nPDF\r\n');
    expect(received?.body.toString()).toContain('name="name"\r\n\r\nAda\r\n');
    expect($('#field-field-1-0-notice').text()).toMatch(/^“ship "x".pdf” has to be chosen again: /);
    expect($('#field-field-1-0').attr('aria-describedby')).toContain('field-field-1-0-notice');
  });

  it('says what is wrong, and sends nothing then', async () => {
    const server = await start();
    const page = await at.get(CONSOLE);
    const missing = await submit(page, { 'parameter-0': '' });
    expect(missing.status).toBe(422);
    expect(missing.$('.error-summary a').attr('href')).toBe('#field-parameter-0');
    expect(missing.$('#field-parameter-0').attr('aria-invalid')).toBe('true');
    const other = await submit(page, { 'parameter-0': '7', of: 'another' });
    expect(other.status).toBe(422);
    expect(other.$('.error-summary').text()).toContain('The specification has changed');
    expect((await submit(page, { 'parameter-0': '7', _csrf: 'x' })).status).toBe(403);
    expect(server.received).toEqual([]);
  });

  it('says how much may be sent, and keeps what was typed', async () => {
    const server = await start();
    const page = await at.get(CONSOLE);
    const typed = 'ü'.repeat(9_000);
    const long = await submit(page, { 'parameter-0': '7', 'body-0': typed });
    expect(long.status).toBe(413);
    expect(long.$('.error-summary').text()).toMatch(/it may have 10 kB at most/i);
    expect(long.$('[name=body-0]').text()).toBe(typed);
    const papers = new File(['x'.repeat(300_000)], 'papers.pdf', { type: 'application/pdf' });
    for (const large of [{ 'field-1-0': papers }, { 'body-0': 'x'.repeat(250_000) }]) {
      const refused = await submit(page, { 'parameter-0': 'seven', ...large });
      expect(refused.status).toBe(413);
      expect(refused.$('.error-summary').text()).toMatch(/may have 10 kB at most/i);
      expect(refused.$('[name=parameter-0]').attr('value')).toBe('seven');
    }
    expect(server.received).toEqual([]);
  });

  it('keeps what was typed for each media type of the body', async () => {
    await start();
    const page = await at.get(CONSOLE);
    const { $ } = await submit(page, { 'parameter-0': '', media: '1', 'body-0': '{"kept": 1}', 'field-1-1': 'Ada' });
    expect($('[name=media]:checked').attr('value')).toBe('1');
    expect($('[name=body-0]').text()).toBe('{"kept": 1}');
    expect($('[name=field-1-1]').attr('value')).toBe('Ada');
  });

  it('says of servers that it cannot reach why', async () => {
    await start();
    const words = async (name: string, servers: readonly object[]) => {
      const text = JSON.stringify({ ...JSON.parse(specification('')), servers });
      await publish(at, { name, versions: [{ name: 'v1', specification: ['ships.json', text] }] });
      return at.get(`/spec/${name.toLowerCase()}/v1/operations/sendShip/try`);
    };
    const relative = await words('Boats', [{ url: '/v1' }]);
    expect(relative.$('.message').text()).toContain('names /v1 without a host');
    expect(relative.$('.message').text()).toContain('with https://api.example.com/v1 where');
    const { $ } = await words('Rafts', [{ url: '/v1' }, { url: 'https://rafts.example' }, { url: 'wss://rafts.example' }]);
    expect($('#console-server .server-url').text()).toBe('https://rafts.example');
    expect($('#console-server .field-hint').text()).toMatch(/also names \/v1 without a host.*and not wss:\/\/rafts\.example/);
    expect((await words('Canoes', [])).$('.message').text()).toContain('The specification names no server.');
  });

  it('reaches no server but those of the specification, whatever is sent', async () => {
    const server = await start();
    const page = await at.get(CONSOLE);
    for (const [name, value] of [
      ['server', 'https://evil.example'],
      ['variable-1-0', 'evil.example/'],
    ] as const)
      await submit(page, { 'parameter-0': '7', [name]: value });
    expect(server.received.map(({ path }) => path)).toEqual(['/v1/ships/7', '/v1/ships/7']);
    await submit(page, { 'parameter-0': '..' });
    expect(server.received).toHaveLength(2);
  });

  const REFUSALS: readonly (readonly [string, Given, string])[] = [
    [
      'a redirect',
      { listener: (_req, res) => res.writeHead(302, { location: 'http://x.example/' }).end() },
      'A redirect to http://x.example/',
    ],
    ['an answer that is too large', { listener: (_req, res) => res.end('x'.repeat(20_000)) }, 'larger than 10000 bytes'],
    ['a server that is too slow', { listener: () => undefined, limits: { ...LIMITS, timeoutMs: 50 } }, 'did not answer in time'],
    ['a private address that nobody has named', { limits: { ...LIMITS, networks: [] } }, 'may not be reached'],
  ];
  it.each(REFUSALS)('tells of %s', async (_name, given, expected) => {
    await start(given);
    const { $, status } = await submit(await at.get(CONSOLE), { 'parameter-0': '7' });
    expect(status).toBe(200);
    expect($('.console-answer').text()).toContain(expected);
  });

  it('shows the code alone where requests do not go by way of the portal; keys then never get there', async () => {
    const server = await start({ isProxied: false });
    const page = await at.get(CONSOLE);
    expect(page.$('#field-secret-0').attr('name')).toBeUndefined();
    const { $, status } = await submit(page, { 'parameter-0': '7', 'parameter-1': 'x', 'body-0': '{"a":1}' });
    expect(status).toBe(200);
    expect($('[data-lang=shell] code').text()).toContain(`${server.url}/v1/ships/7?port=x`);
    expect($('[data-lang=shell] code').text()).toContain(`--data '{"a":1}'`);
    expect(server.received).toEqual([]);
  });

  it('limits how often it is used, by address and by developer', async () => {
    const rateLimits = createRateLimits(await open());
    const server = await start({ ports: { rateLimits } });
    const page = await at.get(CONSOLE);
    // All but three of the 120 that an address may send.
    for (let n = 0; n < 117; n++) await rateLimits.count('console from an address', networkOf('127.0.0.1'));
    const statuses: number[] = [];
    for (let n = 0; n < 4; n++) statuses.push((await submit(page, { 'parameter-0': '7' })).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect(server.received).toHaveLength(3);
    const refused = await submit(page, { 'parameter-0': '7' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.$('.error-summary').text()).toContain('Too many');
  });

  it('is for whoever may read the portal, and notes nothing of what was sent', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
    const server = await start({ portal: { isPublic: false }, log });
    expect((await at.get(CONSOLE)).headers.location).toBe(`/login?returnTo=${encodeURIComponent(CONSOLE)}`);
    expect((await at.app.request('POST', CONSOLE)).status).toBe(303);
    await addDeveloper(at.ctx, at.portal);
    const { cookie } = await signIn(at.ctx, at.portal);
    const page = await at.get(CONSOLE, { headers: { cookie } });
    const before = at.app.installation.revision('us');
    const answer = await submit(page, { 'parameter-0': 'quiet', 'secret-0': 'k-secret' }, { cookie });
    expect(answer.$('.console-facts').text()).toContain('201');
    expect(server.received[0]?.headers.cookie).toBeUndefined();
    expect(await at.app.installation.revision('us')).toBe(await before);
    expect(lines.join('')).toContain('/try');
    expect(lines.join('')).not.toMatch(/quiet|k-secret/);
  });
});
