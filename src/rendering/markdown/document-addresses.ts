import { asImagePath, IMAGE_FOLDER } from '../../lib/image-names.ts';

const DOCUMENT_NAME = /^(?!\.{1,2}$)[\w.-]+?(?:\.(?:md|markdown))?$/i;
const FILE_NAME = /\.(?!md$|markdown$)[a-z]\w{0,9}$/i;

/** Where a relative link in a document leads: to another document, below `base`; undefined for what looks like a file of another kind. */
export const documentAddress = (href: string, base: string, ending = ''): string | undefined => {
  const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(href) ?? [];
  const name = path.split('/').at(-1) ?? '';
  if (!DOCUMENT_NAME.test(name) || FILE_NAME.test(name)) return undefined;
  return `${base}/${encodeURIComponent(name.replace(/\.(?:md|markdown)$/i, ''))}${ending}${rest}`;
};

/** Where a picture of the product is; undefined for any other. */
export const pictureAddress = (src: string, images: string): string | undefined =>
  asImagePath(src)?.replace(IMAGE_FOLDER, () => images);
