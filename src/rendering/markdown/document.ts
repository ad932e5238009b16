import { IMAGE_FOLDER } from '../../lib/image-names.ts';
import { documentAddress, pictureAddress } from './document-addresses.ts';
import { type RenderedMarkdown, renderMarkdown } from './render.ts';

/** A document as its page shows it. */
export type RenderedDocument = Pick<RenderedMarkdown, 'html' | 'outline' | 'diagrams'>;

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
    resolveImage: (src) => pictureAddress(src, images),
    resolveLink: (href) => documentAddress(href, base),
  });
  return { html, outline, diagrams };
};
