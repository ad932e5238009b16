import { adminEntranceRoutes, adminRoutes } from '../../../src/faces/admin/routes.ts';
import { portalRoutes } from '../../../src/faces/portal/routes.ts';
import { ownPortalApiRoutes, portalApiRoutes } from '../../../src/faces/portal-api/routes.ts';
import type { Route } from '../../../src/http/routes.ts';
import type { Things } from '../matrix/run.ts';
import { type Attack, attack, told } from './attempt.ts';
import type { Person } from './people.ts';
import type { Target } from './target.ts';

const EVIL = 'http://evil.example';

/** Parameters of paths that are called otherwise among the things. */
const NAMES: Readonly<Record<string, string>> = { id: 'person', sessionId: 'sessionId', key: 'operation', rest: 'application' };

/** A path of a route that leads somewhere. */
const pathOf = (path: string, things: Things): string =>
  path.replace(/[:*](\w+)/g, (_, name: string) =>
    String(things[NAMES[name] ?? name] ?? things[name.replace(/Id$/, '')] ?? things['nothing']),
  );

/** What another site, or somebody without the token, sends to a form. */
const forgeries = (
  person: Person,
  other: Person,
): readonly { name: string; headers?: Record<string, string>; token?: string }[] => [
  { name: 'no token' },
  { name: "another session's token", token: other.csrf },
  { name: 'a token of nobody', token: 'x'.repeat(43) },
  { name: 'the right token, from another origin', token: person.csrf, headers: { origin: EVIL } },
  { name: 'the right token, from an opaque origin', token: person.csrf, headers: { origin: 'null' } },
  { name: 'the right token, cross-site', token: person.csrf, headers: { 'sec-fetch-site': 'cross-site' } },
  { name: 'the right token, from a sibling host', token: person.csrf, headers: { 'sec-fetch-site': 'same-site' } },
  {
    name: 'the right token, from a host that begins alike',
    token: person.csrf,
    headers: { origin: `http://${person.host}.evil.example` },
  },
  { name: 'as text', token: person.csrf, headers: { 'content-type': 'text/plain' } },
  { name: 'as JSON', token: person.csrf, headers: { 'content-type': 'application/json' } },
];

const bodyOf = async (multipart: boolean, fields: Record<string, string>): Promise<{ body: Buffer; type: string }> => {
  if (!multipart) return { body: Buffer.from(new URLSearchParams(fields).toString()), type: 'application/x-www-form-urlencoded' };
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  const sent = new Response(data);
  return { body: Buffer.from(await sent.arrayBuffer()), type: sent.headers.get('content-type') ?? '' };
};

/** A form is refused for its token or its sender; what is no form at all also for being none. */
const isRefused = (status: number, headers: Record<string, string> = {}): boolean =>
  status === 403 || ('content-type' in headers && (status === 415 || status === 400));

const forgeForms = async (
  target: Target,
  name: string,
  [person, other]: readonly [Person, Person],
  routes: readonly Route<never>[],
  prefix: string,
): Promise<Attack> => {
  const result = attack(name);
  const things = { ...target.here, ...person.own, region: 'us', kind: 'logo' };
  for (const { path, upload, described } of routes.filter(({ method }) => method !== 'get'))
    for (const forgery of forgeries(person, other)) {
      const fields = forgery.token === undefined ? {} : { _csrf: forgery.token };
      const { body, type } = await bodyOf(upload !== undefined || described === true, fields);
      const answer = await target.as(person, 'POST', `${prefix}${pathOf(path, things)}`, {
        headers: { 'content-type': type, ...forgery.headers },
        body,
      });
      result.try(`${path}, ${forgery.name}: ${told(answer)}`, !isRefused(answer.status, forgery.headers));
    }
  return result;
};

/** Requests that change something through the API, as pages of other sites can send them. */
const forgeApi = async ({ as, victim, here }: Target): Promise<Attack> => {
  const result = attack('cross-site requests to /api/v2 with cookies');
  const things = { ...here, ...victim.own };
  const routes = [
    ...portalApiRoutes.map((route) => ({ ...route, path: `/api/v2${route.path}` })),
    ...ownPortalApiRoutes.map((route) => ({ ...route, path: `/api/portico/v1${route.path}` })),
  ];
  const senders = [
    { origin: EVIL },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { origin: EVIL, 'sec-fetch-site': 'none' },
  ];
  for (const { method, path } of routes) {
    const target = pathOf(path, things);
    for (const sender of senders) {
      const answer = await as(victim, method.toUpperCase(), target, {
        headers: { ...sender, 'content-type': 'application/json' },
        ...(method === 'get' || method === 'delete' ? {} : { body: '{}' }),
      });
      const shared =
        answer.headers['access-control-allow-origin'] === EVIL || answer.headers['access-control-allow-origin'] === 'null';
      const what = `${method} ${path} from ${Object.values(sender).join(', ')}`;
      result.try(`${what}: ${told(answer)}`, shared || (method !== 'get' && answer.status !== 403));
    }
    const preflight = await as(victim, 'OPTIONS', target, {
      headers: {
        origin: EVIL,
        'access-control-request-method': method.toUpperCase(),
        'access-control-request-headers': 'content-type',
      },
    });
    result.try(`preflight of ${method} ${path}: ${told(preflight)}`, 'access-control-allow-origin' in preflight.headers);
    if (method === 'get' || method === 'delete') continue;
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const answer = await as(victim, method.toUpperCase(), target, { headers: { 'content-type': type }, body: '{"a":1}' });
      result.try(`${method} ${path} as ${type}: ${told(answer)}`, answer.status !== 415 && answer.status !== 403);
    }
  }
  return result;
};

/** Forms and requests that were not made by whoever they come from. */
export const forgedRequests = async (target: Target): Promise<Attack[]> => [
  await forgeForms(target, 'forged forms of a portal', [target.victim, target.mallory], portalRoutes, ''),
  await forgeForms(target, 'forged forms of the administration', [target.master, target.warden], adminRoutes, '/admin'),
  await forgeForms(
    target,
    "forged forms of the administration's entrance",
    [target.master, target.warden],
    adminEntranceRoutes,
    '/admin',
  ),
  await forgeApi(target),
];
