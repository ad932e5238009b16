import { parse } from 'yaml';
import type { Answer } from '../../support/app.ts';
import { read } from '../../support/source.ts';
import type { AdministratorVisitor } from './administrator-visitors.ts';
import { type Ask, type Difference, filled, rowsWith, shownIn, type Things } from './run.ts';

/** A row of the table; see the head of `management-api.yaml`. */
interface Row {
  readonly may: Who;
  readonly or?: readonly { readonly who: Who; readonly get: Outcome }[];
  readonly sees?: Who;
  readonly else?: Outcome;
  readonly shows?: readonly [string, Who];
  readonly masters?: Outcome;
  readonly anonymous?: Outcome;
  readonly "nobody's"?: Outcome;
  readonly machines?: Outcome;
  readonly query?: string;
  readonly body?: unknown;
  readonly form?: Fields;
  /** a form with files: `[name, content]` */
  readonly parts?: Fields;
}

/** `ok`, where it leads, a status, or `refused` */
type Outcome = string | number;
type Fields = Readonly<Record<string, string | readonly [name: string, content: string]>>;

type Who = string | readonly string[];
type Group = Readonly<Record<string, readonly string[] | boolean>>;

interface Table {
  readonly routes: Readonly<Record<string, Row>>;
}

const groups = parse(read('test/tools/matrix/groups.yaml')) as Readonly<Record<string, Group>>;

const isIn = ({ roles }: AdministratorVisitor, name: string): boolean => {
  if (name === 'everyone') return true;
  if (name === 'nobody') return false;
  const group = groups[name];
  if (!group) throw new Error(`the table has no group ${name}`);
  return roles.some(({ entityType, role, where }) => {
    const held = group[entityType];
    const counts = ['this', 'all', 'all regions'].includes(where) || (group['anywhere'] === true && where === 'another');
    return counts && Array.isArray(held) && held.includes(role);
  });
};

const isAmong = (visitor: AdministratorVisitor, who: Who): boolean =>
  [who].flat().some((groups) => groups.split(' & ').every((name) => isIn(visitor, name)));

/** What the table says that a visitor gets: `ok`, or a status; of lists also whether they hold the thing. */
const expected = (row: Row, visitor: AdministratorVisitor, anonymous: string): string => {
  if (visitor.kind === 'nobody') return String(row.anonymous ?? anonymous);
  if (visitor.kind === 'nobody in particular' && row["nobody's"] !== undefined) return String(row["nobody's"]);
  if (visitor.kind === 'machine' && row.machines !== undefined) return String(row.machines);
  const isMaster = visitor.kind === 'master' || visitor.kind === 'nobody in particular';
  if (isMaster && row.masters !== undefined) return String(row.masters);
  if (isMaster || isAmong(visitor, row.may)) {
    if (!row.shows) return 'ok';
    return isMaster || isAmong(visitor, row.shows[1]) ? 'ok with' : 'ok without';
  }
  const special = row.or?.find(({ who }) => isAmong(visitor, who));
  if (special) return String(special.get);
  return row.sees !== undefined && isAmong(visitor, row.sees) ? '403' : String(row.else);
};

const fits = (actual: string, wanted: string): boolean =>
  wanted === 'refused' ? actual === '403' || actual === '404' : actual === wanted;

/** How a face is asked: its table, who somebody is to it, and how it says that it does not know them. */
export interface AdministratorFace {
  /** a file beside this one */
  readonly table: string;
  /** what stands in a path for each parameter, where the world calls it otherwise */
  readonly parameters: Readonly<Record<string, string>>;
  readonly headersOf: (visitor: AdministratorVisitor) => Record<string, string>;
  /** what its forms are known by */
  readonly csrfOf?: (route: string, visitor: AdministratorVisitor) => string;
  readonly anonymous: string;
  readonly outcomeOf: (answer: Answer) => string;
}

/** Every route of a face whose row holds the text `only` × every kind of administrator. */
export const runAdministrators = async (
  face: AdministratorFace,
  things: Things,
  visitors: readonly AdministratorVisitor[],
  ask: Ask,
  only: string,
): Promise<{ cells: number; differences: Difference[] }> => {
  const { routes } = parse(read(`test/tools/matrix/${face.table}`)) as Table;
  const differences: Difference[] = [];
  let cells = 0;
  for (const [route, row] of rowsWith(routes, only)) {
    const [method = '', template = ''] = String(filled(route, things)).split(' ');
    const query = row.query === undefined ? '' : `?${filled(row.query, things)}`;
    for (const visitor of visitors) {
      const { nothing } = things;
      const mine: Things = { ...things, ownTokenId: visitor.tokenId ?? nothing, ownSessionId: visitor.sessionId ?? nothing };
      const path = template.replace(/:(\w+)/g, (_, name: string) => String(mine[face.parameters[name] ?? name]));
      const { headers, ...content } = await contentOf(row, things, face.csrfOf?.(route, visitor) ?? '');
      const answer = await ask(method.toUpperCase(), `${path}${query}`, {
        token: null,
        headers: { ...headers, ...face.headersOf(visitor) },
        ...content,
      });
      const outcome = face.outcomeOf(answer);
      const shown = outcome === 'ok' ? shownIn(answer, row.shows?.[0], things) : '';
      const [actual, wanted] = [`${outcome}${shown}`, expected(row, visitor, face.anonymous)];
      cells++;
      if (!fits(actual, wanted))
        differences.push({ route, visitor: visitor.name, expected: wanted, actual, answer: answer.text });
    }
  }
  return { cells, differences };
};

/** What is sent: JSON, a form, or a form with files. */
const contentOf = async ({ body, form, parts }: Row, things: Things, csrf: string) => {
  if (form) {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return {
      headers,
      body: new URLSearchParams({ _csrf: csrf, ...(filled(form, things) as Record<string, string>) }).toString(),
    };
  }
  if (!parts) return { headers: {}, ...(body === undefined ? {} : { json: filled(body, things) }) };
  const data = new FormData();
  data.append('_csrf', csrf);
  for (const [name, value] of Object.entries(filled(parts, things) as Fields))
    if (typeof value === 'string') data.append(name, value);
    else data.append(name, new Blob([value[1]]), value[0]);
  const encoded = new Response(data);
  const headers = { 'content-type': encoded.headers.get('content-type') ?? '' };
  return { headers, body: Buffer.from(await encoded.arrayBuffer()) };
};
