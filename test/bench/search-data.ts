import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Insertable } from 'kysely';
import { sql } from 'kysely';
import { toBit } from '../../src/database/codec.ts';
import type { Schema } from '../../src/database/schema.ts';
import { type Context, inTransaction } from '../../src/domain/context.ts';
import { type EntryKind, idsOf, type NewEntry } from '../../src/domain/search/entry.ts';
import { indexTidier } from '../../src/domain/search/index.ts';
import { markedWords, nameKeyOf } from '../../src/domain/search/marked-words.ts';
import { textIndexOf } from '../../src/domain/search/text-index.ts';
import { learnWords } from '../../src/domain/search/vocabulary.ts';
import { randomFrom } from '../support/random.ts';

/** Of each product; with 10,000 of them there are 50,000 documents and 500,000 operations. */
const DOCUMENTS = 5;
const SECTIONS = 3;
const OPERATIONS = 50;
const SCHEMAS = 5;
const VOCABULARY = 20_000;

const VERBS = ['list', 'create', 'get', 'update', 'delete', 'search', 'cancel', 'approve', 'export', 'import'] as const;
const SYLLABLES =
  'ba be bi bo ca ce ci co da de di do fa fe fi ga ge go la le li lo ma me mi mo na ne ni no pa pe pi po ra re ri ro sa se si so ta te ti to va ve vi vo'.split(
    ' ',
  );

/** From 0 up to, not including, 1. */
const fractionsFrom = (seed: number): (() => number) => {
  const { below } = randomFrom(seed);
  return () => below(1_000_000) / 1_000_000;
};

const next = fractionsFrom(1);
const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;

/** Words of two to four syllables, the frequent ones first. */
const vocabulary = [
  ...new Set(
    Array.from({ length: VOCABULARY }, () => Array.from({ length: 2 + Math.floor(next() * 3) }, () => pick(SYLLABLES)).join('')),
  ),
];

/** A word; few of them are frequent, most are rare, as in any language. */
const word = (): string => vocabulary[Math.floor(next() ** 3 * vocabulary.length)] as string;
const prose = (length: number): string => Array.from({ length }, word).join(' ');
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What is looked for, by the way in which. */
export interface Queries {
  readonly words: readonly string[];
  readonly prefixes: readonly string[];
  readonly typos: readonly string[];
  readonly phrases: readonly string[];
  readonly 'several words': readonly string[];
}

