import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { ENTRY_KINDS, idsOf } from '../../../src/domain/search/entry.ts';
import { markedWords } from '../../../src/domain/search/marked-words.ts';
import type { Match } from '../../../src/domain/search/query.ts';
import { type IndexQuery, textIndexOf } from '../../../src/domain/search/text-index.ts';
import { onEachDatabase } from '../../support/database.ts';

const PRODUCTS = 200;
const EACH = 3;

/** Of each kind three entries of each of two hundred products; every seventh of all is of whales, and the last one of each product of krill. */
const entries = ENTRY_KINDS.flatMap((kind) =>
  Array.from({ length: PRODUCTS * EACH }, (_, n) => {
    const product = Math.floor(n / EACH) + 1;
    const id = idsOf(kind, product).first + (n % EACH);
    const name = [n % 7 === 0 ? 'whale' : 'seal', n % EACH === EACH - 1 ? 'krill' : 'fish'].join(' ');
    return { id, kind, product, name };
  }),
);

const OF_SOURCE = { sourceId: 1, deprecated: false };

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
      return { id, ...OF_SOURCE, words: markedWords(entry, product) };
    });
    await index.write(db, words);
    const hits = async (query: IndexQuery) =>
      (await sql<{ id: number }>`select id from ${index.hits(query)} as hit order by id`.execute(db)).rows.map(({ id }) => id);
    return { db, hits };
  };
  const idsWhere = (isWanted: (entry: (typeof entries)[number]) => boolean) =>
    entries
      .filter(isWanted)
      .map(({ id }) => id)
      .sort((a, b) => a - b);

  it('finds what holds words, of all kinds or of one', async () => {
    const { hits } = await fill();
    expect(await hits({ match: WHALES })).toEqual(idsWhere(({ name }) => name.startsWith('whale')));
    expect(await hits({ kind: 'schema', match: KRILL })).toEqual(
      idsWhere(({ kind, name }) => kind === 'schema' && name.endsWith('krill')),
    );
    expect(await hits({ match: { phrase: ['walrus'] } })).toEqual([]);
  });

  it.runIf(engine === 'postgres')('is asked by way of its own indexes', async () => {
    const { db } = await fill();
    await db.transaction().execute(async (db) => {
      await sql`set local enable_seqscan = off`.execute(db);
      await sql`analyze search_index`.execute(db);
      const hits = index.hits({ kind: 'operation', match: WHALES });
      const { rows } = await sql<Record<string, string>>`explain select id from ${hits} as hit`.execute(db);
      const plan = rows.flatMap((row) => Object.values(row)).join(' ');
      const names = [...plan.matchAll(/\bon (search_index_operation_\w+)/g)].map(([, name]) => name);
      expect(names).toEqual([0, 1, 2].map((part) => `search_index_operation_words_${part}`));
    });
  });

  it('finds nothing any more of what was taken out, and what was written last', async () => {
    const { db } = await open();
    const words = (name: string) => ({ names: [[name]], body: [], compounds: [], marks: [] });
    const [a, b] = [idsOf('schema', 1).first, idsOf('document', 1).first];
    const all = async (name: string) => {
      const hits = index.hits({ match: { phrase: [name] } });
      return (await sql<{ id: number }>`select id from ${hits} as hit`.execute(db)).rows.map(({ id }) => id);
    };
    await index.write(db, [
      { id: a, ...OF_SOURCE, words: words('whale') },
      { id: b, ...OF_SOURCE, words: words('seal') },
    ]);
    await index.write(db, [{ id: a, ...OF_SOURCE, words: words('orca') }]);
    await index.remove(db, [b]);
    expect([await all('whale'), await all('orca'), await all('seal')]).toEqual([[], [a], []]);
  });
});
