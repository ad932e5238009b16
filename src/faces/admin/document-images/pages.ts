import type { UsedImage } from '../../../domain/products/index.ts';
import { shownField } from '../../../http/form-fields.ts';
import type { FormState } from '../../../http/forms.ts';
import { imagePath } from '../../../lib/image-names.ts';
import type { AdminContext } from '../context.ts';
import { documentPaths, imagePaths } from '../products/paths.ts';

const KB = 1000;

const sizeText = (bytes: number): string =>
  bytes < KB * KB ? `${Math.max(1, Math.round(bytes / KB))} KB` : `${(bytes / KB / KB).toFixed(1)} MB`;

const usedText = ({ usedBy, isUsedEarlier }: UsedImage): string => {
  if (usedBy.length > 0) return '';
  return isUsedEarlier ? 'Only earlier editions show it.' : 'Nothing shows it: it is deleted after 30 days.';
};

/** An image in the list of a product. */
export const imageModel =
  ({ region }: AdminContext) =>
  (image: UsedImage) => ({
    name: image.name,
    href: imagePaths.image(region, image),
    facts: `${image.width} × ${image.height} · ${image.type.toUpperCase()} · ${sizeText(image.size)}`,
    markdown: `![${image.name.replace(/\.\w+$/, '').replace(/[\\[\]]/g, '\\$&')}](${imagePath(image)})`,
    usedBy: image.usedBy.map(({ id, title }) => ({
      ...{ title, href: documentPaths.document(region, { productId: image.productId, documentId: id }) },
    })),
    unused: usedText(image),
    deleteHref: imagePaths.delete(region, image),
  });

/** The field that takes an image. */
export const uploadField = (form: FormState, maxBytes: number) =>
  shownField(form, {
    ...{ name: 'file', label: 'Add an image', type: 'file' },
    hint: `PNG, JPEG, GIF or WebP, up to ${sizeText(maxBytes)}.`,
    attributes: { accept: '.png,.jpg,.jpeg,.gif,.webp' },
  });
