import { sql } from 'kysely';
import type { Db } from '../../database/connect.ts';
import type { Trails } from './trail-queries.ts';

/** Something in an event that has a name somewhere. */
export interface Named {
  readonly type: string;
  readonly id: string;
}

/** What a thing is called now, and where it is found. */
export interface Known {
  readonly name: string;
  /** the portal or the product that it belongs to; of a webhook, whose log it sends */
  readonly parent?: string | null;
  /** what it turned out to be, where its type leaves that open */
  readonly kind?: string;
}

/** How each type of thing is named: a query that answers what is known of those with the given ids. */
type NamesQuery = (db: Db, ids: readonly string[]) => Promise<({ id: string } & Known)[]>;

/** Webhooks are called after the portal whose log they send. */
const webhookNames: NamesQuery = (db, ids) =>
  db
    .selectFrom('audit_webhooks')
    .leftJoin('portals', 'portals.id', 'audit_webhooks.portal_id')
    .select(['audit_webhooks.id', 'audit_webhooks.scope as parent'])
    .select(sql<string>`coalesce(portals.name, 'whole log')`.as('name'))
    .where('audit_webhooks.id', 'in', ids)
    .execute();

const versionName = sql<string>`products.name || ' ' || product_versions.name`;

/** Things of a region. What has no name of its own is called after what it is about. */
const OF_REGION: Readonly<Record<string, NamesQuery>> = {
  application: (db, ids) =>
    db.selectFrom('applications').select(['id', 'name', 'portal_id as parent']).where('id', 'in', ids).execute(),
  'audit-destination': (db, ids) => db.selectFrom('audit_destinations').select(['id', 'name']).where('id', 'in', ids).execute(),
  'audit-replay': webhookNames,
  'audit-webhook': webhookNames,
  'auth-strategy': (db, ids) => db.selectFrom('auth_strategies').select(['id', 'name']).where('id', 'in', ids).execute(),
  'control-plane': (db, ids) => db.selectFrom('control_planes').select(['id', 'name']).where('id', 'in', ids).execute(),
  credential: (db, ids) => db.selectFrom('credentials').select(['id', 'name']).where('id', 'in', ids).execute(),
  developer: (db, ids) =>
    db.selectFrom('developers').select(['id', 'full_name as name', 'portal_id as parent']).where('id', 'in', ids).execute(),
  document: (db, ids) =>
    db.selectFrom('documents').select(['id', 'title as name', 'product_id as parent']).where('id', 'in', ids).execute(),
  portal: (db, ids) => db.selectFrom('portals').select(['id', 'name']).where('id', 'in', ids).execute(),
  product: (db, ids) => db.selectFrom('products').select(['id', 'name']).where('id', 'in', ids).execute(),
  publication: (db, ids) =>
    db
      .selectFrom('publications')
      .innerJoin('product_versions', 'product_versions.id', 'publications.version_id')
      .innerJoin('products', 'products.id', 'product_versions.product_id')
      .select(['publications.id', versionName.as('name')])
      .where('publications.id', 'in', ids)
      .execute(),
  registration: (db, ids) =>
    db
      .selectFrom('registrations')
      .innerJoin('applications', 'applications.id', 'registrations.application_id')
      .innerJoin('product_versions', 'product_versions.id', 'registrations.version_id')
      .innerJoin('products', 'products.id', 'product_versions.product_id')
      .select(['registrations.id', sql<string>`applications.name || ' for ' || ${versionName}`.as('name')])
      .where('registrations.id', 'in', ids)
      .execute(),
  session: (db, ids) =>
    db
      .selectFrom('developer_sessions')
      .innerJoin('developers', 'developers.id', 'developer_sessions.developer_id')
      .select(['developer_sessions.id', 'developers.full_name as name'])
      .where('developer_sessions.id', 'in', ids)
      .execute(),
  specification: (db, ids) => db.selectFrom('specifications').select(['id', 'name']).where('id', 'in', ids).execute(),
  team: (db, ids) =>
    db.selectFrom('developer_teams').select(['id', 'name', 'portal_id as parent']).where('id', 'in', ids).execute(),
  version: (db, ids) =>
    db
      .selectFrom('product_versions')
      .innerJoin('products', 'products.id', 'product_versions.product_id')
      .select(['product_versions.id', 'product_versions.product_id as parent', versionName.as('name')])
      .where('product_versions.id', 'in', ids)
      .execute(),
};

type HolderTable = 'administrators' | 'system_accounts' | 'administrator_teams' | 'tokens';

const ofKind = async (db: Db, kind: string, table: HolderTable, ids: readonly string[]): Promise<({ id: string } & Known)[]> =>
  (await db.selectFrom(table).select(['id', 'name']).where('id', 'in', ids).execute()).map((row) => ({ ...row, kind }));

/** Things of the organisation. An administrator who acts is a person, a machine, or a token of nobody in particular. */
const OF_ORGANISATION: Readonly<Record<string, NamesQuery>> = {
  administrator: async (db, ids) => [
    ...(await ofKind(db, 'administrator', 'administrators', ids)),
    ...(await ofKind(db, 'system-account', 'system_accounts', ids)),
    ...(await ofKind(db, 'token', 'tokens', ids)),
  ],
  holder: async (db, ids) => [
    ...(await ofKind(db, 'administrator', 'administrators', ids)),
    ...(await ofKind(db, 'system-account', 'system_accounts', ids)),
    ...(await ofKind(db, 'administrator-team', 'administrator_teams', ids)),
  ],
  'administrator-session': (db, ids) =>
    db
      .selectFrom('administrator_sessions')
      .innerJoin('administrators', 'administrators.id', 'administrator_sessions.administrator_id')
      .select(['administrator_sessions.id', 'administrators.name'])
      .where('administrator_sessions.id', 'in', ids)
      .execute(),
  'administrator-team': (db, ids) => db.selectFrom('administrator_teams').select(['id', 'name']).where('id', 'in', ids).execute(),
  'system-account': (db, ids) => db.selectFrom('system_accounts').select(['id', 'name']).where('id', 'in', ids).execute(),
  token: (db, ids) => db.selectFrom('tokens').select(['id', 'name']).where('id', 'in', ids).execute(),
};

/** What is known of things, by type and id: a query for each type that occurs. */
export const namesOf = async (
  { region, organisation }: Trails,
  things: readonly Named[],
): Promise<(type: string, id: string) => Known | undefined> => {
  const names = new Map<string, Known>();
  for (const type of new Set(things.map((thing) => thing.type))) {
    const ids = [...new Set(things.filter((thing) => thing.type === type).map(({ id }) => id))];
    const found = (await OF_REGION[type]?.(region.db, ids)) ?? (await OF_ORGANISATION[type]?.(organisation.db, ids)) ?? [];
    for (const { id, ...known } of found) names.set(`${type} ${id}`, known);
  }
  return (type, id) => names.get(`${type} ${id}`);
};
