import type { Answer } from '../../support/app.ts';
import { type Attack, attack, told } from './attempt.ts';
import { entranceForm } from './forms.ts';
import { slowBodies } from './slow-bodies.ts';
import type { Target } from './target.ts';

const UP = [
  '../',
  '..%2f',
  '%2e%2e/',
  '%2e%2e%2f',
  '..%5c',
  '..\\',
  '%252e%252e%252f',
  '..;/',
  '....//',
  '.%2e/',
  '%c0%ae%c0%ae/',
  '..%00/',
  '%u002e%u002e/',
];
const SECRETS = [
  'etc/passwd',
  'package.json',
  'data/secret.key',
  'data/portico.sqlite',
  'src/config.ts',
  'dist/config.js',
  'proc/self/environ',
];

/** Files that no address may lead to. */
const traversal = async (target: Target): Promise<Attack> => {
  const result = attack('path traversal in static files, documents, images');
  const { victim, here } = target;
  const roots = [
    '/',
    '/static/',
    '/css/',
    '/js/',
    '/fonts/',
    '/img/',
    `/docs/${here['product']}/`,
    '/images/logo/',
    '/theme/',
    `/spec/${here['product']}/`,
    '/api/v2/portal/',
  ];
  for (const root of roots)
    for (const up of UP)
      for (const secret of SECRETS)
        for (const depth of [1, 4, 8]) {
          const answer = await target.as(victim, 'GET', `${root}${up.repeat(depth)}${secret}`);
          const leak = /root:x:0|"private": true|SQLite format|SECRET_KEY|export const readConfig/.test(answer.text);
          result.try(`${root}${up}${secret}: ${told(answer)}`, leak || answer.status >= 500);
        }
  return result;
};

/** Names of methods in headers, fields and queries. */
const methodOverride = async (target: Target): Promise<Attack> => {
  const result = attack('other methods by headers and fields');
  const { mallory, master, here } = target;
  const application = `/api/v2/applications/${mallory.own['application']}`;
  for (const method of ['DELETE', 'PATCH', 'PUT'])
    for (const header of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
      const headers = { [header]: method };
      for (const sent of ['GET', 'POST']) {
        await target.as(mallory, sent, `${application}?_method=${method}`, {
          headers,
          ...(sent === 'POST' ? { json: { _method: method } } : {}),
        });
        const still = await target.as(mallory, 'GET', application);
        result.try(`${sent} ${application} with ${header}: ${method}`, still.status !== 200);
        await target.request(sent, `/v2/portals/${here['portal']}?_method=${method}`, { token: master.token, headers });
        const portal = await target.request('GET', `/v2/portals/${here['portal']}`, { token: master.token });
        result.try(`${sent} portal with ${header}: ${method}`, portal.status !== 200);
      }
    }
  for (const method of ['TRACE', 'CONNECTX', 'PROPFIND', 'TRACK', 'DEBUG']) {
    const answer = await target.as(mallory, method, '/my-apps').catch(() => undefined);
    result.try(`${method}: ${answer && told(answer)}`, answer !== undefined && (answer.status < 400 || answer.status >= 500));
  }
  return result;
};

/** Parameters given twice, as lists, as objects, and by names that reach prototypes. */
const pollution = async (target: Target): Promise<Attack> => {
  const result = attack('parameter pollution, __proto__ in forms, JSON and queries');
  const { mallory, victim, master, here } = target;
  const names = [
    '__proto__',
    'constructor',
    'prototype',
    '__proto__[isAdmin]',
    '__proto__.isAdmin',
    'constructor[prototype][isAdmin]',
    'toString',
    'hasOwnProperty',
    '__defineGetter__',
  ];
  const judge = async (
    what: string,
    answer: { status: number; text: string; headers: Record<string, unknown> },
  ): Promise<void> => {
    result.try(
      `${what}: ${answer.status} ${answer.text.slice(0, 80)}`,
      answer.status >= 500 || /polluted/.test(String(answer.headers)),
    );
  };
  for (const name of names) {
    for (const path of [
      '/my-apps',
      '/account/profile',
      '/login',
      '/register',
      `/application/${mallory.own['application']}/update`,
    ])
      await judge(
        `${path} with ${name}`,
        await target.form(mallory, path, { [name]: 'polluted', fullName: 'Mallory', name: 'x' }),
      );
    for (const path of [
      '/search',
      '/',
      '/api/v2/products',
      '/v2/portals',
      '/admin/us/requests',
      '/api/v2/search/product-catalog',
    ])
      await judge(
        `${path}?${name}`,
        await target.as(
          path.startsWith('/admin') ? master : mallory,
          'GET',
          `${path}?${name}=polluted&filter[${name}]=1&page[${name}]=2&q[${name}]=x`,
        ),
      );
    for (const body of [
      `{"${name}":{"isAdmin":true},"name":"polluted"}`,
      `{"name":"x","labels":{"${name}":"polluted"}}`,
      `{"name":{"${name}":1}}`,
      `{"a":{"b":{"${name}":{"polluted":true}}}}`,
    ]) {
      const headers = { 'content-type': 'application/json' };
      await judge(`application of ${body}`, await target.as(mallory, 'POST', '/api/v2/applications', { headers, body }));
      await judge(`product of ${body}`, await target.request('POST', '/v2/api-products', { token: master.token, headers, body }));
    }
  }
  const twice = [
    `application=${mallory.own['application']}&application=${victim.own['application']}`,
    `application[]=${victim.own['application']}`,
    `application=new&application=${victim.own['application']}&name=x`,
  ];
  for (const fields of twice) {
    const answer = await target.as(mallory, 'POST', `/application/create?productVersion=${here['secondVersion']}`, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `_csrf=${mallory.csrf}&${fields}`,
    });
    result.try(
      `${fields}: ${told(answer)}`,
      answer.status >= 500 || (answer.headers.location ?? '').includes(String(victim.own['application'])),
    );
  }
  for (const fields of [`_csrf=${mallory.csrf}&_csrf=x`, `_csrf=x&_csrf=${mallory.csrf}`, `_csrf[]=${mallory.csrf}`]) {
    const answer = await target.as(mallory, 'POST', '/account/profile', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `${fields}&fullName=x`,
    });
    result.try(`${fields}: ${told(answer)}`, answer.status !== 403);
  }
  const health = await target.request('GET', '/api/v2/portal', { host: victim.host });
  result.try('the program answers otherwise than before', health.status !== 200 || health.text.includes('polluted'));
  return result;
};

