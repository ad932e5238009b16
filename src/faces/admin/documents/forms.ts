import { z } from 'zod';
import { asId, type DocumentId } from '../../../domain/ids.ts';
import type { Document, Draft, NewDocument } from '../../../domain/products/index.ts';
import type { FieldSpec } from '../../../http/form-fields.ts';
import type { FormState } from '../../../http/forms.ts';
import { unsafeText } from '../../../http/input.ts';
import type { UploadedFile } from '../../../http/uploads.ts';
import { firstHeading } from '../../../lib/first-heading.ts';
import { slugify } from '../../../lib/text.ts';

/** What a text says as JSON; undefined for what is none. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const metadataField = z
  .string()
  .default('')
  .transform((text, context): Record<string, unknown> => {
    if (text.trim() === '') return {};
    const value = parsed(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      context.addIssue({ code: 'custom', message: 'Enter a JSON object, such as {"audience": "partners"}' });
    else if (unsafeText(value))
      context.addIssue({ code: 'custom', message: 'This object is nested too deeply, or holds characters that cannot be kept' });
    else return value as Record<string, unknown>;
    return z.NEVER;
  });

/** The number of an edition, as far as databases count. */
export const editionNumber = z.coerce.number().int().min(0).max(2_147_483_647);

export const documentForm = z.object({
  title: z.string().trim().max(1000, 'A title has at most 1,000 characters').default(''),
  slug: z
    .string()
    .trim()
    .max(80, 'A slug has at most 80 characters')
    .regex(/^[\w-]*$/, 'A slug consists of letters, digits, - and _')
    .default(''),
  parent: z
    .string()
    .default('')
    .transform((text) => asId<DocumentId>(text) ?? null),
  published: z.literal('on').optional(),
  content: z.string().default(''),
  metadata: metadataField,
  /** the edition that the form began from */
  base: editionNumber.catch(0),
  act: z.enum(['save', 'publish', 'preview']).default('save'),
});

export type DocumentInput = z.output<typeof documentForm>;

/** Names of the form's fields for those of the domain. */
export const DOCUMENT_NAMES = { parent_document_id: 'parent' } as const;

/** What a document is called that was given no title: as its first heading, or its file. */
const titleOf = (content: string, file: UploadedFile | undefined): string =>
  firstHeading(content) ?? file?.name.replace(/\.\w+$/, '') ?? '';

const textIn = ({ bytes }: UploadedFile): string =>
  bytes
    .toString('utf8')
    .replace(/\r\n?/g, '\n')
    .replace(/^\ufeff/, '');

/** What no text field holds, and no text. */
const UNTYPED = /[\0\ufffd]/;

/** A form that is shown again after a file was sent with it: browsers keep no file, but its text can take the place of the other. */
export const withFileText = (form: FormState, file: UploadedFile | undefined): FormState => {
  const content = file && textIn(file);
  return content === undefined || UNTYPED.test(content) ? form : { ...form, values: { ...form.values, content }, lost: {} };
};

/** The document as it was sent: a file takes the place of the text; what was left out follows from it. */
export const sentDocument = (input: DocumentInput, file: UploadedFile | undefined): NewDocument & { content: string } => {
  const content = file ? textIn(file) : input.content;
  const title = input.title === '' ? titleOf(content, file) : input.title;
  return {
    title,
    slug: input.slug === '' ? slugify(title, 'document').replace(/\./g, '-') : input.slug,
    parentId: input.parent,
    status: input.published || input.act === 'publish' ? 'published' : 'unpublished',
    content,
    metadata: input.metadata,
  };
};

/** A document as the form shows it. */
export const documentValues = ({ title, slug, parentId, status, content, metadata }: NewDocument | Document) => ({
  title,
  slug,
  parent: parentId ?? '',
  published: status === 'published' ? 'on' : '',
  content: content ?? '',
  metadata: metadata && Object.keys(metadata).length > 0 ? JSON.stringify(metadata, null, 2) : '',
});

/** What is kept of a document as the form shows it, as far as it is known. */
export const draftValues = ({ title, content, settings }: Draft) => ({
  ...{ title, content },
  ...(settings && {
    ...{ slug: settings.slug, parent: settings.parent, metadata: settings.metadata },
    published: settings.isPublished ? 'on' : '',
  }),
});

type Options = NonNullable<FieldSpec['options']>;

/** What is asked about a document: what it says, and where and whether it is shown. */
export const documentFields = (
  parents: Options,
): { readonly title: FieldSpec; readonly content: FieldSpec; readonly further: readonly FieldSpec[] } => ({
  title: {
    ...{ name: 'title', label: 'Title', optional: true, autocomplete: 'off' },
    hint: 'Without one, the first heading of the text.',
  },
  content: { name: 'content', label: 'Text', type: 'textarea', rows: 24, code: true, attributes: { spellcheck: 'true' } },
  further: [
    { name: 'published', label: 'Published', type: 'checkbox', value: 'on' },
    { name: 'parent', label: 'Below', type: 'select', options: [{ value: '', text: 'Top level' }, ...parents] },
    { name: 'slug', label: 'Slug', optional: true, hint: 'Its place in addresses; made from the title when empty.' },
    {
      ...{ name: 'metadata', label: 'Metadata', type: 'textarea', rows: 3, code: true, optional: true },
      hint: 'A JSON object; answered by the API, not shown.',
    },
    {
      ...{ name: 'file', label: 'Text from a file', type: 'file', optional: true },
      hint: 'A .md file; it takes the place of the text.',
      attributes: { accept: '.md,.markdown,text/markdown' },
    },
  ],
});
