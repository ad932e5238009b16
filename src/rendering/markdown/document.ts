import { asImagePath, IMAGE_FOLDER } from '../../lib/image-names.ts';
import { type RenderedMarkdown, renderMarkdown } from './render.ts';

/** A document as its page shows it. */
export type RenderedDocument = Pick<RenderedMarkdown, 'html' | 'outline' | 'diagrams'>;

const DOCUMENT_NAME = /^(?!\.{1,2}$)[\w.-]+?(?:\.(?:md|markdown))?$/i;
const FILE_NAME = /\.(?!md$|markdown$)[a-z]\w{0,9}$/i;

/** Ids of the page around a document. */
export const PAGE_IDS = ['main', 'page-side', 'site-search', 'search-palette', 'outline-title'];

/**
 * Renders one of several documents that lie side by side. Wherever a relative link was meant to lead, its last part names a document:
 * `quick-start`, `./quick-start.md#keys` and `../guides/quick-start` are the same. What looks like a file of another kind stays as it is.
 * Pictures of the same product are named by `images/<hash>.png`.
 * @param base the address below which the documents are
 * @param images the address below which the pictures are
 */
export const renderDocument = (source: string, base: string, images = `${base}/${IMAGE_FOLDER}`): RenderedDocument => {
  const { html, outline, diagrams } = renderMarkdown(source, {
    reservedIds: PAGE_IDS,
    resolveImage: (src) => asImagePath(src)?.replace(IMAGE_FOLDER, () => images),
    resolveLink: (href) => {
      const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(href) ?? [];
      const name = path.split('/').at(-1) ?? '';
      if (!DOCUMENT_NAME.test(name) || FILE_NAME.test(name)) return undefined;
      return `${base}/${encodeURIComponent(name.replace(/\.(?:md|markdown)$/i, ''))}${rest}`;
    },
  });
  return { html, outline, diagrams };
};
