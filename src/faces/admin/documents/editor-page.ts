import { may } from '../../../domain/access/index.ts';
import type { DraftId } from '../../../domain/ids.ts';
import {
  type DocumentAddress,
  type EditionField,
  type EditionSummary,
  listImages,
  listNewDrafts,
  listOtherEditors,
  type Product,
} from '../../../domain/products/index.ts';
import { shownField, shownFields } from '../../../http/form-fields.ts';
import type { FormState } from '../../../http/forms.ts';
import { firstHeading } from '../../../lib/first-heading.ts';
import { raw } from '../../../lib/html.ts';
import { imagePath } from '../../../lib/image-names.ts';
import type { TextDiff } from '../../../rendering/text-diff/index.ts';
import type { AdminContext } from '../context.ts';
import { documentPaths, imagePaths } from '../products/paths.ts';
import { authorTexts } from './authors.ts';
import { DIAGRAM_TEMPLATES } from './diagram-templates.ts';
import { diffModel } from './diff-model.ts';
import { documentFields } from './forms.ts';
import { publishedPages } from './published-pages.ts';
import { type Branch, flat, treeOf } from './tree-page.ts';

/** Somebody else has saved meanwhile what was to be saved. */
export interface Conflict {
  readonly latest: EditionSummary;
  readonly fields: readonly EditionField[];
  /** from their text to the one that was sent */
  readonly diff: TextDiff;
  readonly theirs: string;
}

/** What the editor shows beside the form. */
export interface EditorState {
  readonly address: DocumentAddress | undefined;
  /** of a document that is not created yet */
  readonly draftId?: DraftId | undefined;
  readonly isPublished: boolean;
  /** a rendered text */
  readonly preview?: string | undefined;
  readonly conflict?: Conflict | undefined;
  /** the form shows what was written and not saved: when that was, whether the document was changed since, which edition is saved */
  readonly kept?: { readonly at: string; readonly isOld: boolean; readonly edition: number } | undefined;
}

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

const escaped = (text: string): string => text.replace(/[\\[\]]/g, '\\$&');

/** What can be put into a text: other documents, images, beginnings of diagrams. */
const insertsOf = async (ctx: AdminContext, product: Product, branches: readonly Branch[]) => ({
  documents: flat(branches).map(({ branch: { title, slug }, depth }) => ({
    ...{ title, slug, depth },
    markdown: `[${escaped(title)}](${slug})`,
  })),
  images: (await listImages(ctx, product.id)).map((image) => ({
    name: image.name,
    href: imagePaths.image(ctx.region, image),
    markdown: `![${escaped(image.name.replace(/\.\w+$/, ''))}](${imagePath(image)})`,
  })),
  diagrams: DIAGRAM_TEMPLATES.map(({ text, language, source }) => ({
    text: `${text} (${language === 'mermaid' ? 'Mermaid' : 'PlantUML'})`,
    markdown: `\`\`\`${language}\n${source}\n\`\`\`\n`,
  })),
  imagesHref: imagePaths.list(ctx.region, product.id),
});

/** What was written and not saved: what it may give way to, and where it is dropped. */
const keptModel = ({ region }: AdminContext, { id }: Product, { address, kept }: EditorState) =>
  kept !== undefined && {
    ...kept,
    savedHref: address !== undefined && documentPaths.edition(region, address, kept.edition),
    discardAction: address ? documentPaths.draft(region, address, 'discard') : documentPaths.newDraft(region, id, 'discard'),
  };

/** What was begun beside, to be gone on with; an existing document has nothing beside it. */
const begunModel = async (ctx: AdminContext, { id }: Product, draftId: DraftId | undefined) =>
  draftId === undefined
    ? []
    : (await listNewDrafts(ctx, id))
        .filter((draft) => draft.id !== draftId)
        .map(({ id: draft, title, beginning, updatedAt }) => ({
          text: title.trim() || firstHeading(beginning) || /\S.*/.exec(beginning)?.[0] || 'Untitled',
          at: updatedAt,
          href: documentPaths.create(ctx.region, id, { draft }),
        }));

