import { type CheerioAPI, load } from 'cheerio';
import type { Connection } from '../../../src/database/connect.ts';
import { type Grant, ORGANISATION_ADMIN, type Role } from '../../../src/domain/access/index.ts';
import { type Administrator, createAdministrator, setPassword } from '../../../src/domain/administrators/index.ts';
import { assignEntityRole, assignRole } from '../../../src/domain/roles/index.ts';
import { type Answer, send, startApp, type TestApp } from '../../support/app.ts';

export const PASSWORD = 'four harbours in the fog';

/** A browser without scripts: it keeps cookies and fills in forms as they stand in a page. */
export interface TestBrowser {
  readonly cookies: Map<string, string>;
  get(path: string): Promise<PageAnswer>;
  /** Sends a form of a page, its hidden fields and preset values included; finds it by its action where there are several. */
  submit(page: PageAnswer, fields?: Fields, action?: string): Promise<PageAnswer>;
  /** Sends the form of a page that takes a file. */
  upload(
    page: PageAnswer,
    file: SentFile | readonly SentFile[] | undefined,
    fields?: Fields,
    accept?: string,
  ): Promise<PageAnswer>;
  /** Sends the form of a page that takes a file, as it is given. */
  send(page: PageAnswer, body: Buffer, type: string): Promise<PageAnswer>;
  post(path: string, fields: Fields, headers?: Record<string, string>): Promise<PageAnswer>;
}

interface SentFile {
  readonly name: string;
  readonly text: string | Uint8Array<ArrayBuffer>;
}

type Fields = Readonly<Record<string, string | readonly string[]>>;

export interface PageAnswer extends Answer {
  readonly $: CheerioAPI;
  /** where the page was asked for */
  readonly path: string;
  /** the address that the answer leads on to */
  readonly location: string | undefined;
}

/** A new browser in front of an application. */
export const openBrowser = (
  { port }: Pick<TestApp, 'port'>,
  userAgent = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
): TestBrowser => {
  const cookies = new Map<string, string>();
  const ask = async (
    method: string,
    path: string,
    body?: string | Buffer,
    headers: Record<string, string> = {},
  ): Promise<PageAnswer> => {
    const answer = await send(port, method, path, {
      ...(body === undefined ? {} : { body }),
      headers: {
        'user-agent': userAgent,
        ...(cookies.size === 0 ? {} : { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
        ...headers,
      },
    });
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return Object.assign(answer, { $: load(answer.text), path, location: answer.headers.location });
  };
  const post: TestBrowser['post'] = (path, fields, headers = {}) => {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) for (const item of [value].flat()) body.append(name, item);
    return ask('POST', path, body.toString(), { 'content-type': 'application/x-www-form-urlencoded', ...headers });
  };
  return {
    cookies,
    get: (path) => ask('GET', path),
    post,
    send: (page, body, type) =>
      ask('POST', page.$('form[enctype="multipart/form-data"]').first().attr('action') ?? page.path, body, {
        'content-type': type,
      }),
    upload: async (page, file, fields = {}, accept = 'text/html') => {
      const form = page.$('form[enctype="multipart/form-data"]').first();
      const data = new FormData();
      const field = form.find('input[type="file"]').attr('name') ?? 'file';
      const files = [file ?? { name: '', text: '' }].flat();
      const preset = Object.fromEntries(form.serializeArray().map(({ name, value }) => [name, value]));
      for (const [name, value] of Object.entries({ ...preset, ...fields })) data.append(name, String(value));
      for (const { name, text } of files) data.append(field, new Blob([text]), name);
      const sent = new Response(data);
      const body = Buffer.from(await sent.arrayBuffer());
      return ask('POST', form.attr('action') ?? page.path, body, {
        ...{ 'content-type': sent.headers.get('content-type') ?? '', accept },
      });
    },
    submit: (page, fields = {}, action) => {
      const form = page.$(action === undefined ? 'main form[method="post"]' : `form[method="post"][action="${action}"]`).first();
      if (form.length === 0) throw new Error(`${page.path} has no form ${action ?? ''}: ${page.status} ${page.$('h1').text()}`);
      const preset = Object.fromEntries(form.serializeArray().map(({ name, value }) => [name, value]));
      return post(form.attr('action') ?? page.path, { ...preset, ...fields });
    },
  };
};

export interface TestAdministration {
  readonly app: TestApp;
  readonly administrator: Administrator;
  /** A browser in which the administrator is logged in. */
  readonly browser: TestBrowser;
}

/** Logs in, in a browser of its own. */
export const logIn = async (app: TestApp, email: string, password = PASSWORD): Promise<TestBrowser> => {
  const browser = openBrowser(app);
  const answer = await browser.submit(await browser.get('/admin/log-in'), { email, password });
  if (answer.status !== 303) throw new Error(`${email} could not log in: ${answer.text}`);
  return browser;
};

/** Adds an administrator with a password, who may do everything unless told otherwise. */
export const addAdministrator = async (
  { installation: { organisation } }: TestApp,
  email: string,
  name: string,
  roles: readonly Role[] = [ORGANISATION_ADMIN],
): Promise<Administrator> => {
  const administrator = await createAdministrator(organisation, { email, name });
  await setPassword(organisation, administrator.id, PASSWORD);
  const holder = { kind: 'administrator', id: administrator.id } as const;
  for (const { entityType, role } of roles) await assignRole(organisation, { holder, entityType, role, region: '*' });
  return administrator;
};

/** Logs in somebody who holds these roles, on single entities or on all of a type (`*`), and no others. */
export const arriveWith = async (app: TestApp, email: string, ...roles: readonly Grant[]): Promise<TestBrowser> => {
  const { installation, ctx } = app;
  const onAll = roles.filter(({ entityId }) => entityId === '*');
  const { id } = await addAdministrator(app, email, email, onAll);
  const holder = { kind: 'administrator', id } as const;
  for (const { entityType, role, entityId } of roles)
    if (entityType !== 'organisation' && entityId !== '*')
      await assignEntityRole(ctx, installation.organisation, { holder, entityType, role, entityId });
  return logIn(app, email);
};

/** An application with an administrator who is logged in, on a test database. */
export const startAdministration = async (
  connection: Connection,
  options?: Parameters<typeof startApp>[1],
): Promise<TestAdministration> => {
  const app = await startApp(connection, options);
  await app.installation.prepare();
  const administrator = await addAdministrator(app, 'ada@example.org', 'Ada Admin');
  return { app, administrator, browser: await logIn(app, administrator.email) };
};
