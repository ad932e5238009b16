import { type RawBuilder, sql } from 'kysely';
import { expect, it } from 'vitest';
import { ENTRY_KINDS, type EntryKind, idsOf } from '../../../src/domain/search/entry.ts';
import { markedWords } from '../../../src/domain/search/marked-words.ts';
import type { Match } from '../../../src/domain/search/query.ts';
import { type IndexQuery, textIndexOf } from '../../../src/domain/search/text-index.ts';
import { onEachDatabase } from '../../support/database.ts';

const PRODUCTS = 40;
const EACH = 3;

/** Of each kind three entries of each of forty products; every seventh of all is of whales, and the last one of each product of krill. */
const entries = ENTRY_KINDS.flatMap((kind) =>
  Array.from({ length: PRODUCTS * EACH }, (_, n) => {
    const product = Math.floor(n / EACH) + 1;
    const id = idsOf(kind, product).first + (n % EACH);
    const name = [n % 7 === 0 ? 'whale' : 'seal', n % EACH === EACH - 1 ? 'krill' : 'fish'].join(' ');
    return { id, kind, product, name };
  }),
);

const WHALES: Match = { phrase: ['wha'], isBegun: true };
const KRILL: Match = { all: [{ phrase: ['krill'] }, { any: [{ phrase: ['whale'] }, { phrase: ['seal'] }] }] };

onEachDatabase('the index', (open, engine) => {
  const index = textIndexOf(engine);
  const fill = async () => {
    const { db } = await open();
    const words = entries.map(({ id, kind, product, name }) => {
      const entry = {
        kind,
        key: '',
        title: name,
        label: '',
        target: '',
        names: [name],
        context: [],
        body: '',
        deprecated: false,
      };
      return { id, words: markedWords(entry, product) };
    });
    await index.write(db, words);
    const ids = async (table: RawBuilder<unknown>) =>
      (await sql<{ id: number }>`select id from ${table} as hit order by id`.execute(db)).rows.map(({ id }) => id);
    const hits = (query: Omit<IndexQuery, 'isScored'>) => ids(index.hits({ ...query, isScored: false }));
    return { ids, hits };
  };
  const idsWhere = (isWanted: (entry: (typeof entries)[number]) => boolean) =>
    entries
      .filter(isWanted)
      .map(({ id }) => id)
      .sort((a, b) => a - b);

  it('finds what holds words, of all kinds or of one', async () => {
    const { hits } = await fill();
    expect(await hits({ kind: 'any', match: WHALES })).toEqual(idsWhere(({ name }) => name.startsWith('whale')));
    expect(await hits({ kind: 'schema', match: KRILL })).toEqual(
      idsWhere(({ kind, name }) => kind === 'schema' && name.endsWith('krill')),
    );
    expect(await hits({ kind: 'any', match: { phrase: ['walrus'] } })).toEqual([]);
  });

  it('leaves out other products than those that are given, be these few or many', async () => {
    const { hits } = await fill();
    const others = Array.from({ length: 1_000 }, (_, n) => 5_000 + n);
    const expected = idsWhere(({ product, name }) => [3, 8, 21].includes(product) && name.startsWith('whale'));
    expect(expected).not.toEqual([]);
    for (const products of [
      [3, 8, 21],
      [3, 8, 21, ...others],
    ])
      expect(await hits({ kind: 'any', match: WHALES, products })).toEqual(expected);
  });

  it('finds of each kind as many as are wanted of it', async () => {
    const { ids } = await fill();
    const wanted: { kind: EntryKind; limit: number }[] = [
      { kind: 'operation', limit: 2 },
      { kind: 'product', limit: 1_000 },
    ];
    const rowsOf = (kind: IndexQuery['kind']) =>
      sql`select id from ${index.hits({ kind, match: KRILL, isScored: false })} as hit`;
    const found = await ids(sql`(${index.eachKind(wanted, rowsOf)})`);
    const { first, last } = idsOf('operation');
    const operations = found.filter((id) => id >= first && id <= last);
    expect(operations.length).toBe(2);
    expect(idsWhere(({ name }) => name.endsWith('krill'))).toEqual(expect.arrayContaining(operations));
    expect(found.filter((id) => !operations.includes(id))).toEqual(
      idsWhere(({ kind, name }) => kind === 'product' && name.endsWith('krill')),
    );
  });

  it.runIf(engine === 'postgres')('is asked by way of its own indexes', async () => {
    const { db } = await open();
    const planOf = (products: number[] | undefined) =>
      db.transaction().execute(async (db) => {
        await sql`set local enable_seqscan = off`.execute(db);
        const hits = index.hits({ kind: 'operation', match: WHALES, products, isScored: false });
        const { rows } = await sql<Record<string, string>>`explain select id from ${hits} as hit`.execute(db);
        return [
          ...rows
            .flatMap((row) => Object.values(row))
            .join(' ')
            .matchAll(/\bon (search_index_operation_\w+)/g),
        ].map(([, name]) => name);
      });
    const parts = [0, 1, 2].map((part) => `search_index_operation_words_${part}`);
    expect(await planOf(undefined)).toEqual(parts);
    expect(await planOf(Array.from({ length: 501 }, (_, n) => n))).toEqual(parts);
  });

  it('finds nothing any more of what was taken out, and what was written last', async () => {
    const { db } = await open();
    const words = (name: string) => ({ names: [[name]], body: [], compounds: [], marks: [] });
    const [a, b] = [idsOf('schema', 1).first, idsOf('document', 1).first];
    const all = async (name: string) => {
      const hits = index.hits({ kind: 'any', match: { phrase: [name] }, isScored: false });
      return (await sql<{ id: number }>`select id from ${hits} as hit`.execute(db)).rows.map(({ id }) => id);
    };
    await index.write(db, [
      { id: a, words: words('whale') },
      { id: b, words: words('seal') },
    ]);
    await index.write(db, [{ id: a, words: words('orca') }]);
    await index.remove(db, [b]);
    expect([await all('whale'), await all('orca'), await all('seal')]).toEqual([[], [a], []]);
  });
});
