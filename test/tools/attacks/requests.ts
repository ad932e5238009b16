import { type CheerioAPI, load } from 'cheerio';
import { parse } from 'yaml';
import { read } from '../../support/source.ts';
import { filled, type Things } from '../matrix/run.ts';
import type { Person } from './people.ts';
import type { Target } from './target.ts';

/** A request that somebody may send, about things that are theirs. */
export interface OwnRequest {
  readonly method: string;
  readonly path: string;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
}

interface Row {
  readonly query?: string;
  readonly body?: unknown;
  readonly form?: unknown;
}

/** What paths of the matrix's tables call otherwise than the things. */
const NAMES: Readonly<Record<string, string>> = {
  productVersionId: 'version',
  bareVersionId: 'bareVersion',
  authStrategyId: 'strategy',
  id: 'plane',
  administratorId: 'person',
  systemAccountId: 'machine',
  administratorTeamId: 'administratorTeam',
  destinationId: 'auditLogDestinationId',
  rest: 'application',
};

/** The requests of a table of the access matrix, about these things. */
export const requestsOfTable = (table: string, things: Things): OwnRequest[] => {
  const { routes } = parse(read(`test/tools/matrix/${table}`)) as { routes: Record<string, Row> };
  return Object.entries(routes).map(([route, { query, body, form }]) => {
    const [method = '', template = ''] = String(filled(route, things)).split(' ');
    const path = template.replace(/[:*](\w+)/g, (_, name: string) =>
      String(things[name] ?? things[NAMES[name] ?? name.replace(/Id$/, '')] ?? things['nothing']),
    );
    return {
      method: method.toUpperCase(),
      path: query === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}${filled(query, things)}`,
      ...(body === undefined ? {} : { json: filled(body, things) }),
      ...(form === undefined ? {} : { form: filled(form, things) as Record<string, string> }),
    };
  });
};

const MAX_PAGES = 250;
/** Addresses that differ from others by ids only are looked at once or twice. */
const MAX_ALIKE = 2;
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

const formsOf = ($: CheerioAPI, at: string): OwnRequest[] =>
  $('form[method="post"]')
    .toArray()
    .filter((form) => $(form).attr('enctype') === undefined)
    .map((form) => ({
      method: 'POST',
      path: $(form).attr('action') ?? at,
      form: Object.fromEntries(
        $(form)
          .serializeArray()
          .filter(({ name }) => name !== '_csrf')
          .map(({ name, value }) => [name, value]),
      ),
    }));

/** The pages that somebody comes to by links from these, with the forms on them as they would be sent. */
export const crawl = async (target: Target, person: Person, starts: readonly string[]): Promise<OwnRequest[]> => {
  const found: OwnRequest[] = [];
  const waiting = [...starts];
  const seen = new Map<string, number>();
  for (let path = waiting.shift(); path !== undefined && found.length < MAX_PAGES; path = waiting.shift()) {
    const alike = path.replace(UUID, ':id');
    const times = seen.get(alike) ?? 0;
    if (times === MAX_ALIKE || seen.has(path)) continue;
    seen.set(alike, times + 1).set(path, MAX_ALIKE);
    const page = await target.as(person, 'GET', path);
    if (page.status !== 200 || !String(page.headers['content-type']).startsWith('text/html')) continue;
    found.push({ method: 'GET', path });
    const $ = load(page.text);
    for (const form of formsOf($, path))
      if (!found.some(({ method, path }) => method === 'POST' && path === form.path)) found.push(form);
    for (const link of $('a[href^="/"]').toArray()) waiting.push(String($(link).attr('href')).replace(/#.*/, ''));
  }
  return found;
};

/** Sends a request as somebody. */
export const sendOwn = (target: Target, person: Person, { method, path, json, form }: OwnRequest) => {
  if (form !== undefined) return target.form(person, path, form);
  if (person.token !== null && /^\/(v2|portico)\//.test(path)) return target.request(method, path, { token: person.token, json });
  return target.as(person, method, path, json === undefined ? {} : { json });
};