const FIELD_WORDS: Readonly<Record<EditionField, string>> = {
  ...{ title: 'the title', slug: 'the slug', status: 'whether it is published', metadata: 'the metadata', content: 'the text' },
};

const conflictModel = async (ctx: AdminContext, { latest, fields, diff, theirs }: Conflict) => ({
  who: (await authorTexts(ctx, [latest.author]))(latest.author),
  at: latest.createdAt,
  fields: new Intl.ListFormat('en').format(fields.map((field) => FIELD_WORDS[field])),
  diff: fields.includes('content') && diffModel(diff),
  theirTitle: fields.includes('title') && latest.title,
  theirs,
});

/** Who else is writing at a document, as a sentence; empty when nobody is. */
export const othersText = async (ctx: AdminContext, address: DocumentAddress): Promise<string> => {
  const others = (await listOtherEditors(ctx, address)).map(({ id }) => ({ kind: 'administrator', id }));
  if (others.length === 0) return '';
  const names = others.map(await authorTexts(ctx, others));
  return `${new Intl.ListFormat('en').format(names)} ${names.length === 1 ? 'is' : 'are'} writing at this document, too.`;
};

/** Where the editor's script sends what it has. */
const addressesOf = ({ region, deps }: AdminContext, { id }: Product, address: DocumentAddress | undefined) => ({
  preview: documentPaths.preview(region, id),
  draft: address ? documentPaths.draft(region, address) : documentPaths.newDraft(region, id),
  images: imagePaths.list(region, id),
  maxImageBytes: deps.bodyLimits.documentImage,
});

/** Whether the form holds a text that is nowhere else. No draft may give way to none, as beside a file that was too large. */
const isUnsaved = ({ summary, values }: FormState, conflict: Conflict | undefined): boolean =>
  (summary.length > 0 || conflict !== undefined) && (values['content'] ?? '') !== '';

/** The editor of a document. */
export const editorModel = async (ctx: AdminContext, product: Product, form: FormState, state: EditorState) => {
  const { address, conflict, draftId, isPublished, preview } = state;
  const { region } = ctx;
  const branches = await treeOf(ctx, product);
  const { title, content, further } = documentFields(parentsOf(branches, address?.documentId));
  return {
    form,
    title: shownField(form, title),
    content: shownField(form, content),
    further: shownFields(form, further),
    base: String(form.values['base'] ?? 0),
    isUnsaved: isUnsaved(form, conflict),
    action: address ? documentPaths.document(region, address) : documentPaths.create(region, product.id),
    submit: address ? 'Save' : 'Create document',
    mayPublish: address !== undefined && !isPublished,
    state: address ? (isPublished ? { text: 'Published', kind: 'success' } : { text: 'Unpublished', kind: 'neutral' }) : false,
    cancelHref: documentPaths.list(region, product.id),
    links: address
      ? [
          { text: 'History', icon: 'clock', href: documentPaths.history(region, address) },
          { text: 'Download', icon: 'download', href: documentPaths.file(region, address) },
        ]
      : [],
    pages: await publishedPages(ctx, product, branches, address),
    deleteHref: address && may(ctx.actor, 'product.edit', product.id) ? documentPaths.delete(region, address) : false,
    preview: preview === undefined ? false : { html: raw(preview), isEmpty: preview.trim() === '' },
    draft: keptModel(ctx, product, state),
    draftId: draftId ?? false,
    begun: await begunModel(ctx, product, draftId),
    conflict: conflict ? await conflictModel(ctx, conflict) : false,
    others: address ? await othersText(ctx, address) : '',
    inserts: await insertsOf(ctx, product, branches),
    addresses: addressesOf(ctx, product, address),
  };
};
