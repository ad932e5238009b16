import { randomBytes } from 'node:crypto';
import type { Answer } from '../../support/app.ts';
import { PASSWORD } from '../../support/developers.ts';
import { type Attack, attack, told } from './attempt.ts';
import { entranceForm } from './forms.ts';
import type { Target } from './target.ts';

const SECRET = randomBytes(32).toString('base64url');

/** The cookies that an answer sets, by name. */
const cookiesOf = ({ headers }: Answer): Map<string, string> =>
  new Map((headers['set-cookie'] ?? []).map((line) => line.split(';')[0]?.split('=') as [string, string]));

const headerOf = (cookies: ReadonlyMap<string, string>): string => [...cookies].map((pair) => pair.join('=')).join('; ');

/** Whether a cookie opens what only who is signed in may see. */
const opens = async ({ request, mallory }: Target, cookie: string): Promise<boolean> => {
  const [page, api] = [
    await request('GET', '/my-apps', { host: mallory.host, headers: { cookie } }),
    await request('GET', '/api/v2/developer/me', { host: mallory.host, headers: { cookie } }),
  ];
  return page.status === 200 || api.status === 200;
};

const opensAdministration = async ({ request }: Target, cookie: string): Promise<boolean> =>
  (await request('GET', '/admin/us/account', { headers: { cookie } })).status === 200;

const logIn = ({ request, mallory }: Target, cookie = '', password = PASSWORD): Promise<Answer> =>
  request('POST', '/api/v2/developer/authenticate', {
    host: mallory.host,
    headers: { cookie },
    json: { username: mallory.email, password },
  });

const fixation = async (target: Target): Promise<Attack> => {
  const result = attack('session fixation');
  const { mallory, master } = target;
  for (const name of ['portalaccesstoken', 'portalrefreshtoken', 'portico_browser', 'portico_device', 'portico_admin']) {
    const planted = `${name}=${SECRET}`;
    const after = await logIn(target, planted);
    result.try(
      `${planted} after logging in through the API: ${told(after)}`,
      after.status !== 204 || (await opens(target, planted)),
    );
    result.try(`the log-in kept the given ${name}`, name.endsWith('token') && cookiesOf(after).get(name) === SECRET);
    const page = await target.request('GET', '/login', { host: mallory.host, headers: { cookie: planted } });
    const csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const cookie = headerOf(new Map([...cookiesOf(page), [name, SECRET]]));
    const form = await target.form({ ...mallory, cookie, csrf }, '/login', { email: mallory.email, password: PASSWORD });
    result.try(`${planted} after logging in: ${told(form)}`, form.status !== 303 || (await opens(target, planted)));
    const admin = await entranceForm(target, '/admin/log-in', { email: master.email, password: PASSWORD }, planted);
    result.try(
      `${planted} after logging in there: ${told(admin)}`,
      admin.status !== 303 || (await opensAdministration(target, planted)),
    );
  }
  return result;
};

/** What sessions are worth after they have ended, by whatever way. */
const endings = async (target: Target): Promise<Attack> => {
  const result = attack('sessions that have ended');
  const { mallory, request } = target;
  const session = async (): Promise<Map<string, string>> => cookiesOf(await logIn(target));
  const refresh = (cookies: ReadonlyMap<string, string>) =>
    request('POST', '/api/v2/developer/refresh', { host: mallory.host, headers: { cookie: headerOf(cookies) }, json: {} });
  const dead = async (what: string, cookies: ReadonlyMap<string, string>): Promise<void> => {
    result.try(`a session after ${what}`, await opens(target, headerOf(cookies)));
    const answer = await refresh(cookies);
    result.try(`its refresh token after ${what}: ${told(answer)}`, answer.status < 400);
  };

  const loggedOut = await session();
  await request('POST', '/api/v2/developer/logout', { host: mallory.host, headers: { cookie: headerOf(loggedOut) }, json: {} });
  await dead('logging out', loggedOut);

  const replaced = await session();
  await logIn(target, headerOf(replaced));
  await dead('logging in again in the same browser', replaced);

  const family = await session();
  const refreshed = cookiesOf(await refresh(family));
  result.try('a refresh gave the same token again', refreshed.get('portalrefreshtoken') === family.get('portalrefreshtoken'));
  await refresh(family);
  await dead('its refresh token was shown twice', refreshed);

  const [other, another] = [await session(), await session()];
  const next = 'nine lanterns along the quay';
  await target.form(mallory, '/account/password', { current: PASSWORD, password: next });
  await dead('a change of the password', other);
  await target.form(mallory, '/account/password', { current: next, password: PASSWORD });
  await dead('another change of the password', another);
  result.try('the former password', (await logIn(target, '', next)).status < 400);

  for (const text of [
    '',
    ' ',
    'null',
    'undefined',
    '0',
    'true',
    '[]',
    '../',
    "' or 1=1 --",
    '%00',
    '*',
    '"',
    'a'.repeat(4000),
    jwt('none'),
    jwt('HS256'),
  ])
    for (const name of ['portalaccesstoken', 'portalrefreshtoken'])
      result.try(`${name}=${text.slice(0, 20)}`, await opens(target, `${name}=${text}`));
  return result;
};

const jwt = (alg: string): string =>
  [
    { alg, typ: 'JWT' },
    { sub: 'master', iss: 'portico', exp: 4_000_000_000, role: 'Organisation Admin' },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat(alg === 'none' ? '' : 'x'.repeat(43))
    .join('.');

/** Tokens that nobody was given, and ways to show them that there are not. */
const bearers = async (target: Target): Promise<Attack> => {
  const result = attack('made-up bearer tokens, JWTs without signature');
  const { master, victim, request } = target;
  const real = String(master.token);
  const tokens = [
    jwt('none'),
    jwt('None'),
    jwt('HS256'),
    '',
    'null',
    'undefined',
    real.slice(0, -1),
    `${real}x`,
    real.toUpperCase(),
    `kpat_${'0'.repeat(40)}`,
  ];
  const paths = ['/v2/api-products', '/portico/v1/me', '/v2/portals'];
  for (const path of paths) {
    for (const token of tokens) {
      const answer = await request('GET', path, { token });
      result.try(`${path} with ${token.slice(0, 30)}: ${told(answer)}`, answer.status !== 401);
    }
    for (const headers of [
      { authorization: `Basic ${Buffer.from(`${master.email}:${PASSWORD}`).toString('base64')}` },
      { cookie: master.cookie },
      { 'x-api-key': real },
      { cookie: victim.cookie },
    ] as Record<string, string>[]) {
      const answer = await request('GET', path, { headers });
      result.try(`${path} with ${Object.keys(headers)[0]}: ${told(answer)}`, answer.status !== 401);
    }
    const answer = await request('GET', `${path}?access_token=${real}`);
    result.try(`${path} with the token in the address: ${told(answer)}`, answer.status !== 401);
  }
  const misplaced = await request('GET', '/v2/api-products', { host: victim.host, token: real });
  result.try(`the management API on a portal's host: ${told(misplaced)}`, misplaced.status < 400);
  return result;
};

export const sessionAttacks = async (target: Target): Promise<Attack[]> => [
  await fixation(target),
  await endings(target),
  await bearers(target),
];
