import type { CheerioAPI } from 'cheerio';
import type { Answer } from '../../support/app.ts';
import type { PageAnswer, TestPortal } from './portal.ts';

/** A browser without scripts: keeps cookies, follows the way that forms and redirections lead. */
export interface FormBrowser {
  readonly cookies: Map<string, string>;
  open(path: string): Promise<PageAnswer>;
  /** Sends the form of a page that has this action, with what was typed; as the browser would, with its hidden fields. */
  submit(page: PageAnswer, action: string, typed?: Record<string, string>): Promise<PageAnswer>;
  /** The page that an answer leads to. */
  follow(answer: Answer): Promise<PageAnswer>;
}

const fieldsOf = ($: CheerioAPI, action: string): Record<string, string> => {
  const form = $('form').filter((_index, element) => $(element).attr('action') === action);
  if (form.length !== 1) throw new Error(`${form.length} forms have the action ${action}`);
  return Object.fromEntries(form.serializeArray().map(({ name, value }) => [name, value]));
};

export const formBrowser = ({ app }: Pick<TestPortal, 'app'>, load: (text: string) => CheerioAPI): FormBrowser => {
  const cookies = new Map<string, string>();
  const ask = async (method: string, path: string, body?: string): Promise<PageAnswer> => {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const answer = await app.request(method, path, {
      ...(body === undefined ? {} : { body }),
      headers: {
        'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
        ...(cookie === '' ? {} : { cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
    });
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = '', path = '/'] = /^([^=]+)=([^;]*).*?; Path=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else if (path === '/') cookies.set(name, value);
    }
    return Object.assign(answer, { $: load(answer.text) });
  };
  const browser: FormBrowser = {
    cookies,
    open: (path) => ask('GET', path),
    submit: (page, action, typed = {}) =>
      ask('POST', action, new URLSearchParams({ ...fieldsOf(page.$, action), ...typed }).toString()),
    follow: (answer) => {
      if (answer.status !== 303) throw new Error(`${answer.status} leads nowhere: ${answer.text.slice(0, 300)}`);
      return ask('GET', String(answer.headers.location));
    },
  };
  return browser;
};
