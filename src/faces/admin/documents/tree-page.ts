import { may } from '../../../domain/access/index.ts';
import type { DocumentId } from '../../../domain/ids.ts';
import {
  type DocumentSummary,
  inReadingOrder,
  listDocumentTree,
  type Product,
  type Tree,
} from '../../../domain/products/index.ts';
import type { AdminContext } from '../context.ts';
import { documentPaths, imagePaths } from '../products/paths.ts';

export type Branch = Tree<DocumentSummary>;

/** All documents of a product, from the top level down. */
export const treeOf = async (ctx: AdminContext, { id }: Product): Promise<readonly Branch[]> =>
  (await listDocumentTree(ctx, id, { number: 1, size: Number.MAX_SAFE_INTEGER })).items;

/** A tree as a list in reading order, each with how deep it is. */
export const flat = (branches: readonly Branch[], depth = 0): { branch: Branch; depth: number }[] =>
  branches.flatMap((branch) => [{ branch, depth }, ...flat(branch.children, depth + 1)]);

/** What is above a row of the tree. */
interface Above {
  readonly id: DocumentId;
  readonly parentId: DocumentId | null;
  /** its own place among its siblings */
  readonly index: number;
  readonly isHidden: boolean;
}

/** Where a document would come to stand: `parent` is empty for the top level. */
const placeAt = (parentId: DocumentId | null, index: number) => ({ parent: parentId ?? '', index });

/** The places that a document may be moved to by one step. */
const stepsOf = (above: Above | undefined, index: number, siblings: readonly Branch[]) => {
  const own = above?.id ?? null;
  const previous = siblings[index - 1];
  return [
    { icon: 'arrow-up', text: 'up', key: 'up', to: index > 0 && placeAt(own, index - 1) },
    { icon: 'arrow-down', text: 'down', key: 'down', to: index < siblings.length - 1 && placeAt(own, index + 1) },
    {
      ...{ icon: 'arrow-right', key: 'in', to: previous !== undefined && placeAt(previous.id, previous.children.length) },
      text: previous === undefined ? 'in' : `below “${previous.title}”`,
    },
    { icon: 'arrow-left', text: 'a level up', key: 'out', to: above !== undefined && placeAt(above.parentId, above.index + 1) },
  ];
};

const stateOf = (branch: Branch, above: Above | undefined) => {
  if (branch.status !== 'published') return { text: 'Unpublished', kind: 'neutral' };
  return above?.isHidden ? { text: 'Hidden with its parent', kind: 'warning' } : { text: 'Published', kind: 'success' };
};

const branchModel =
  (ctx: AdminContext, above?: Above) =>
  (branch: Branch, index: number, siblings: readonly Branch[]): object => {
    const ref = { productId: branch.productId, documentId: branch.id };
    const isPublished = branch.status === 'published';
    const isHidden = !isPublished || (above?.isHidden ?? false);
    const own: Above = { id: branch.id, parentId: above?.id ?? null, index, isHidden };
    return {
      id: branch.id,
      title: branch.title,
      slug: branch.slug,
      href: documentPaths.document(ctx.region, ref),
      state: stateOf(branch, above),
      placeAction: documentPaths.place(ctx.region, ref),
      steps: stepsOf(above, index, siblings),
      statusAction: documentPaths.status(ctx.region, ref),
      toggle: isPublished ? { status: 'unpublished', text: 'Unpublish' } : { status: 'published', text: 'Publish' },
      addHref: documentPaths.create(ctx.region, branch.productId, { parent: branch.id }),
      children: branch.children.map(branchModel(ctx, own)),
    };
  };

/** The tree of a product's documents. */
export const treeModel = async (ctx: AdminContext, product: Product) => ({
  branches: (await treeOf(ctx, product)).map(branchModel(ctx)),
  mayEdit: may(ctx.actor, 'product.edit', product.id),
  createHref: documentPaths.create(ctx.region, product.id),
  importHref: documentPaths.import(ctx.region, product.id),
  archiveHref: documentPaths.archive(ctx.region, product.id),
  imagesHref: imagePaths.list(ctx.region, product.id),
});

/** What goes, and what stays, when a document is deleted. */
export const consequencesOf = async (ctx: AdminContext, product: Product, id: string): Promise<string[]> => {
  const children = flat(await treeOf(ctx, product)).find(({ branch }) => branch.id === id)?.branch.children ?? [];
  const titles = inReadingOrder(children.map((child) => ({ ...child, parentId: null }))).map(({ title }) => `“${title}”`);
  return titles.length === 0 ? [] : [`What is below it moves up into its place: ${titles.join(', ')}`];
};
