import { toInstant } from '../../database/codec.ts';
import { differences, isUnchanged } from '../../lib/differences.ts';
import { allowed, may, require } from '../access/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { type Issue, invalid, notFound } from '../errors.ts';
import { record } from '../events/index.ts';
import { newId, type ProductId } from '../ids.ts';
import { type Labels, labelIssues, mergeLabels } from '../labels/index.ts';
import type { Listed } from '../listing.ts';
import { makeAdminOf } from '../roles/index.ts';
import type { NewProduct, Product, ProductChanges, ProductQuery } from './product.ts';
import { findProduct, insertProduct, removeProduct, selectProductPage, storeProduct } from './product-store.ts';
import { demandProduct, lockProduct } from './scope/index.ts';
import { contentsOf, deleteUnusedContents } from './specs/index.ts';

const NAME_LENGTH = { minimum: 1, maximum: 100 };

/**
 * Creates a product, assigned to no portal; the actor becomes its Admin.
 * @throws forbidden; invalid for a name or labels that break the rules
 */
export const createProduct = async (ctx: Context, input: NewProduct): Promise<Product> => {
  require(may(ctx.actor, 'product.create'));
  const now = ctx.now();
  const wanted = {
    id: newId<ProductId>(now),
    name: input.name,
    description: input.description ?? null,
    labels: input.labels ?? {},
    publicLabels: input.publicLabels ?? {},
    versionCount: 0,
    createdAt: toInstant(now),
    updatedAt: toInstant(now),
  };
  check(wanted);
  return inTransaction(ctx, async (ctx) => {
    const product = await insertProduct(ctx, wanted);
    await makeAdminOf(ctx, 'product', product.id);
    await record(ctx, { action: 'product.created', subjectId: product.id, details: { name: product.name } });
    return product;
  });
};

/**
 * Changes a product; labels are merged. Its slug stays.
 * @throws not-found; forbidden; invalid for a name or labels that break the rules, merged labels included
 */
export const updateProduct = (ctx: Context, id: ProductId, changes: ProductChanges): Promise<Product> =>
  inTransaction(ctx, async (ctx) => {
    demandProduct(ctx, 'edit', id);
    await lockProduct(ctx, id);
    const product = await getProduct(ctx, id);
    const changed: Product = {
      ...product,
      name: changes.name ?? product.name,
      description: changes.description === undefined ? product.description : changes.description,
      labels: mergeLabels(product.labels, changes.labels),
      publicLabels: mergeLabels(product.publicLabels, changes.publicLabels),
      updatedAt: toInstant(ctx.now()),
    };
    check(changed);
    const details = differences(product, changed, ['name', 'description', 'labels', 'publicLabels']);
    if (isUnchanged(details)) return product;
    await storeProduct(ctx, changed);
    await record(ctx, { action: 'product.updated', subjectId: id, details });
    return changed;
  });

const check = ({ name, labels, publicLabels }: { name: string; labels: Labels; publicLabels: Labels }): void => {
  const [first, ...rest] = [...nameIssues(name), ...labelIssues(labels), ...labelIssues(publicLabels, 'public_labels')];
  if (first) throw invalid(first, ...rest);
};

const nameIssues = (name: string): Issue[] => {
  const field = 'name';
  const { minimum, maximum } = NAME_LENGTH;
  if (name.length < minimum) return [{ field, rule: 'min_length', minimum, reason: 'name must not be empty' }];
  if ([...name].length > maximum)
    return [{ field, rule: 'max_length', maximum, reason: `name must not be longer than ${maximum} characters` }];
  return [];
};

/**
 * Deletes a product with its versions, documents and specifications, and takes it out of every portal.
 * @throws not-found; forbidden
 */
export const deleteProduct = (ctx: Context, id: ProductId): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    demandProduct(ctx, 'delete', id);
    await lockProduct(ctx, id);
    const { name } = await getProduct(ctx, id);
    const contents = await contentsOf(ctx, { productId: id });
    if (!(await removeProduct(ctx, id))) throw notFound('API product');
    await deleteUnusedContents(ctx, contents);
    await record(ctx, { action: 'product.deleted', subjectId: id, details: { name } });
  });

/** @throws not-found */
export const getProduct = async (ctx: Context, id: ProductId): Promise<Product> => {
  demandProduct(ctx, 'read', id);
  const product = await findProduct(ctx, id);
  if (!product) throw notFound('API product');
  return product;
};

/** One page of the products that the actor may read, published or not. */
export const listProducts = (ctx: Context, query: ProductQuery): Promise<Listed<Product>> =>
  selectProductPage(ctx, query, allowed(ctx.actor, 'product.read'));
