import { may } from '../../../domain/access/index.ts';
import {
  type DocumentAddress,
  type DocumentSummary,
  inReadingOrder,
  listDocumentTree,
  type Product,
  type Tree,
} from '../../../domain/products/index.ts';
import type { RegionCode } from '../../../domain/regions/index.ts';
import { shownFields } from '../../../http/form-fields.ts';
import type { FormState } from '../../../http/forms.ts';
import { raw } from '../../../lib/html.ts';
import type { AdminContext } from '../context.ts';
import { documentPaths } from '../products/paths.ts';
import { documentFields } from './forms.ts';

type Branch = Tree<DocumentSummary>;

/** All documents of a product, from the top level down. */
export const treeOf = async (ctx: AdminContext, { id }: Product): Promise<readonly Branch[]> =>
  (await listDocumentTree(ctx, id, { number: 1, size: Number.MAX_SAFE_INTEGER })).items;

const branchModel =
  (region: RegionCode, parentHidden: boolean) =>
  (branch: Branch, index: number, siblings: readonly Branch[]): object => {
    const ref = { productId: branch.productId, documentId: branch.id };
    const isPublished = branch.status === 'published';
    return {
      id: branch.id,
      title: branch.title,
      slug: branch.slug,
      href: documentPaths.document(region, ref),
      state: !isPublished
        ? { text: 'Unpublished', kind: 'neutral' }
        : parentHidden
          ? { text: 'Hidden with its parent', kind: 'warning' }
          : { text: 'Published', kind: 'success' },
      placeAction: documentPaths.place(region, ref),
      up: index > 0 && { index: index - 1 },
      down: index < siblings.length - 1 && { index: index + 1 },
      statusAction: documentPaths.status(region, ref),
      toggle: isPublished ? { status: 'unpublished', text: 'Unpublish' } : { status: 'published', text: 'Publish' },
      addHref: documentPaths.create(region, branch.productId, { parent: branch.id }),
      children: branch.children.map(branchModel(region, parentHidden || !isPublished)),
    };
  };

/** The tree of a product's documents. */
export const treeModel = async (ctx: AdminContext, product: Product) => ({
  branches: (await treeOf(ctx, product)).map(branchModel(ctx.region, false)),
  mayEdit: may(ctx.actor, 'product.edit', product.id),
  createHref: documentPaths.create(ctx.region, product.id),
});

const flat = (branches: readonly Branch[], depth = 0): { branch: Branch; depth: number }[] =>
  branches.flatMap((branch) => [{ branch, depth }, ...flat(branch.children, depth + 1)]);

const within = (branch: Branch): string[] => [branch.id, ...branch.children.flatMap(within)];

/** The documents that one may be placed below: not itself, nor what is below it. */
const parentsOf = (branches: readonly Branch[], self: string | undefined) => {
  const all = flat(branches);
  const own = all.find(({ branch }) => branch.id === self);
  const excluded = new Set(own ? within(own.branch) : []);
  return all
    .filter(({ branch }) => !excluded.has(branch.id))
    .map(({ branch, depth }) => ({ value: branch.id, text: `${'– '.repeat(depth)}${branch.title}` }));
};

/** The editor of a document. */
export const editorModel = async (
  ctx: AdminContext,
  product: Product,
  form: FormState,
  { address, preview }: { readonly address: DocumentAddress | undefined; readonly preview: string | undefined },
) => {
  const { main, further } = documentFields(parentsOf(await treeOf(ctx, product), address?.documentId));
  const { region } = ctx;
  return {
    form,
    main: shownFields(form, main),
    further: shownFields(form, further),
    action: address ? documentPaths.document(region, address) : documentPaths.create(region, product.id),
    submit: address ? 'Save' : 'Create document',
    cancelHref: documentPaths.list(region, product.id),
    deleteHref: address ? documentPaths.delete(region, address) : false,
    preview: preview === undefined ? false : { html: raw(preview), isEmpty: preview.trim() === '' },
  };
};

/** What goes, and what stays, when a document is deleted. */
export const consequencesOf = async (ctx: AdminContext, product: Product, id: string): Promise<string[]> => {
  const children = flat(await treeOf(ctx, product)).find(({ branch }) => branch.id === id)?.branch.children ?? [];
  const titles = inReadingOrder(children.map((child) => ({ ...child, parentId: null }))).map(({ title }) => `“${title}”`);
  return titles.length === 0 ? [] : [`What is below it moves up into its place: ${titles.join(', ')}`];
};
