import { linksOf } from '../../support/smtp.ts';
import { type Attack, attack, told } from './attempt.ts';
import type { Target } from './target.ts';

const EVIL = 'evil.example';

/** Hosts that are named to have links of mails, or of pages, lead there. */
const poisoning = async (target: Target): Promise<Attack> => {
  const result = attack('poisoned host headers');
  const { victim, mails } = target;
  const poisons: Record<string, string>[] = [
    ...['x-forwarded-host', 'x-host', 'x-original-host', 'x-forwarded-server', 'x-http-host-override'].map((name) => ({
      [name]: EVIL,
    })),
    { forwarded: `for=1.2.3.4;host=${EVIL};proto=https` },
    { 'x-forwarded-proto': 'javascript', 'x-forwarded-port': '1' },
    ...[
      EVIL,
      `${victim.host}:1@${EVIL}`,
      `${victim.host}.${EVIL}`,
      `${EVIL}/${victim.host}`,
      `${victim.host}:99`,
      `${EVIL}#${victim.host}`,
    ].map((host) => ({ host })),
    { 'x-original-url': '/admin/us', 'x-rewrite-url': '/admin/us' },
  ];
  const before = mails.received.length;
  for (const headers of poisons) {
    const named = Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join(', ');
    for (const path of ['/api/v2/portal', '/api/v2/portal/appearance', '/login', '/robots.txt', '/register', '/']) {
      const answer = await target.request('GET', path, { host: victim.host, headers });
      const isKept = /public|s-maxage/.test(answer.headers['cache-control'] ?? '');
      const names = answer.text.includes(EVIL) || answer.headers.location?.includes(EVIL) === true;
      result.try(`${path} with ${named}: ${told(answer)}`, answer.status >= 500 || (names && (isKept || !('host' in headers))));
    }
    const sent = await target.request('POST', '/api/v2/developer/forgot-password', {
      host: victim.host,
      headers,
      json: { email: victim.email },
    });
    result.try(`forgotten password with ${named}: ${told(sent)}`, sent.status >= 500);
  }
  await target.request('POST', '/api/v2/developer/forgot-password', { host: victim.host, json: { email: victim.email } });
  await mails.arrival(({ mail }) => mail.subject?.startsWith('Choose a new password') ?? false);
  for (const mail of mails.received.slice(before))
    for (const link of linksOf(mail))
      result.try(
        `a mail links to ${link}`,
        new URL(link).hostname !== new URL(`http://${victim.host}`).hostname && new URL(link).hostname.includes(EVIL),
      );
  return result;
};

/** Cookies of one portal shown to another one, of developers to the administration, and several at once. */
const tossing = async (target: Target): Promise<Attack> => {
  const result = attack('cookies of other portals and faces');
  const { victim, mallory, outsider, master, request } = target;
  const secret = (cookie: string): string => cookie.split('=')[1] ?? '';
  const tries: [host: string, cookie: string, path: string][] = [];
  for (const path of ['/my-apps', '/account', '/api/v2/developer/me', '/api/v2/applications', '/']) {
    tries.push([outsider.host, victim.cookie, path], [victim.host, outsider.cookie, path]);
    tries.push([victim.host, `portalaccesstoken=${secret(master.cookie)}`, path], [victim.host, master.cookie, path]);
    tries.push([victim.host, `portalrefreshtoken=${secret(victim.cookie)}`, path]);
    tries.push([victim.host, `portalaccesstoken=x; ${victim.cookie.replace('portalaccesstoken', 'Portalaccesstoken')}`, path]);
  }
  for (const path of ['/admin/us', '/admin/us/account', '/admin/us/organisation/people'])
    tries.push([master.host, `portico_admin=${secret(victim.cookie)}`, path], [victim.host, master.cookie, path]);
  for (const [host, cookie, path] of tries) {
    const answer = await request('GET', path, { host, headers: { cookie } });
    result.try(`${host}${path} with ${cookie.slice(0, 24)}…: ${told(answer)}`, answer.status === 200);
  }
  // a token that goes with a planted cookie is of no use from another site
  const planted = 'portico_browser=planted';
  const page = await request('GET', '/login', { host: victim.host, headers: { cookie: planted } });
  const csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  for (const origin of [`http://${outsider.host}`, `http://${EVIL}`, 'null']) {
    const answer = await target.form(
      { ...mallory, cookie: planted, csrf },
      '/login',
      { email: mallory.email, password: 'x' },
      { origin },
    );
    result.try(`a form with a planted cookie from ${origin}: ${told(answer)}`, answer.status !== 403);
  }
  return result;
};

const PRIVATE = [
  '/',
  '/my-apps',
  '/account',
  '/account/export',
  '/application/create',
  '/search?q=timetables',
  '/api/v2/developer/me',
  '/api/v2/applications',
  '/api/v2/products',
];
const DISGUISES = [
  '/x.css',
  '/x.js',
  '/logo.png',
  '%2fx.css',
  ';x.css',
  '%0ax.css',
  '%3fx.css',
  '%23x.css',
  '/..%2fstatic/x.css',
  '/.css',
  '//x.ico',
];

/** What is somebody's own, kept by caches for everybody. */
const caches = async (target: Target): Promise<Attack> => {
  const result = attack('cache poisoning and deception');
  const { victim, master, here } = target;
  const pages = [
    ...PRIVATE,
    `/application/${victim.own['application']}`,
    `/docs/${here['product']}/guide`,
    `/spec/${here['product']}/${here['version']}`,
    `/spec/${here['product']}/${here['version']}/download`,
    `/api/v2/applications/${victim.own['application']}/credentials`,
  ];
  const mayBeKept = (control: string | undefined): boolean =>
    control === undefined || (!/no-store|private/.test(control) && /public|max-age|s-maxage/.test(control));
  for (const page of pages)
    for (const disguise of ['', ...DISGUISES]) {
      const answer = await target.as(
        victim,
        'GET',
        page.includes('?') && disguise !== '' ? `${page}&y=${disguise}` : `${page}${disguise}`,
      );
      const control = answer.headers['cache-control'];
      const isPrivate = answer.status === 200 || 'set-cookie' in answer.headers;
      result.try(
        `${page}${disguise}: ${answer.status}, Cache-Control ${control}`,
        isPrivate && (mayBeKept(control) || control === undefined),
      );
    }
  for (const page of ['/admin/us', '/admin/us/account', '/admin/us/organisation/people', '/admin/log-in'])
    for (const disguise of ['', ...DISGUISES]) {
      const answer = await target.as(master, 'GET', `${page}${disguise}`);
      result.try(
        `${page}${disguise}: ${answer.status}, Cache-Control ${answer.headers['cache-control']}`,
        !/no-store/.test(answer.headers['cache-control'] ?? '') && answer.status === 200,
      );
    }
  // what was asked for with odd headers must not come back without them
  for (const path of ['/login', '/register', '/robots.txt', '/api/v2/portal', '/']) {
    const mark = `poison${Math.random().toString(36).slice(2)}`;
    await target.request('GET', `${path}?${mark}=${mark}`, {
      host: victim.host,
      headers: { 'x-forwarded-host': mark, 'x-forwarded-scheme': mark, cookie: `portico_notice=${mark}` },
    });
    const answer = await target.request('GET', path, { host: victim.host });
    result.try(`${path} remembered ${mark}`, answer.text.includes(mark));
  }
  return result;
};

export const hostAttacks = async (target: Target): Promise<Attack[]> => [
  await poisoning(target),
  await tossing(target),
  await caches(target),
];
