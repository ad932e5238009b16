import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { fromBit, fromJson } from '../../database/codec.ts';
import type { DocumentSection } from '../../rendering/markdown/index.ts';
import type { ContextWithPorts } from '../context.ts';
import { readSpecificationBytes } from '../products/index.ts';
import type { NewEntry, SourceAddress } from './entry.ts';
import { wordsIn } from './words.ts';

/** Bumped with every change of how entries are made: those made before are made anew when they are next looked at. */
const ENTRIES_VERSION = 1;

/** Something whose entries can be written. */
export interface Source extends SourceAddress {
  /** of a specification or document, or of what a version has for a specification */
  readonly contentHash: string | null;
  /** tells what the entries are made of, without making them */
  readonly state: string;
  readonly read: (ctx: ContextWithPorts) => Promise<NewEntry[]>;
}

const stateOf = (...parts: readonly unknown[]): string =>
  createHash('sha256')
    .update(JSON.stringify([ENTRIES_VERSION, ...parts]))
    .digest('base64')
    .slice(0, 22);

/** Nothing more can be said of it than its name. */
const PLAIN = { label: '', target: '', body: '', deprecated: false } as const;

/** A product, if there is one. */
export const findProductSource = async ({ db }: ContextWithPorts, id: string): Promise<Source | undefined> => {
  const row = await db
    .selectFrom('products')
    .select(['slug', 'name', 'description', 'public_labels'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  const labels = Object.values(fromJson<Record<string, string>>(row.public_labels));
  const entry: NewEntry = {
    ...PLAIN,
    kind: 'product',
    key: '',
    title: row.name,
    names: [row.name, row.slug],
    context: [],
    body: [row.description ?? '', ...labels].join('\n'),
  };
  return { kind: 'product', subjectId: id, productId: id, contentHash: null, state: stateOf(entry), read: async () => [entry] };
};

/** A version and its specification, if there are such. */
export const findVersionSources = async ({ db }: ContextWithPorts, id: string): Promise<Source[]> => {
  const row = await db
    .selectFrom('product_versions')
    .innerJoin('products', 'products.id', 'product_versions.product_id')
    .leftJoin('specifications', 'specifications.version_id', 'product_versions.id')
    .leftJoin('specification_contents as content', 'content.content_hash', 'specifications.content_hash')
    .leftJoin('specification_renderings as rendering', 'rendering.content_hash', 'content.content_hash')
    .select(['product_versions.product_id', 'product_versions.name', 'products.name as product_name'])
    .select(['content.content_hash', 'content.title', 'content.summary', 'rendering.renderer_version'])
    .select('specifications.name as file_name')
    .where('product_versions.id', '=', id)
    .executeTakeFirst();
  if (!row) return [];
  const address = { subjectId: id, productId: row.product_id, contentHash: row.content_hash };
  const entry: NewEntry = {
    ...PLAIN,
    kind: 'version',
    key: '',
    title: row.name,
    names: [row.name],
    fullNames: [`${row.product_name} ${row.name}`],
    context: [row.product_name],
    body: [row.title ?? '', row.summary ?? ''].join('\n').trim(),
  };
  const version: Source = { ...address, kind: 'version', state: stateOf(entry, row.content_hash), read: async () => [entry] };
  const { content_hash: contentHash, file_name: fileName } = row;
  if (contentHash === null || fileName === null) return [version];
  const context = [row.product_name, row.name];
  return [
    version,
    {
      ...address,
      kind: 'specification',
      state: stateOf(context, contentHash, row.renderer_version),
      read: async (ctx) => [
        ...(await readOperations(ctx, contentHash, context)),
        ...(await readSchemas(ctx, contentHash, fileName, context)),
      ],
    },
  ];
};

/** Operations that are read at a time. */
const PAGE = 200;

const readOperations = async ({ db }: ContextWithPorts, contentHash: string, context: readonly string[]): Promise<NewEntry[]> => {
  const entries: NewEntry[] = [];
  for (let from = 0; ; from += PAGE) {
    const rows = await db
      .selectFrom('specification_operations')
      .select(['address', 'method', 'path', 'operation_id', 'summary', 'description', 'tags', 'deprecated'])
      .where('content_hash', '=', contentHash)
      .where('position', '>=', from)
      .where('position', '<', from + PAGE)
      .orderBy('position')
      .execute();
    for (const row of rows) {
      const label = `${row.method} ${row.path}`;
      entries.push({
        kind: 'operation',
        key: `operation ${row.address}`,
        title: row.summary ?? row.path,
        label,
        target: row.address,
        names: [row.summary ?? '', label, row.operation_id ?? ''].filter((name) => name !== ''),
        fullNames: [row.path],
        context,
        body: [row.description ?? '', ...fromJson<string[]>(row.tags)].join('\n').trim(),
        deprecated: fromBit(row.deprecated),
      });
    }
    if (rows.length === 0) return entries;
    await setImmediate();
  }
};

const readSchemas = async (
  ctx: ContextWithPorts,
  contentHash: string,
  fileName: string,
  context: readonly string[],
): Promise<NewEntry[]> => {
  const bytes = await readSpecificationBytes(ctx, contentHash);
  const schemas = bytes ? await ctx.ports.describeSchemas(bytes, fileName) : [];
  return schemas.map(({ name, title, deprecated, text }) => ({
    ...{ kind: 'schema', key: `schema ${name}`, title: name, label: '', target: name },
    ...{ names: title === undefined ? [name] : [name, title], context, body: text, deprecated },
  }));
};

/** A document, if there is one. */
export const findDocumentSource = async ({ db }: ContextWithPorts, id: string): Promise<Source | undefined> => {
  const row = await db
    .selectFrom('documents')
    .innerJoin('products', 'products.id', 'documents.product_id')
    .select(['documents.product_id', 'documents.title', 'documents.content_hash', 'products.name as product_name'])
    .where('documents.id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    ...{ kind: 'document', subjectId: id, productId: row.product_id, contentHash: row.content_hash },
    state: stateOf(row.title, row.content_hash, row.product_name),
    read: async (ctx) => {
      const found = await db.selectFrom('documents').select('content').where('id', '=', id).executeTakeFirst();
      const sections = await ctx.ports.readSections(found?.content ?? '');
      return withTitle(row.title, sections).flatMap((section) => sectionEntries(section, row.title, row.product_name));
    },
  };
};

/** The sections of a document; the first one is the document itself, with what stands at its beginning. */
const withTitle = (title: string, sections: readonly DocumentSection[]): DocumentSection[] => {
  const [first, ...rest] = sections;
  // Many a text begins with its title itself.
  const isTitle = first !== undefined && (first.id === '' || wordsIn(first.title).join(' ') === wordsIn(title).join(' '));
  const beginning = { id: '', title, above: [], text: isTitle ? first.text : '' };
  return [beginning, ...(isTitle ? rest : sections)];
};

/** Longer sections are several entries, in characters. */
const MAX_BODY = 6_000;

const sectionEntries = ({ id, title, above, text }: DocumentSection, documentTitle: string, productName: string): NewEntry[] =>
  cut(text).map((body, part) => ({
    ...{ kind: 'document', key: `${id} ${part}`, title, label: above.join(' › '), target: id, body, deprecated: false },
    names: part === 0 ? [title] : [],
    context: [productName, documentTitle, ...above, ...(part === 0 ? [] : [title])],
  }));

/** Cuts a text between words; at least one piece. */
const cut = (text: string): string[] => {
  const pieces: string[] = [];
  for (let start = 0; start < text.length || pieces.length === 0; ) {
    const piece = text.slice(start, start + MAX_BODY);
    const end = start + MAX_BODY < text.length ? Math.max(piece.lastIndexOf(' '), piece.lastIndexOf('\n')) : -1;
    pieces.push(end > MAX_BODY / 2 ? piece.slice(0, end) : piece.replace(/[\uD800-\uDBFF]$/, ''));
    start += Math.max(pieces.at(-1)?.length ?? 0, 1);
  }
  return pieces;
};
