import { parse } from 'yaml';
import { hashSecret } from '../../../src/domain/secrets/index.ts';
import type { Answer } from '../../support/app.ts';
import { read } from '../../support/source.ts';
import { type Ask, type Difference, filled, type Things } from './run.ts';
import type { AdministratorVisitor } from './world.ts';

/** A row of the table; see the head of `management-api.yaml`. */
interface Row {
  readonly may: Who;
  readonly or?: readonly { readonly who: Who; readonly get: number }[];
  readonly sees?: Who;
  readonly else?: number;
  readonly shows?: readonly [string, Who];
  readonly masters?: number;
  readonly anonymous?: 'ok';
  readonly "nobody's"?: number;
  readonly query?: string;
  readonly body?: unknown;
  readonly form?: Readonly<Record<string, string>>;
}

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
    const counts = where === 'this' || where === 'all' || (group['anywhere'] === true && where === 'another');
    return counts && Array.isArray(held) && held.includes(role);
  });
};

const isAmong = (visitor: AdministratorVisitor, who: Who): boolean =>
  [who].flat().some((groups) => groups.split(' & ').every((name) => isIn(visitor, name)));

/** What the table says that a visitor gets: `ok`, or a status; of lists also whether they hold the thing. */
const expected = (row: Row, visitor: AdministratorVisitor, anonymous: string): string => {
  if (visitor.kind === 'nobody') return row.anonymous ?? anonymous;
  if (visitor.kind === 'nobody in particular' && row["nobody's"] !== undefined) return String(row["nobody's"]);
  const isMaster = visitor.kind !== 'administrator';
  if (isMaster && row.masters !== undefined) return String(row.masters);
  if (isMaster || isAmong(visitor, row.may)) {
    if (!row.shows) return 'ok';
    return isMaster || isAmong(visitor, row.shows[1]) ? 'ok with' : 'ok without';
  }
  const special = row.or?.find(({ who }) => isAmong(visitor, who));
  if (special) return String(special.get);
  return row.sees !== undefined && isAmong(visitor, row.sees) ? '403' : String(row.else);
};

/** How a face is asked: its table, who somebody is to it, and how it says that it does not know them. */
export interface AdministratorFace {
  /** a file beside this one */
  readonly table: string;
  /** what stands in a path for each parameter, where the world calls it otherwise */
  readonly parameters: Readonly<Record<string, string>>;
  readonly headersOf: (visitor: AdministratorVisitor) => Record<string, string>;
  readonly anonymous: string;
  readonly outcomeOf: (answer: Answer) => string;
}

/** Every route of a face × every kind of administrator. Answers the rows of the table too. */
export const runAdministrators = async (
  face: AdministratorFace,
  things: Things,
  visitors: readonly AdministratorVisitor[],
  ask: Ask,
): Promise<{ cells: number; differences: Difference[]; rows: string[] }> => {
  const { routes } = parse(read(`test/tools/matrix/${face.table}`)) as Table;
  const differences: Difference[] = [];
  let cells = 0;
  for (const [route, row] of Object.entries(routes)) {
    const [method = '', template = ''] = route.split(' ');
    const query = row.query === undefined ? '' : `?${filled(row.query, things)}`;
    for (const visitor of visitors) {
      const mine: Things = { ...things, ownTokenId: visitor.tokenId ?? things['tokenId'] };
      const path = template.replace(/:(\w+)/g, (_, name: string) => String(mine[face.parameters[name] ?? name]));
      const answer = await ask(method.toUpperCase(), `${path}${query}`, {
        token: null,
        ...contentOf(row, things, face.headersOf(visitor), visitor),
      });
      const outcome = face.outcomeOf(answer);
      const shown =
        row.shows && outcome === 'ok' ? (answer.text.includes(String(things[row.shows[0]])) ? ' with' : ' without') : '';
      const [actual, wanted] = [`${outcome}${shown}`, expected(row, visitor, face.anonymous)];
      cells++;
      if (actual !== wanted) differences.push({ route, visitor: visitor.name, expected: wanted, actual, answer: answer.text });
    }
  }
  return { cells, differences, rows: Object.keys(routes) };
};

const contentOf = ({ body, form }: Row, things: Things, headers: Record<string, string>, { sessionId }: AdministratorVisitor) => {
  if (form === undefined) return { headers, ...(body === undefined ? {} : { json: filled(body, things) }) };
  const csrf = hashSecret({ secretKey: String(things['secretKey']) }, 'csrf', sessionId ?? '');
  return {
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ _csrf: csrf, ...form }).toString(),
  };
};
