const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const ALLOWED = /^(https?|mailto|tel):/i;
const IMAGE_DATA = /^data:image\/(png|jpe?g|gif|webp);base64,/i;

/** What browsers skip when they read an address: controls and white space. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
const SKIPPED = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029]+/g;

/** Whether a link may be printed: relative, or of a scheme that does no harm. */
export const isSafeLink = (href: string): boolean => {
  const read = href.replace(SKIPPED, '');
  return !SCHEME.test(read) || ALLOWED.test(read);
};

/** Whether an image may be printed: as links, or a small inline picture. */
export const isSafeImage = (src: string): boolean => isSafeLink(src) || IMAGE_DATA.test(src.trim());

/** Whether a link leads to another document of the same place: no scheme, no host, no leading slash, not only a fragment. */
export const isRelative = (href: string): boolean => !SCHEME.test(href) && !/^[/\\#?]/.test(href) && href !== '';

/** Whether a link names a host; browsers read a backslash as a slash. */
export const isExternal = (href: string): boolean => /^(https?:|[/\\]{2})/i.test(href.trim());
