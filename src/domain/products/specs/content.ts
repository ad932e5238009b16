import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Insertable } from 'kysely';
import { toBit, toJson } from '../../../database/codec.ts';
import type {
  SpecificationContentsTable,
  SpecificationFragmentsTable,
  SpecificationOperationGroupsTable,
  SpecificationOperationsTable,
} from '../../../database/schema.ts';
import { storable } from '../../../lib/text.ts';
import type { ExaminedSpecification, RenderedSpecification } from '../../../rendering/pool.ts';

type Unhashed<Row> = Omit<Row, 'content_hash'>;

/** What is stored of a document beside its bytes and its HTML, but for its hash in each row. */
export interface PreparedIndex {
  readonly content: Unhashed<Omit<Insertable<SpecificationContentsTable>, 'bytes'>>;
  readonly operations: readonly Unhashed<Insertable<SpecificationOperationsTable>>[];
  readonly groups: readonly Unhashed<Insertable<SpecificationOperationGroupsTable>>[];
}

/** The HTML of a document, a row a piece. */
export type PreparedFragments = readonly Unhashed<Insertable<SpecificationFragmentsTable>>[];

const gzipped = promisify(gzip);
const gunzipped = promisify(gunzip);

/** Bytes that are hashed in one go: within a millisecond or two. */
const HASHED_BYTES = 512 * 1024;

/** The hash that names the bytes of a document; between its parts others have their turn. */
export const hashOf = async (bytes: Buffer): Promise<string> => {
  const hash = createHash('sha256');
  for (let start = 0; start < bytes.length; start += HASHED_BYTES) {
    if (start > 0) await setImmediate();
    hash.update(bytes.subarray(start, start + HASHED_BYTES));
  }
  return hash.digest('hex');
};

/** Bytes or text as they are stored; packed off the main thread. */
export const compress = (content: Buffer | string): Promise<Buffer> => gzipped(content);

/** The smallest piece that zlib unpacks. */
const LEAST_BYTES = 64;

/** What was packed; unpacked off the main thread, and in one piece: its last four bytes tell how large that is, and nothing is put together here. */
export const decompress = (packed: Buffer): Promise<Buffer> =>
  gunzipped(packed, { chunkSize: Math.max(packed.readUInt32LE(packed.length - 4) + 1, LEAST_BYTES) });

/** JSON with every text in it {@link storable}. */
export const storableJson = (value: unknown): string =>
  toJson(JSON.parse(JSON.stringify(value), (_key, item: unknown) => (typeof item === 'string' ? storable(item) : item)));

/** The longest name that is stored as it is in a key; an entry of PostgreSQL's indexes ends at 2,704 bytes. */
const KEY_BYTES = 500;

/** The name of a schema or group as it stands in a key: as it is, or its hash where documents name things absurdly. */
export const nameKey = (name: string): string => {
  const text = storable(name);
  return Buffer.byteLength(text) <= KEY_BYTES ? text : `sha256:${createHash('sha256').update(text).digest('hex')}`;
};

/** Makes rows of what was found in an accepted document. */
export const prepareIndex = ({
  format,
  reference,
  findings,
}: Extract<ExaminedSpecification, { accepted: true }>): PreparedIndex => ({
  content: {
    format,
    title: storable(reference.title),
    api_version: storable(reference.apiVersion),
    spec_version: reference.specVersion,
    summary: storable(reference.summary),
    operation_count: reference.operations.length,
    groups: storableJson(reference.groups),
    findings: storableJson(findings),
  },
  operations: reference.operations.map((operation, position) => ({
    position,
    address: operation.address,
    kind: operation.kind,
    method: storable(operation.method),
    path: storable(operation.path),
    operation_id: operation.operationId === undefined ? null : storable(operation.operationId),
    summary: operation.summary === undefined ? null : storable(operation.summary),
    description: operation.description === undefined ? null : storable(operation.description),
    tags: storableJson(operation.tags),
    deprecated: toBit(operation.deprecated),
  })),
  groups: reference.operations.flatMap(({ address, groups }, position) =>
    [...new Set(groups.map(nameKey))].map((group_name) => ({ group_name, position, address })),
  ),
});

/** Makes rows of the HTML of a document. Of pieces whose names become the same, the last one counts. */
export const prepareFragments = ({ fragments }: Extract<RenderedSpecification, { accepted: true }>): PreparedFragments => {
  const rows = fragments.map(({ kind, key, html }) => ({ kind, key: nameKey(key), html: asBuffer(html) }));
  return [...new Map(rows.map((row) => [`${row.kind} ${row.key}`, row])).values()];
};

/** The same bytes as the drivers take them. */
const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
