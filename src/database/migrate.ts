import { type Kysely, Migrator } from 'kysely';
import type { Engine } from './columns.ts';
import type { Connection, Db } from './connect.ts';
import * as organisationFoundation from './migrations/organisation/2026-11-23-foundation.ts';
import * as organisationPeople from './migrations/organisation/2026-11-26-people.ts';
import * as organisationTrail from './migrations/organisation/2026-11-26-trail.ts';
import * as regionFoundation from './migrations/region/2026-11-23-foundation.ts';
import * as regionPeople from './migrations/region/2026-11-26-people.ts';
import * as regionRenderings from './migrations/region/2026-11-26-renderings.ts';
import * as regionTrail from './migrations/region/2026-11-26-trail.ts';
import * as regionOrders from './migrations/region/2026-11-27-orders.ts';
import * as regionDiagrams from './migrations/region/2026-11-28-diagrams.ts';
import * as regionSearch from './migrations/region/2026-11-29-search.ts';
import * as regionDocumentEditor from './migrations/region/2026-11-30-document-editor.ts';
import * as regionFoundBy from './migrations/region/2026-12-01-found-by.ts';
import * as regionConsole from './migrations/region/2026-12-02-console.ts';
import * as regionSpecificationEditions from './migrations/region/2026-12-03-specification-editions.ts';
import * as regionCompounds from './migrations/region/2026-12-04-compounds.ts';
import * as regionSearchParts from './migrations/region/2026-12-05-search-parts.ts';
import * as regionSearchHits from './migrations/region/2026-12-06-search-hits.ts';
import * as regionDraftSettings from './migrations/region/2026-12-07-draft-settings.ts';

/** What a database holds: the organisation's tables (people, tokens), a region's (products, portals), or both in one. */
export type MigrationSet = 'organisation' | 'region';

interface PorticoMigration {
  up(db: Kysely<unknown>, engine: Engine): Promise<void>;
}

/** Every migration, in the order of its name; frozen once released. */
const MIGRATIONS: Record<MigrationSet, Record<string, PorticoMigration>> = {
  organisation: {
    '2026-11-23-foundation': organisationFoundation,
    '2026-11-26-people': organisationPeople,
    '2026-11-26-trail': organisationTrail,
  },
  region: {
    '2026-11-23-foundation': regionFoundation,
    '2026-11-26-people': regionPeople,
    '2026-11-26-renderings': regionRenderings,
    '2026-11-26-trail': regionTrail,
    '2026-11-27-orders': regionOrders,
    '2026-11-28-diagrams': regionDiagrams,
    '2026-11-29-search': regionSearch,
    '2026-11-30-document-editor': regionDocumentEditor,
    '2026-12-01-found-by': regionFoundBy,
    '2026-12-02-console': regionConsole,
    '2026-12-03-specification-editions': regionSpecificationEditions,
    '2026-12-04-compounds': regionCompounds,
    '2026-12-05-search-parts': regionSearchParts,
    '2026-12-06-search-hits': regionSearchHits,
    '2026-12-07-draft-settings': regionDraftSettings,
  },
};

/**
 * Brings a database up to date, forward only; safe to call from several processes at once (the migrator takes a lock).
 * @returns the names of the migrations that were applied now
 * @throws the error of the migration that failed; its own changes are rolled back
 */
export const migrate = async (connection: Connection, set: MigrationSet): Promise<string[]> => {
  const { error, results } = await connection.unhurried((db) => migratorOf(db, connection.engine, set).migrateToLatest());
  if (error) throw error;
  return (results ?? []).map((result) => result.migrationName);
};

const migratorOf = (db: Db, engine: Engine, set: MigrationSet): Migrator =>
  new Migrator({
    db,
    provider: {
      getMigrations: () =>
        Promise.resolve(
          Object.fromEntries(
            Object.entries(MIGRATIONS[set]).map(([name, migration]) => [
              name,
              { up: (db: Kysely<unknown>) => migration.up(db, engine) },
            ]),
          ),
        ),
    },
    migrationTableName: `migrations_${set}`,
    migrationLockTableName: `migrations_${set}_lock`,
  });
