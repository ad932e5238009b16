import type { Answer } from '../../support/app.ts';
import type { Things } from '../matrix/run.ts';
import { type Attack, attack, isGranted, told } from './attempt.ts';
import type { Person } from './people.ts';
import { crawl, type OwnRequest, requestsOfTable, sendOwn } from './requests.ts';
import type { Target } from './target.ts';

/** A request in which an id of one's own stands no more, but one of somebody else's. */
interface Tampered {
  readonly what: string;
  readonly request: OwnRequest;
}

const UUID = /^[0-9a-f-]{36}$/;

/** One id after the other replaced by that of the same thing elsewhere. */
const tampered = (request: OwnRequest, own: Things, foreign: Readonly<Record<string, Things>>): Tampered[] => {
  const text = JSON.stringify(request);
  return Object.entries(own).flatMap(([name, id]) => {
    if (name === 'nothing' || typeof id !== 'string' || !UUID.test(id) || !text.includes(id)) return [];
    return Object.entries(foreign).flatMap(([where, things]) => {
      const other = things[name];
      if (typeof other !== 'string' || other === id) return [];
      return [{ what: `${name} ${where}`, request: JSON.parse(text.replaceAll(id, other)) as OwnRequest }];
    });
  });
};

const tamper = async (
  target: Target,
  name: string,
  person: Person,
  requests: readonly OwnRequest[],
  own: Things,
  foreign: Readonly<Record<string, Things>>,
): Promise<Attack> => {
  const result = attack(name);
  for (const request of requests)
    for (const { what, request: sent } of tampered(request, own, foreign)) {
      const answer = await sendOwn(target, person, sent);
      result.try(
        `${sent.method} ${sent.path} with ${what}: ${told(answer)}`,
        isGranted(answer) && !isHarmless(answer, sent, request, what),
      );
    }
  return result;
};

const PEOPLE = /^(person|invited|owner|memberId|machine|administratorTeam) /;

/** What is answered and yet opens nothing, by its request and whose id stands in it. */
const HARMLESS: readonly (readonly [request: RegExp, whose: RegExp])[] = [
  // an id that nothing has in this region may be chosen for a thing of one's own
  [/core-entities\/(services|routes)\//, /^(service|route) of another region/],
  // whoever gives roles on anything has to know whom to: names of people, machines and teams are theirs to see
  [/^GET \/(admin\/us\/organisation|portico\/v1)\/(people|teams|system-accounts|administrator-teams)\//, PEOPLE],
  // whoever is named holds a role then: those on one's own things go to anybody there is
  [/^POST \/(portico\/v1\/role-assignments|admin\/us\/access\/)/, PEOPLE],
  // whoever decides about a product's requests has a list of them, empty where it has none
  [/^GET \/v2\/portals\/[^/]+\/(application-registrations|applications\/[^/]+\/registrations)$/, /./],
];

const isHarmless = ({ text, status }: Answer, { method, path }: OwnRequest, own: OwnRequest, what: string): boolean => {
  if (method === 'GET' && status >= 300) return true; // shows nothing; what it leads to is asked for by itself
  const isKnown = HARMLESS.some(([request, whose]) => request.test(`${method} ${path}`) && whose.test(what));
  if (isKnown) return method !== 'GET' || !path.startsWith('/v2/portals') || text.includes('"data":[]');
  if (status === 200 && path.endsWith('/decisions')) return !text.includes('"decided":true');
  // a page that takes an id for a filter or a choice of a list shows nothing of what has it
  const [, query = ''] = path.split('?');
  const ids = (query.match(/[0-9a-f-]{36}/g) ?? []).filter((id) => !own.path.includes(id));
  return method === 'GET' && ids.length > 0 && !ids.some((id) => new RegExp(`href="/[^"?]*${id}`).test(text));
};

/** Ids of others in paths, bodies and forms of what is allowed with one's own. */
export const tamperedIds = async (target: Target): Promise<Attack[]> => {
  const { here, there, abroad, mallory, victim, outsider, warden } = target;
  const developers = {
    "of another developer's": victim.own,
    'of another portal': { ...there, ...outsider.own },
    'of another region': abroad,
  };
  const mine = { ...here, ...mallory.own };
  const administrators = { 'of another portal or product': there, 'of another region': abroad };
  return [
    await tamper(target, 'ids of others in the portal API', mallory, requestsOfTable('developers.yaml', mine), mine, developers),
    await tamper(
      target,
      "ids of others in a portal's pages and forms",
      mallory,
      await crawl(target, mallory, ['/my-apps', '/account', `/application/create?productVersion=${here['secondVersion']}`]),
      mine,
      developers,
    ),
    await tamper(
      target,
      'ids of others in the management API',
      warden,
      requestsOfTable('management-api.yaml', { ...here, ownTokenId: warden.own['tokenId'] }),
      { ...here, ownTokenId: warden.own['tokenId'] },
      {
        'of another portal or product': { ...there, ownTokenId: target.master.own['tokenId'] },
        'of another region': abroad,
      },
    ),
    await tamper(
      target,
      "ids of others in the administration's pages and forms",
      warden,
      await crawl(target, warden, ['/admin/us', '/admin/us/requests', '/admin/us/products', '/admin/us/portals']),
      here,
      administrators,
    ),
  ];
};
