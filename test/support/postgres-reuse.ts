import { sql } from 'kysely';
import { type Connection, connect, type Db } from '../../src/database/connect.ts';

/*
 * A database that a test is done with is emptied and used again, which takes a tenth of the time of a new copy. It can be emptied as
 * long as its tables are those that it began with.
 */

/** Lets copies of a freshly migrated database be emptied: keeps the rows that migrations made, and notices when a table is altered. */
export const prepareForReuse = async (db: Db): Promise<void> => {
  await sql`create schema test_support`.execute(db);
  await sql`create table test_support.altered (at timestamptz)`.execute(db);
  const { rows } = await sql<{ table: string }>`select tablename as "table" from pg_tables where schemaname = 'public'`.execute(
    db,
  );
  for (const { table } of rows) {
    const original = sql.table(`public.${table}`);
    const { rows: first } = await sql`select 1 from ${original} limit 1`.execute(db);
    if (first.length > 0)
      await sql`create table ${sql.table(`test_support.first_${table}`)} as select * from ${original}`.execute(db);
  }
  await sql.raw(RESET).execute(db);
  await sql.raw(NOTICE).execute(db);
};

/** Answers false, and does nothing, where the database cannot be emptied. */
const RESET = `
create function test_support.reset() returns boolean language plpgsql as $$
declare
  name text;
  filled boolean;
begin
  if exists (select from test_support.altered) then
    return false;
  end if;
  -- foreign keys are not looked at: everything goes
  perform set_config('session_replication_role', 'replica', true);
  for name in select tablename from pg_tables where schemaname = 'public' loop
    execute format('select exists (select from public.%I)', name) into filled;
    if filled then
      execute format('delete from public.%I', name);
    end if;
  end loop;
  for name in select substr(tablename, 7) from pg_tables where schemaname = 'test_support' and tablename like 'first\\_%' loop
    execute format('insert into public.%I overriding system value select * from test_support.%I', name, 'first_' || name);
  end loop;
  for name in select sequencename from pg_sequences where schemaname = 'public' and last_value is not null loop
    perform setval(format('public.%I', name)::regclass, 1, false);
  end loop;
  return true;
end $$`;

const NOTICE = `
create function test_support.notice() returns event_trigger language plpgsql as $$
begin
  insert into test_support.altered values (now());
end $$;
create event trigger altered on ddl_command_end execute function test_support.notice()`;

/** A database, and the connection that empties it, which knows all tables by then: whoever connects anew has to learn of them first. */
interface Used {
  readonly url: string;
  readonly emptier: Connection;
}

/** Databases of tests that are over; each worker of the test run has its own. */
const free: Used[] = [];

/** Opens a database that is as good as new, or undefined where there is none. */
export const reuseDatabase = async (): Promise<Connection | undefined> => {
  for (let used = free.pop(); used !== undefined; used = free.pop()) {
    if (await empty(used.emptier.db).catch(() => false)) return open(used);
    await used.emptier.close();
  }
  return undefined;
};

/** How often it is asked whether the connections of the test before are gone, which takes a millisecond or two. */
const MAX_LOOKS = 100;

const empty = async (db: Db): Promise<boolean> => {
  const others = sql`from pg_stat_activity
    where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`;
  for (let look = 0; (await sql`select ${others}`.execute(db)).rows.length > 0; look++)
    if (look === MAX_LOOKS) await sql`select pg_terminate_backend(pid, 10000) ${others}`.execute(db);
  const { rows } = await sql<{ reset: boolean }>`select test_support.reset() as reset`.execute(db);
  return rows[0]?.reset ?? false;
};

/** Opens a copy of the template. Once it is closed, it is used again. */
export const openDatabase = (url: string): Connection => open({ url, emptier: connect(url, { poolSize: 1 }) });

const open = (used: Used): Connection => {
  const connection = connect(used.url, { poolSize: 4 });
  return {
    ...connection,
    close: async () => {
      await connection.close();
      free.push(used);
    },
  };
};