/** A head that is too large is cut off while it is still being sent. */
const orCutOff = (answering: Promise<Answer>): Promise<Answer> =>
  answering.catch(() => ({ status: 431, headers: {}, body: Buffer.alloc(0), text: 'cut off', json: undefined }));

/** Cookies and headers that no browser sends. */
const oversized = async (target: Target): Promise<Attack> => {
  const result = attack('odd and oversized cookies and headers');
  const { mallory, master, victim } = target;
  const values = [
    'a b',
    'a,b',
    '"',
    '"a"',
    '\\',
    'é',
    '\u00ff',
    '=',
    '==',
    ';;',
    'a=b=c',
    'x'.repeat(6000),
    '{}',
    '%',
    '%zz',
    '\t',
    'x'.repeat(15_000),
  ];
  const wrong = { email: master.email, password: 'wrong wrong wrong' };
  const names = [
    'portico_device',
    'portico_browser',
    'portico_notice',
    'portalaccesstoken',
    'portalrefreshtoken',
    'portico_admin',
    'portico_admin_device',
    '__proto__',
  ];
  for (const name of names)
    for (const value of values) {
      const headers = { cookie: Buffer.from(`${name}=${value}`).toString('latin1') };
      const json = { username: mallory.email, password: 'wrong wrong wrong' };
      const answers = [
        await orCutOff(target.request('GET', '/login', { host: victim.host, headers })),
        await orCutOff(target.request('POST', '/api/v2/developer/authenticate', { host: victim.host, headers, json })),
        await orCutOff(target.request('POST', '/api/v2/developer/refresh', { host: victim.host, headers, json: {} })),
        await orCutOff(target.request('GET', '/admin/log-in', { headers })),
        await orCutOff(entranceForm(target, '/admin/log-in', wrong, headers.cookie)),
      ];
      for (const answer of answers) result.try(`${name}=${value.slice(0, 10)}: ${told(answer)}`, answer.status >= 500);
    }
  for (const name of [
    'authorization',
    'origin',
    'referer',
    'accept',
    'accept-language',
    'if-none-match',
    'if-modified-since',
    'range',
    'user-agent',
    'content-type',
    'x-portico-region',
    'x-forwarded-for',
  ])
    for (const value of [
      '',
      '\u00ff',
      'x'.repeat(10_000),
      '*',
      ','.repeat(5000),
      '"',
      'bytes=0-,0-,0-',
      '(((((((((a+)+)+)+)+',
      'Bearer '.repeat(500),
    ])
      for (const path of ['/', '/api/v2/products', '/v2/portals', '/admin/us']) {
        const host = path.startsWith('/v2') || path.startsWith('/admin') ? master.host : victim.host;
        const answer = await orCutOff(target.request('GET', path, { host, headers: { [name]: value } }));
        result.try(`${name}: ${value.slice(0, 10)} to ${path}: ${told(answer)}`, answer.status >= 500);
      }
  return result;
};

/** Whatever else programs like this one have fallen for. */
export const oddities = async (target: Target): Promise<Attack[]> => [
  await traversal(target),
  await methodOverride(target),
  await pollution(target),
  await oversized(target),
  await slowBodies(target),
];