const id = (kind: number, n: number): string => `0000000${kind}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
export const productId = (n: number): string => id(1, n);

type Rows = { readonly [Table in keyof Schema]?: Insertable<Schema[Table]>[] };

const AT = '2026-01-01T00:00:00.000Z';
const EMPTY = gzipSync('{}');

/** An entry of the index, and which of its product's sources it is of. */
interface Placed {
  readonly source: number;
  readonly entry: NewEntry;
}

interface Made {
  readonly rows: Rows;
  readonly entries: readonly Placed[];
}

/** All rows of a product, and its entries. @param samples names of what was made, for queries */
const make = (n: number, portals: readonly string[], samples: string[]): Made => {
  const name = `${capital(word())} ${word()}`;
  const [product, version] = [productId(n), id(2, n)];
  const contentHash = createHash('sha256').update(String(n)).digest('hex');
  const dates = { created_at: AT, updated_at: AT };
  const operations = Array.from({ length: OPERATIONS }, (_, position) => {
    const [verb, noun, other] = [pick(VERBS), word(), word()];
    if (position === 0) samples.push(`${verb} ${noun} ${other}`);
    return {
      ...{ content_hash: contentHash, position, address: `op${position}`, kind: 'operation' as const, method: 'get' },
      ...{ path: `/${noun}/{${noun}Id}/${other}`, operation_id: `${verb}${capital(noun)}${capital(other)}` },
      ...{ summary: `${capital(verb)} ${noun} ${other}`, description: prose(12), tags: '[]', deprecated: toBit(false) },
    };
  });
  const documents = Array.from({ length: DOCUMENTS }, (_, position) => {
    const sections = Array.from({ length: SECTIONS }, () => ({ heading: `${capital(word())} ${word()}`, text: prose(50) }));
    const content = sections.map(({ heading, text }) => `## ${heading}\n\n${text}`).join('\n\n');
    const hash = createHash('sha256').update(content).digest('hex');
    return { id: id(6, n * DOCUMENTS + position), position, title: `${capital(word())} ${word()}`, sections, content, hash };
  });
  const description = prose(12);
  const entry = (source: number, kind: EntryKind, title: string, more: Partial<NewEntry>): Placed => ({
    source,
    entry: {
      ...{ kind, key: '', title, label: '', target: '', names: [title], context: [name], body: '', deprecated: false },
      ...more,
    },
  });
  const entries: Placed[] = [
    entry(0, 'product', name, { context: [], body: description }),
    entry(1, 'version', 'v1', { fullNames: [`${name} v1`] }),
    ...operations.map(({ method, path, operation_id, summary, description: body, address }) => {
      const label = `${method} ${path}`;
      return entry(2, 'operation', summary, {
        key: address,
        label,
        target: address,
        names: [summary, label, operation_id],
        body,
      });
    }),
    ...Array.from({ length: SCHEMAS }, (_, at) => {
      const schema = `${capital(word())}${capital(word())}${at}`;
      return entry(2, 'schema', schema, { key: schema, target: schema, body: prose(12) });
    }),
    ...documents.flatMap(({ position, title, sections }) => [
      entry(3 + position, 'document', title, {}),
      ...sections.map(({ heading, text }, at) =>
        entry(3 + position, 'document', heading, { key: String(at), target: `s${at}`, context: [name, title], body: text }),
      ),
    ]),
  ];
  const rows: Rows = {
    products: [
      {
        id: product,
        slug: `product-${n}`,
        name,
        name_key: name.toLowerCase(),
        found_by: name.toLowerCase(),
        description,
        labels: '{}',
        public_labels: '{}',
        ...dates,
      },
    ],
    product_assignments: portals.map((portal_id) => ({ portal_id, product_id: product, created_at: AT })),
    product_versions: [
      {
        id: version,
        product_id: product,
        slug: 'v1',
        name: 'v1',
        name_key: 'v1',
        labels: '{}',
        gateway_service_id: null,
        ...dates,
      },
    ],
    publications: portals.map((portal_id, at) => ({
      ...{ id: id(3 + at, n), portal_id, version_id: version, publish_status: 'published' as const, ...dates },
      published_at: dates.created_at,
      ...{ deprecated: toBit(false), application_registration_enabled: toBit(false), auto_approve_registration: toBit(false) },
      console_proxy: toBit(false),
    })),
    specification_contents: [
      {
        ...{
          content_hash: contentHash,
          bytes: EMPTY,
          format: 'json' as const,
          title: name,
          api_version: '1',
          spec_version: '3.1.0',
        },
        ...{ summary: prose(8), operation_count: OPERATIONS, groups: '[]', findings: '[]' },
      },
    ],
    specification_operations: operations,
    specifications: [{ id: id(5, n), version_id: version, name: `${n}.json`, content_hash: contentHash, ...dates }],
    documents: documents.map(({ id, position, title, content, hash }) => ({
      ...{
        id,
        product_id: product,
        parent_id: null,
        position,
        slug: `d${position}`,
        title,
        status: 'published' as const,
        ...dates,
      },
      ...{ metadata: '{}', content, content_hash: hash },
    })),
    search_products: [{ product_id: product, number: n + 1 }],
    search_sources: [
      { kind: 'product' as const, subject_id: product, content_hash: null },
      { kind: 'version' as const, subject_id: version, content_hash: contentHash },
      { kind: 'specification' as const, subject_id: version, content_hash: contentHash },
      ...documents.map(({ id, hash }) => ({ kind: 'document' as const, subject_id: id, content_hash: hash })),
    ].map((source, at) => ({ ...source, id: sourceId(n, at), product_id: product, state: '' })),
  };
  return { rows, entries };
};

const sourceId = (product: number, at: number): number => product * (3 + DOCUMENTS) + at + 1;

const TABLES = [
  ...(['products', 'product_assignments', 'product_versions', 'publications', 'specification_contents'] as const),
  ...(['specification_operations', 'specifications', 'documents', 'search_products', 'search_sources'] as const),
];
const PRODUCTS_AT_ONCE = 20;
const ENTRIES_AT_ONCE = 1_000;

