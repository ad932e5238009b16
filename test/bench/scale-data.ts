import { type RawBuilder, sql } from 'kysely';
import type { Engine } from '../../src/database/columns.ts';
import type { Connection } from '../../src/database/connect.ts';

/** How much there is of everything, as multiples of the number of products. */
export const VERSIONS = 10;
export const DEVELOPERS = 10;
const APPLICATIONS = 2 * DEVELOPERS;
const REGISTRATIONS = 10 * DEVELOPERS;
/** One registration in so many waits, one developer in twice as many. */
const WAITING = 100;

/** What the generated rows belong to. */
export interface Owners {
  readonly portalId: string;
  readonly strategyId: string;
}

const KINDS = ['product', 'version', 'publication', 'developer', 'application', 'registration'] as const;

const inEngine = (engine: Engine) => {
  const postgres = engine === 'postgres';
  return {
    /** `from` a table of the numbers 0 … count - 1, called `n` */
    numbers: (count: number): RawBuilder<unknown> =>
      postgres
        ? sql`(select generate_series(0, ${sql.lit(count - 1)}) as n) as numbers`
        : sql`(with recursive numbers(n) as (select 0 union all select n + 1 from numbers where n < ${sql.lit(count - 1)}) select n from numbers) as numbers`,
    /** the id of the n-th of a kind, as a UUID */
    id: (kind: (typeof KINDS)[number], n: RawBuilder<unknown>): RawBuilder<unknown> => {
      const prefix = `0000000${KINDS.indexOf(kind) + 1}-0000-7000-8000-`;
      return postgres
        ? sql`cast(${sql.lit(prefix)} || lpad(to_hex(${n}), 12, '0') as uuid)`
        : sql`${sql.lit(prefix)} || printf('%012x', ${n})`;
    },
    /** an instant, as many seconds after the beginning of 2026 */
    instant: (seconds: RawBuilder<unknown>): RawBuilder<unknown> =>
      postgres
        ? sql`timestamptz '2026-01-01T00:00:00Z' + make_interval(secs => ${seconds})`
        : sql`strftime('%Y-%m-%dT%H:%M:%f', '2026-01-01', '+' || (${seconds}) || ' seconds') || 'Z'`,
    flag: (condition: RawBuilder<unknown>): RawBuilder<unknown> =>
      postgres ? sql`(${condition})` : sql`(case when ${condition} then 1 else 0 end)`,
    padded: (n: RawBuilder<unknown>): RawBuilder<unknown> =>
      postgres ? sql`lpad(cast(${n} as text), 6, '0')` : sql`printf('%06d', ${n})`,
    json: (text: string): RawBuilder<unknown> => (postgres ? sql`cast(${sql.lit(text)} as jsonb)` : sql`${sql.lit(text)}`),
  };
};

/** Fills a portal with products, all published, and with developers, applications and registrations for them. */
export const fillRegion = async (
  { db, engine }: Connection,
  { portalId, strategyId }: Owners,
  products: number,
): Promise<void> => {
  const { numbers, id, instant, flag, padded, json } = inEngine(engine);
  const n = sql.ref('n');
  const uuid = (text: string) => (engine === 'postgres' ? sql`cast(${text} as uuid)` : sql`${text}`);
  const at = instant(n);
  const versions = products * VERSIONS;
  const of = (size: number): RawBuilder<unknown> => sql`(n / ${sql.lit(size)})`;
  const run = async (statement: RawBuilder<unknown>): Promise<void> => void (await statement.execute(db));

  await run(sql`insert into products (id, slug, name, name_key, found_by, description, labels, public_labels, created_at, updated_at)
    select ${id('product', n)}, 'product-' || ${padded(n)}, 'Product ' || ${padded(n)}, 'product ' || ${padded(n)},
      'product ' || ${padded(n)} || ' what this product is for, in a sentence of ordinary length.',
      'What this product is for, in a sentence of ordinary length.', ${json('{}')}, ${json('{}')}, ${at}, ${at} from ${numbers(products)}`);
  await run(sql`insert into product_assignments (portal_id, product_id, created_at)
    select ${uuid(portalId)}, ${id('product', n)}, ${at} from ${numbers(products)}`);
  await run(sql`insert into product_versions (id, product_id, slug, name, name_key, labels, created_at, updated_at)
    select ${id('version', n)}, ${id('product', of(VERSIONS))}, 'v' || (n % ${sql.lit(VERSIONS)}), 'v' || (n % ${sql.lit(VERSIONS)}),
      'v' || (n % ${sql.lit(VERSIONS)}), ${json('{}')}, ${at}, ${at} from ${numbers(versions)}`);
  await run(sql`insert into publications (id, portal_id, version_id, publish_status, deprecated, application_registration_enabled,
      auto_approve_registration, created_at, updated_at)
    select ${id('publication', n)}, ${uuid(portalId)}, ${id('version', n)}, 'published', ${flag(sql`1 = 0`)}, ${flag(sql`1 = 1`)},
      ${flag(sql`1 = 0`)}, ${at}, ${at} from ${numbers(versions)}`);
  await run(sql`insert into publication_auth_strategies (publication_id, auth_strategy_id)
    select ${id('publication', n)}, ${uuid(strategyId)} from ${numbers(versions)}`);
  await run(sql`insert into developers (id, portal_id, email, email_key, full_name, name_key, status, email_verified_at, created_at, updated_at)
    select ${id('developer', n)}, ${uuid(portalId)}, 'someone-' || n || '@example.com', 'someone-' || n || '@example.com',
      'Someone ' || ${padded(n)}, 'someone ' || ${padded(n)},
      case when n % ${sql.lit(2 * WAITING)} = 1 then 'pending' else 'approved' end, ${at}, ${at}, ${at} from ${numbers(products * DEVELOPERS)}`);
  await run(sql`insert into applications (id, portal_id, developer_id, auth_strategy_id, name, name_key, reference_id, scopes, created_at, updated_at)
    select ${id('application', n)}, ${uuid(portalId)}, ${id('developer', of(2))}, ${uuid(strategyId)}, 'App ' || n, 'app ' || n,
      'app-' || n, ${json('[]')}, ${at}, ${at} from ${numbers(products * APPLICATIONS)}`);
  const application = of(REGISTRATIONS / APPLICATIONS);
  const version = sql`((${application} * 13 + n % ${sql.lit(REGISTRATIONS / APPLICATIONS)}) % ${sql.lit(versions)})`;
  await run(sql`insert into registrations (id, portal_id, developer_id, application_id, product_id, version_id, status, scopes, created_at, updated_at)
    select ${id('registration', n)}, ${uuid(portalId)}, ${id('developer', sql`(${application} / 2)`)}, ${id('application', application)},
      ${id('product', sql`(${version} / ${sql.lit(VERSIONS)})`)}, ${id('version', version)},
      case when n % ${sql.lit(WAITING)} = 7 then 'pending' else 'approved' end, ${json('[]')}, ${at}, ${at}
    from ${numbers(products * REGISTRATIONS)}`);
  await run(sql`analyze`);
};

/** The id of the n-th developer that {@link fillRegion} makes. */
export const developerId = (n: number): string => `00000004-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
