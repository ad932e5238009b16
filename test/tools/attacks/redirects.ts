import { PASSWORD } from '../../support/developers.ts';
import { type Attack, attack } from './attempt.ts';
import { entranceForm, portalForm } from './forms.ts';
import type { Target } from './target.ts';

const DESTINATIONS: readonly string[] = [
  ...[
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
  ],
  ...[
    'http://evil.example',
    'https:evil.example',
    'HTTPS://EVIL.EXAMPLE',
    'javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
  ],
  ...[
    '//evil.example%2f..',
    '/%2f/evil.example',
    '/%5cevil.example',
    '/%09/evil.example',
    '%2f%2fevil.example',
    '/.//evil.example',
  ],
  ...[
    '/..//evil.example',
    '//localhost@evil.example',
    '/@evil.example',
    'http://localhost@evil.example',
    'http://localhost.evil.example',
  ],
  ...[
    ' //evil.example',
    '\u0000//evil.example',
    '/\u0000/evil.example',
    '//evil。example',
    '/admin//evil.example',
    '/admin/\\evil.example',
  ],
  ...[
    '/admin/../..//evil.example',
    '/admin\\@evil.example',
    '/x\r\nLocation: http://evil.example',
    '/x\r\nX-Forged: 1',
    '?//evil.example',
  ],
  ...['#//evil.example', './/evil.example', '.evil.example', ':80/x', '@evil.example', ';//evil.example', '/;//evil.example'],
];

/** Whether a browser that is on a host would be led elsewhere. */
const leadsAway = (location: string | undefined, host: string): boolean => {
  if (location === undefined) return false;
  const here = `http://${host}`;
  if (!URL.canParse(location, here)) return true;
  const { protocol, host: there } = new URL(location, here);
  return protocol !== 'http:' || there !== host;
};

/** Addresses in parameters, fields and paths by which a log-in or a short way leads on. */
export const openRedirects = async (target: Target): Promise<Attack[]> => {
  const { mallory, outsider, master, there } = target;
  const result = attack('open redirects');
  const destinations = [...DESTINATIONS, `http://${outsider.host}/`, `//${outsider.host}/`, `/${there['portal']}\\@evil.example`];
  const anonymous = (host: string) => ({ ...mallory, host, cookie: '' });
  for (const destination of destinations) {
    const query = encodeURIComponent(destination);
    const tries = [
      [mallory.host, target.as(mallory, 'GET', `/login?returnTo=${query}`)],
      [mallory.host, portalForm(target, '/login', { email: mallory.email, password: PASSWORD, returnTo: destination })],
      [master.host, target.as(master, 'GET', `/admin/log-in?returnTo=${query}`)],
      [master.host, target.as(master, 'GET', `/admin/log-in/second-factor?returnTo=${query}`)],
      [master.host, logInTo(target, destination)],
      [
        master.host,
        target.form(master, `/admin/us/requests/undo?q=${query}`, {
          request: `registration.${there['registration']}`,
          next: destination,
        }),
      ],
    ] as const;
    for (const [host, answering] of tries) {
      const answer = await answering;
      const { location } = answer.headers;
      result.try(`${JSON.stringify(destination)}: ${location}`, leadsAway(location, host) || 'x-forged' in answer.headers);
    }
    if (!/^[/][\x21-\x7e]*$/.test(destination)) continue;
    for (const visitor of [mallory, anonymous(mallory.host), master, anonymous(master.host)]) {
      const answer = await target.as(visitor, 'GET', destination);
      const { location = '' } = answer.headers;
      const next = new URL(location, `http://${visitor.host}`).searchParams.get('returnTo') ?? undefined;
      result.try(`path ${destination}: ${location}`, leadsAway(location, visitor.host) || leadsAway(next, visitor.host));
    }
  }
  return [result];
};

const logInTo = (target: Target, returnTo: string) =>
  entranceForm(target, '/admin/log-in', { email: target.master.email, password: PASSWORD, returnTo });
