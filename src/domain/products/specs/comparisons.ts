import { fromJson, toJson } from '../../../database/codec.ts';
import { isForeignKeyViolation } from '../../../database/errors.ts';
import { COMPARER_VERSION, type Comparison } from '../../../rendering/openapi/changes/index.ts';
import type { Context, ContextWithPorts, StoredDocument } from '../../context.ts';
import { notFound } from '../../errors.ts';
import { demandProduct, requireVersion, type VersionAddress } from '../scope/index.ts';
import { compress, decompress, hashOf } from './content.ts';
import { findSpecificationContent, readPackedBytes } from './content-store.ts';
import { getSpecificationEdition } from './editions.ts';
import type { NewSpecification } from './specification.ts';
import { findSpecification } from './specification-store.ts';
import { checkName, examine } from './upload.ts';

const NOTHING: Comparison = {
  document: [],
  operations: [],
  schemas: [],
  counts: { breaking: 0, risky: 0, safe: 0, wording: 0 },
  isCut: false,
};

const findComparison = ({ db }: Context, before: string, after: string) =>
  db
    .selectFrom('specification_comparisons')
    .select('comparison')
    .where('before_hash', '=', before)
    .where('after_hash', '=', after)
    .where('comparer_version', '=', COMPARER_VERSION)
    .executeTakeFirst();

const storeComparison = async (ctx: Context, before: string, after: string, found: Comparison | undefined): Promise<void> => {
  const row = { comparer_version: COMPARER_VERSION, comparison: found ? await compress(toJson(found)) : null };
  await ctx.db
    .insertInto('specification_comparisons')
    .values({ before_hash: before, after_hash: after, ...row })
    .onConflict((clash) => clash.columns(['before_hash', 'after_hash']).doUpdateSet(row))
    .execute()
    .catch((error: unknown) => {
      // A document was deleted meanwhile: nobody asks again.
      if (!isForeignKeyViolation(error)) throw error;
    });
};

/** @throws not-found when the document is not stored any more */
const readContent = async (ctx: Context, contentHash: string): Promise<StoredDocument> => {
  const content = await findSpecificationContent(ctx, contentHash);
  const packed = content && (await readPackedBytes(ctx, contentHash));
  if (!packed) throw notFound('Specification');
  return { contentHash, packed, format: content.format };
};

/**
 * What differs between two stored documents; undefined where they are too much to be compared. It is found out when it is first asked for,
 * off the main thread, and kept as long as both documents are. Whether these may be seen is for whoever asks to know.
 * @throws not-found without the documents; unavailable when too much is waiting
 */
export const compareContents = async (ctx: ContextWithPorts, before: string, after: string): Promise<Comparison | undefined> => {
  if (before === after) return NOTHING;
  const known = await findComparison(ctx, before, after);
  if (known) return known.comparison === null ? undefined : fromJson((await decompress(known.comparison)).toString('utf8'));
  const found = await ctx.ports.compareSpecifications(await readContent(ctx, before), await readContent(ctx, after));
  await storeComparison(ctx, before, after, found);
  return found;
};

/**
 * What differs between two editions of a version's specification; undefined where they are too much to be compared.
 * @throws not-found; unavailable when too much is waiting
 */
export const compareSpecificationEditions = async (
  ctx: ContextWithPorts,
  address: VersionAddress,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Comparison | undefined> => {
  const before = await getSpecificationEdition(ctx, address, from);
  const after = await getSpecificationEdition(ctx, address, to);
  return compareContents(ctx, before.contentHash, after.contentHash);
};

/**
 * What would change if a document were the specification of a version. Nothing is stored.
 * @throws not-found, also when there is no specification yet; forbidden; invalid for a document that would be refused; unavailable when too
 *   much is waiting
 */
export const previewSpecification = async (
  ctx: ContextWithPorts,
  address: VersionAddress,
  sent: NewSpecification,
): Promise<Comparison | undefined> => {
  demandProduct(ctx, 'edit', address.productId);
  await requireVersion(ctx, address);
  const current = await findSpecification(ctx, address.versionId);
  if (!current) throw notFound('API product version specification');
  checkName(sent.name);
  const { format } = await examine(ctx, sent);
  const contentHash = await hashOf(sent.bytes);
  if (contentHash === current.contentHash) return NOTHING;
  const packed = await compress(sent.bytes);
  return ctx.ports.compareSpecifications(await readContent(ctx, current.contentHash), { contentHash, packed, format });
};
