import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Connection } from '../../../src/database/connect.ts';
import { type Attack, attack } from './attempt.ts';
import type { Person } from './people.ts';
import { crawl, type OwnRequest, requestsOfTable, sendOwn } from './requests.ts';
import type { Target } from './target.ts';

/** Values of fields that nobody may set, by which they are found again wherever they have got to. */
const forged = (count: number): Readonly<Record<string, unknown>> => {
  const instant = new Date(Date.UTC(1999, 0, 1) + count * 1000).toISOString();
  return {
    id: randomUUID(),
    developer_id: randomUUID(),
    organisation_id: randomUUID(),
    created_at: instant,
    updated_at: instant.replace('1999', '1998'),
    email_verified_at: instant.replace('1999', '1997'),
    password_hash: `forged-hash-${count}`,
    email_key: `forged-${count}@example.com`,
    region: `forged-region-${count}`,
  };
};

/** Values that mean something: what they would do is looked for in what is there afterwards. */
const MEANINGFUL = ['status', 'is_admin', 'role', 'portal_id', 'developerId', 'is_public', 'auto_approve_developers'] as const;

const meaning = (target: Target, name: (typeof MEANINGFUL)[number]): unknown =>
  ({
    status: 'approved',
    is_admin: true,
    role: 'Organisation Admin',
    portal_id: target.there['portal'],
    developerId: target.victim.own['developer'],
    is_public: true,
    auto_approve_developers: true,
  })[name];

const STILL =
  /\/(delete|log-?out|revoke|end|end-others|deactivate|unregister|password|second-factor|recovery-codes|decide|undo)(\?|$|\/)/;

/** Everything that a database holds, a line a row. */
const rowsOf = async ({ db }: Connection): Promise<string[]> => {
  const { rows: tables } = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(db);
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql`select * from ${sql.id(name)}`.execute(db);
    for (const row of rows as Record<string, unknown>[])
      found.push(
        `${name}: ${Object.values(row)
          .filter((value) => !Buffer.isBuffer(value))
          .join(' | ')}`,
      );
  }
  return found;
};

/** Who has what rights and whose things are whose: what fields of developers' requests must not change. */
const rightsOf = async ({ databases: { us }, here, mallory }: Target): Promise<string[]> => {
  const { db } = us;
  const developers = await db
    .selectFrom('developers')
    .select(['id', 'portal_id', 'status'])
    .where('status', '=', 'approved')
    .execute();
  const applications = await db
    .selectFrom('applications')
    .select(['id', 'developer_id', 'portal_id'])
    .where('developer_id', '<>', String(mallory.own['developer']))
    .execute();
  const registrations = await db.selectFrom('registrations').select(['id', 'status']).where('status', '<>', 'pending').execute();
  const portal = await db
    .selectFrom('portals')
    .select(['is_public', 'auto_approve_developers'])
    .where('id', '=', String(here['portal']))
    .execute();
  const roles = await db.selectFrom('entity_role_assignments').select(['id']).execute();
  return [...developers, ...applications, ...registrations, ...portal, ...roles].map((row) => JSON.stringify(row)).sort();
};

const withField = ({ json, form, ...request }: OwnRequest, name: string, value: unknown): OwnRequest =>
  form === undefined
    ? { ...request, json: { ...(json as object), [name]: value } }
    : { ...request, form: { ...form, [name]: String(value) } };

/** Whether a request may have a field: services and routes of a gateway are given their ids by whoever makes them. */
const mayHave = ({ path, json, form }: OwnRequest, name: string): boolean =>
  name in ((form ?? json) as object) || (name === 'id' && path.includes('/core-entities/'));

/** Sends each request once for each field that it does not have. */
const sendAll = async (
  target: Target,
  result: Attack,
  person: Person,
  requests: readonly OwnRequest[],
  markers: Map<string, string>,
  names: readonly (typeof MEANINGFUL)[number][],
): Promise<void> => {
  const changing = requests.filter(
    ({ path, json, form }) => !STILL.test(path) && (form !== undefined || (typeof json === 'object' && json !== null)),
  );
  for (const request of changing) {
    const fields = { ...forged(markers.size), ...Object.fromEntries(names.map((name) => [name, meaning(target, name)])) };
    for (const [name, value] of Object.entries(fields).filter(([name]) => !mayHave(request, name))) {
      await sendOwn(target, person, withField(request, name, value));
      result.try('', false);
      if (!(names as readonly string[]).includes(name))
        markers.set(String(value), `${name} in ${request.method} ${request.path}`);
    }
  }
};

/** What was forged and has got somewhere. */
const findMarkers = async ({ databases }: Target, markers: ReadonlyMap<string, string>): Promise<string[]> => {
  const rows = [...(await rowsOf(databases.us)), ...(await rowsOf(databases.eu))].join('\n');
  return [...markers].filter(([marker]) => rows.includes(marker)).map(([, what]) => what);
};

const assign = async (
  target: Target,
  name: string,
  person: Person,
  requests: readonly OwnRequest[],
  names: readonly (typeof MEANINGFUL)[number][],
): Promise<Attack> => {
  const result = attack(name);
  const markers = new Map<string, string>();
  const before = await rightsOf(target);
  await sendAll(target, result, person, requests, markers, names);
  result.successes.push(...(await findMarkers(target, markers)).map((what) => `${what} is in the database`));
  if (names.length > 0) {
    const after = await rightsOf(target);
    result.successes.push(...after.filter((row) => !before.includes(row)).map((row) => `there is now ${row}`));
    result.successes.push(...before.filter((row) => !after.includes(row)).map((row) => `there is no more ${row}`));
  }
  return result;
};

/** Fields in bodies and forms that these do not have, and that are columns or rights. */
export const massAssignment = async (target: Target): Promise<Attack[]> => {
  const { here, mallory, master } = target;
  const mine = { ...here, ...mallory.own, ownApplicationId: mallory.own['application'] };
  return [
    await assign(target, 'additional fields in the portal API', mallory, requestsOfTable('developers.yaml', mine), MEANINGFUL),
    await assign(
      target,
      "additional fields in a portal's forms",
      mallory,
      await crawl(target, mallory, ['/my-apps', '/account', `/application/create?productVersion=${here['secondVersion']}`]),
      MEANINGFUL,
    ),
    await assign(target, 'additional fields in the management API', master, requestsOfTable('management-api.yaml', here), []),
    await assign(
      target,
      "additional fields in the administration's forms",
      master,
      await crawl(target, master, ['/admin/us', '/admin/us/products', '/admin/us/portals', '/admin/us/organisation/people']),
      [],
    ),
  ];
};
