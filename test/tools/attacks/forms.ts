import type { Answer } from '../../support/app.ts';
import type { Target } from './target.ts';

type Fields = Readonly<Record<string, string>>;

/** Opens a page that has a form, and sends it from there, in a browser that holds these cookies and no others. */
const sendFrom = async (
  target: Target,
  host: string,
  path: string,
  fields: Fields,
  { cookie = '', headers = {} }: { readonly cookie?: string; readonly headers?: Record<string, string> },
): Promise<Answer> => {
  const page = await target.request('GET', path, { host, headers: { cookie } });
  const given = (page.headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? '').filter((pair) => !pair.endsWith('='));
  const csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  const browser = { ...target.master, host, csrf, cookie: [...given, cookie].filter(Boolean).join('; ') };
  return target.form(browser, path, fields, headers);
};

/** Sends a form of the pages by which developers come in. */
export const portalForm = (target: Target, path: string, fields: Fields, headers: Record<string, string> = {}): Promise<Answer> =>
  sendFrom(target, target.mallory.host, path, fields, { headers });

/** Sends a form of the pages by which administrators come in. */
export const entranceForm = (
  target: Target,
  path: string,
  fields: Fields,
  cookie = '',
  headers: Record<string, string> = {},
): Promise<Answer> => sendFrom(target, target.master.host, path, fields, { cookie, headers });
