import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { demand } from '../../../domain/access/index.ts';
import { invalid } from '../../../domain/errors.ts';
import {
  getDocument,
  getImage,
  type ImportResult,
  importDocuments,
  listImages,
  type Product,
} from '../../../domain/products/index.ts';
import { type FieldSpec, shownFields } from '../../../http/form-fields.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { uploadedFiles } from '../../../http/uploads.ts';
import { imagePath } from '../../../lib/image-names.ts';
import type { GivenFile, ReadFiles } from '../../../rendering/document-files/index.ts';
import type { AdminContext } from '../context.ts';
import { productOf } from '../products/frame.ts';
import { documentPaths } from '../products/paths.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { documentOf, documentsTrail } from './document.ts';
import { treeOf } from './tree-page.ts';

/** Writes files; loaded where somebody wants one. */
const fileWriter = () => import('../../../rendering/document-files/index.ts');

/** A document as a file. */
export const download = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { document } = await documentOf(req, ctx);
  const { documentFile } = await fileWriter();
  res.attachment(`${document.slug}.md`).type('text/markdown').send(documentFile(document));
};

/** All documents of a product as files, and their images, one after the other. */
async function* filesOf(ctx: AdminContext, product: Product): AsyncGenerator<GivenFile> {
  const productId = product.id;
  const { documentFile, filesOfTree } = await fileWriter();
  for (const { document, path, order } of filesOfTree(await treeOf(ctx, product))) {
    const whole = await getDocument(ctx, { productId, documentId: document.id });
    yield { path, bytes: Buffer.from(documentFile(whole, order)) };
  }
  for (const image of await listImages(ctx, productId))
    yield { path: imagePath(image), bytes: (await getImage(ctx, image)).bytes };
}

export const downloadAll = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  const { zipFiles } = await fileWriter();
  res.attachment(`${product.slug}-documentation.zip`).type('application/zip');
  await pipeline(Readable.from(zipFiles(filesOf(ctx, product))), res);
};

const importForm = z.object({
  published: z.literal('on').optional(),
  existing: z.enum(['replace', 'keep']).default('replace'),
});

const FIELDS: readonly FieldSpec[] = [
  {
    ...{ name: 'file', label: 'Files', type: 'file', optional: true },
    hint: 'Markdown, the pictures that it shows, or a zip archive of both. Folders become the tree.',
    attributes: { multiple: '', accept: '.md,.markdown,.zip,.png,.jpg,.jpeg,.gif,.webp' },
  },
  {
    ...{ name: 'file', label: 'Or a folder', type: 'file', optional: true },
    attributes: { webkitdirectory: '', id: 'field-folder' },
  },
  {
    ...{ name: 'existing', label: 'Documents that are there already', type: 'select' },
    hint: 'They are told by their slug: that of the file, or the one that its beginning names.',
    options: [
      { value: 'replace', text: 'take the text of the upload; what they say now stays in their history' },
      { value: 'keep', text: 'stay as they are' },
    ],
  },
  { name: 'published', label: 'Published, unless they say otherwise themselves', type: 'checkbox', value: 'on' },
];

const sendImport = async (req: Request, res: Response, ctx: AdminContext, product: Product, form: FormState): Promise<void> => {
  demand(ctx.actor, 'product.edit', product.id, 'API product');
  const [files, folder, ...further] = shownFields(form, FIELDS);
  const head = { title: 'Upload documents', breadcrumbs: documentsTrail(ctx, product) };
  await sendPage(req, res, ctx, 'admin/documents/import.njk', head, {
    form,
    files,
    folder: { ...folder, id: 'field-folder', error: undefined, notice: undefined, attributes: { webkitdirectory: '' } },
    further,
    action: documentPaths.import(ctx.region, product.id),
    cancelHref: documentPaths.list(ctx.region, product.id),
  });
};

export const showImport = async (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  sendImport(req, res, ctx, await productOf(req, ctx), emptyForm({ published: 'on' }));

const count = (number: number, what: string): string => `${number} ${number === 1 ? 'document' : 'documents'} ${what}`;

/** How many files of those that are left out are named. */
const NAMED = 3;

const noticeOf = ({ created, replaced, kept }: ImportResult, skipped: ReadFiles['skipped']): string => {
  const parts = [
    ...(created > 0 ? [count(created, 'created')] : []),
    ...(replaced > 0 ? [count(replaced, 'replaced')] : []),
    ...(kept > 0 ? [count(kept, kept === 1 ? 'left as it is' : 'left as they are')] : []),
  ];
  const named = skipped.slice(0, NAMED).map(({ path, reason }) => `“${path.slice(-80)}” ${reason}`);
  const more = skipped.length > NAMED ? [`and ${skipped.length - NAMED} more`] : [];
  const leftOut = skipped.length === 0 ? '' : ` Left out: ${[...named, ...more].join('; ')}.`;
  return `${parts.join(', ')}.${leftOut}`;
};

export const upload = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  demand(ctx.actor, 'product.edit', product.id, 'API product');
  await handleForm(req, res, importForm, {
    act: async ({ published, existing }) => {
      const files = uploadedFiles(req);
      if (files.length === 0) throw invalid({ field: 'file', rule: 'required', reason: 'choose files or a folder' });
      const read = await ctx.deps.readDocumentFiles(files);
      if (read.documents.length === 0)
        throw invalid({ field: 'file', rule: 'invalid', reason: 'there is no Markdown file among these' });
      const result = await importDocuments(ctx, product.id, read, { existing, status: published ? 'published' : 'unpublished' });
      const kind = read.skipped.length > 0 ? 'warning' : 'success';
      redirectWith(req, res, ctx, documentPaths.list(ctx.region, product.id), { kind, text: noticeOf(result, read.skipped) });
    },
    again: (form) => sendImport(req, res, ctx, product, form),
  });
};
