import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { onEachDatabase } from '../support/database.ts';
import { filesBelow, read } from '../support/source.ts';

const SCHEMA = [
  ...['organisation', 'region'].map((part) => `src/database/${part}-schema.ts`),
  ...filesBelow('src/database/tables', '.ts'),
]
  .map(read)
  .join('\n');

/** Which module writes which table; the comments of the schema say the same, and are checked against it. */
const OWNERS: Record<string, string> = Object.fromEntries(
  [...SCHEMA.matchAll(/\/\*\* owner: ([\w/-]+)[^*]*\*\/\nexport interface (\w+)Table/g)].map(([, owner, name]) => [
    (name ?? '').replace(/(?<!^)([A-Z])/g, '_$1').toLowerCase(),
    owner ?? '',
  ]),
);

/** The columns of each table; what several have in common stands in an interface that theirs extend. */
const tablesOfSchema = (): Map<string, string[]> => {
  const names = new Map(
    [...SCHEMA.matchAll(/^ {2}(\w+): tables\.(\w+);$/gm)].map(([, table, type]) => [type ?? '', table ?? '']),
  );
  const interfaces = new Map(
    [...SCHEMA.matchAll(/interface (\w+)(?: extends (\w+))? \{([\s\S]*?)\n?\}\n/g)].map(([, type, base, body]) => [
      type ?? '',
      { base, columns: [...(body ?? '').matchAll(/^ {2}(\w+): /gm)].map(([, column]) => column ?? '') },
    ]),
  );
  const columnsOf = (type: string): string[] => {
    const { base, columns = [] } = interfaces.get(type) ?? {};
    return [...(base === undefined ? [] : columnsOf(base)), ...columns];
  };
  return new Map(
    [...interfaces.keys()]
      .filter((type) => type.endsWith('Table'))
      .map((type) => [names.get(type) ?? '', columnsOf(type).sort()] as const),
  );
};

describe('tables', () => {
  it('each have an owner', () => {
    expect(Object.keys(OWNERS).sort()).toEqual([...tablesOfSchema().keys()].sort());
  });

  it('are written by their owner only', () => {
    const broken: string[] = [];
    for (const file of filesBelow('src', '.ts')) {
      if (file.startsWith('src/database/')) continue;
      for (const [, table] of read(file).matchAll(/\b(?:insertInto|updateTable|deleteFrom|replaceInto|mergeInto)\(\s*'(\w+)'/g))
        if (!file.startsWith(`src/domain/${OWNERS[table ?? '']}/`)) broken.push(`${file} writes ${table}`);
    }
    expect(broken).toEqual([]);
  });
});

onEachDatabase('the schema type', (open, engine) => {
  it('is the migrated database, but for the index of the search, which each engine keeps in its own way', async () => {
    const { db } = await open();
    const rows =
      engine === 'sqlite'
        ? await sql<{ table: string; column: string }>`
            select m.name as "table", c.name as "column" from sqlite_master m, pragma_table_info(m.name) c
            where m.type = 'table' and m.name not like 'sqlite_%' and m.name not like 'migrations_%'
              and m.name not like 'search_index%'`.execute(db)
        : await sql<{ table: string; column: string }>`
            select table_name as "table", column_name as "column" from information_schema.columns
            where table_schema = 'public' and table_name not like 'migrations\\_%'
              and table_name not like 'search\\_index%'`.execute(db);
    const migrated = new Map<string, string[]>();
    for (const { table, column } of rows.rows) migrated.set(table, [...(migrated.get(table) ?? []), column].sort());
    expect(Object.fromEntries(migrated)).toEqual(Object.fromEntries(tablesOfSchema()));
  });
});
