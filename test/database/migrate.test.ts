import { type Kysely, sql } from 'kysely';
import { expect, it } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { up } from '../../src/database/migrations/region/2026-11-26-renderings.ts';
import { up as searchUp } from '../../src/database/migrations/region/2026-11-29-search.ts';
import { up as foundByUp } from '../../src/database/migrations/region/2026-12-01-found-by.ts';
import { up as editionsUp } from '../../src/database/migrations/region/2026-12-03-specification-editions.ts';
import { up as searchHitsUp } from '../../src/database/migrations/region/2026-12-06-search-hits.ts';
import { onEachDatabase } from '../support/database.ts';

onEachDatabase('migrations', (open, engine) => {
  it('are all applied to a fresh database, and applying them again does nothing', async () => {
    const connection = await open();
    expect(await migrate(connection, 'organisation')).toEqual([]);
    expect(await migrate(connection, 'region')).toEqual([]);
  });

  it('keep what is known of the HTML of specifications', async () => {
    const { db } = await open();
    await sql`drop table specification_renderings`.execute(db);
    await sql`alter table specification_contents add column renderer_version integer`.execute(db);
    await sql`insert into specification_contents (content_hash, bytes, format, title, api_version, spec_version, summary,
      operation_count, groups, findings, renderer_version) values ('a', '', 'json', '', '', '', '', 0, '[]', '[]', 2)`.execute(
      db,
    );
    await up(db as Kysely<unknown>, engine);
    expect(await db.selectFrom('specification_renderings').selectAll().execute()).toEqual([
      { content_hash: 'a', renderer_version: 2, refused_by: 0, attempts: 0 },
    ]);
    await db.deleteFrom('specification_contents').execute();
    expect(await db.selectFrom('specification_renderings').selectAll().execute()).toEqual([]);
  });

  it('have everything that is there indexed for the search', async () => {
    const { db } = await open();
    const id = '00000000-0000-7000-8000-000000000001';
    await sql`insert into products (id, slug, name, name_key, labels, public_labels, created_at, updated_at)
      values (${id}, 'a', 'A', 'a', '{}', '{}', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')`.execute(db);
    for (const table of ['due', 'entries', 'sources', 'products', 'words', 'typos', 'index'])
      await sql`drop table ${sql.table(`search_${table}`)}`.execute(db);
    await searchUp(db as Kysely<unknown>, engine);
    expect(await db.selectFrom('search_due').select(['kind', 'subject_id']).execute()).toEqual([
      { kind: 'product', subject_id: id },
    ]);
  });

  it('have products found by what they were found by', async () => {
    const { db } = await open();
    const id = '00000000-0000-7000-8000-000000000001';
    await sql`alter table products drop column found_by`.execute(db);
    await sql`insert into products (id, slug, name, name_key, description, labels, public_labels, created_at, updated_at)
      values (${id}, 'a', 'Äpfel', 'äpfel', 'Of the ORCHARD', '{}', '{}', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')`.execute(
      db,
    );
    await sql`insert into product_labels (product_id, audience, key, value, value_key)
      values (${id}, 'public', 'area', 'Fruit', 'fruit'), (${id}, 'internal', 'team', 'Secret', 'secret')`.execute(db);
    await foundByUp(db as Kysely<unknown>, engine);
    expect(await db.selectFrom('products').select('found_by').execute()).toEqual([{ found_by: 'äpfel\nof the orchard\nfruit' }]);
  });

  it('begin the history of each specification with the document that it has, and of each publication with its beginning', async () => {
    const { db } = await open();
    const [product, version, portal] = [1, 2, 3].map((n) => `00000000-0000-7000-8000-00000000000${n}`);
    const at = '2026-01-01T00:00:00.000Z';
    const later = '2026-02-01T00:00:00.000Z';
    await sql`drop table specification_editions`.execute(db);
    await sql`drop table specification_comparisons`.execute(db);
    await sql`alter table publications drop column published_at`.execute(db);
    await sql`insert into products (id, slug, name, name_key, found_by, labels, public_labels, created_at, updated_at)
      values (${product}, 'a', 'A', 'a', 'a', '{}', '{}', ${at}, ${at})`.execute(db);
    await sql`insert into product_versions (id, product_id, slug, name, name_key, labels, created_at, updated_at)
      values (${version}, ${product}, 'v1', 'v1', 'v1', '{}', ${at}, ${at})`.execute(db);
    await sql`insert into specification_contents (content_hash, bytes, format, title, api_version, spec_version, summary,
      operation_count, groups, findings) values ('a', '', 'json', '', '', '', '', 0, '[]', '[]')`.execute(db);
    await sql`insert into specifications (id, version_id, name, content_hash, created_at, updated_at)
      values (${portal}, ${version}, 'a.json', 'a', ${at}, ${later})`.execute(db);
    await editionsUp(db as Kysely<unknown>, engine);
    expect(await db.selectFrom('specification_editions').selectAll().execute()).toEqual([
      {
        ...{ version_id: version, number: 1, name: 'a.json', content_hash: 'a', created_at: later, replaced_at: null },
        ...{ actor_kind: 'system', actor_id: null },
      },
    ]);
  });

  it.runIf(engine === 'postgres')('keep what the search has indexed, and tell it of what', async () => {
    const { db } = await open();
    const subject = '00000000-0000-7000-8000-000000000001';
    await sql`insert into search_sources (id, kind, subject_id, product_id, state) values (7, 'product', ${subject}, ${subject}, '')`.execute(
      db,
    );
    await sql`insert into search_entries (id, source_id, key, digest, title, label, target, name_key, body, deprecated)
      values (1, 7, '', '', 'Tide', '', '', 'tide', '', true)`.execute(db);
    const indexes = async () =>
      (await sql<object>`select indexname, indexdef from pg_indexes where tablename like 'search_index%' order by 1`.execute(db))
        .rows;
    const before = await indexes();
    await db.transaction().execute(async (db) => {
      await sql`alter table search_index drop column source_id, drop column name_key, drop column deprecated`.execute(db);
      await sql`insert into search_index (id, kind, words) values (1, 'product', '''tide'':1'), (2, 'product', '''gone'':1')`.execute(
        db,
      );
      await searchHitsUp(db as unknown as Kysely<unknown>, engine);
    });
    const { rows } = await sql`select id, kind, source_id, name_key, deprecated, words from search_index`.execute(db);
    expect(rows).toEqual([{ id: 1, kind: 'product', source_id: 7, name_key: 'tide', deprecated: true, words: "'tide':1" }]);
    expect(await indexes()).toEqual(before);
  });

  it('leave foreign keys enforced', async () => {
    const { db } = await open();
    const orphan = sql`insert into product_labels (product_id, audience, key, value, value_key)
      values ('00000000-0000-7000-8000-000000000000', 'public', 'a', 'b', 'b')`;
    await expect(orphan.execute(db)).rejects.toThrow(/foreign key/i);
  });

  it('set SQLite up to lose nothing that was acknowledged', async () => {
    if (engine !== 'sqlite') return;
    const { db } = await open();
    const pragma = async (name: string) => Object.values((await sql.raw<object>(`pragma ${name}`).execute(db)).rows[0] ?? {})[0];
    expect(await pragma('synchronous')).toBe(2);
    expect(await pragma('foreign_keys')).toBe(1);
    expect(await pragma('busy_timeout')).toBe(5000);
  });
});