/** Fills two portals with the same products, and their index as the worker would. Answers what may be looked for. */
export const fillAndIndex = async (ctx: Context, portals: readonly string[], products: number): Promise<Queries> => {
  const samples: string[] = [];
  const makeIndexes = await dropWordIndexes(ctx);
  for (let first = 0; first < products; first += PRODUCTS_AT_ONCE) {
    const made = Array.from({ length: PRODUCTS_AT_ONCE }, (_, n) => make(first + n, portals, samples));
    await inTransaction(ctx, async (ctx) => {
      for (const table of TABLES) {
        const rows = made.flatMap(({ rows }) => (rows[table] ?? []) as Insertable<Schema['products']>[]);
        await ctx.db
          .insertInto(table as 'products')
          .values(rows)
          .execute();
      }
      await insertEntries(ctx, first, made);
    });
  }
  await makeIndexes();
  await sql.raw(ctx.engine === 'postgres' ? 'vacuum analyze' : 'analyze').execute(ctx.db);
  const tidy = indexTidier(ctx);
  for (let more = true; more; ) more = await tidy();
  return queriesFrom(samples);
};

/** GIN takes four times as long for one entry after the other as for all at once. Answers how to make its indexes again. */
const dropWordIndexes = async ({ db, engine }: Context): Promise<() => Promise<void>> => {
  if (engine !== 'postgres') return async () => undefined;
  const { rows } = await sql<{
    name: string;
    definition: string;
  }>`select indexname as name, indexdef as definition from pg_indexes
    where tablename like 'search_index_%' and indexdef like '% USING gin %'`.execute(db);
  for (const { name } of rows) await sql`drop index ${sql.id(name)}`.execute(db);
  return async () => {
    for (const { definition } of rows) await sql.raw(definition).execute(db);
  };
};

/** As `entries-store.ts` does it, many at a time. */
const insertEntries = async (ctx: Context, first: number, made: readonly Made[]): Promise<void> => {
  const { db, engine } = ctx;
  const all = made.flatMap(({ entries }, n) => {
    const number = first + n + 1;
    const next = new Map<EntryKind, number>();
    return entries.map(({ source, entry }) => {
      const at = next.get(entry.kind) ?? idsOf(entry.kind, number).first;
      next.set(entry.kind, at + 1);
      const words = markedWords(entry, number);
      return { id: at, sourceId: sourceId(first + n, source), deprecated: false, entry, words };
    });
  });
  for (let start = 0; start < all.length; start += ENTRIES_AT_ONCE) {
    const some = all.slice(start, start + ENTRIES_AT_ONCE);
    const rows = some.map(({ id, sourceId: source_id, entry: { key, title, label, target, body }, words }) => ({
      ...{ id, source_id, key, digest: '', title, label, target, body, deprecated: toBit(false) },
      name_key: nameKeyOf(words),
    }));
    await db.insertInto('search_entries').values(rows).execute();
  }
  await textIndexOf(engine).write(db, all);
  await learnWords(
    ctx,
    all.map(({ words }) => words),
  );
};

const QUERIES = 60;

const misspelt = (text: string): string => {
  const at = 1 + Math.floor(next() * (text.length - 2));
  return pick([
    text.slice(0, at) + text.slice(at + 1),
    `${text.slice(0, at)}${text.charAt(at + 1)}${text.charAt(at)}${text.slice(at + 2)}`,
    `${text.slice(0, at)}x${text.slice(at + 1)}`,
  ]);
};

const queriesFrom = (samples: readonly string[]): Queries => {
  const some = (make: () => string): string[] => Array.from({ length: QUERIES }, make);
  return {
    words: [...VERBS, ...vocabulary.slice(0, 10), ...some(word)],
    prefixes: [...VERBS.map((verb) => verb.slice(0, 2)), ...some(() => word().slice(0, 2 + Math.floor(next() * 3)))],
    typos: some(() => misspelt(vocabulary[Math.floor(next() * vocabulary.length)] as string)),
    phrases: some(() => `"${pick(samples)}"`),
    'several words': [...some(() => pick(samples)), ...some(() => `${pick(VERBS)} ${word()}`)],
  };
};
