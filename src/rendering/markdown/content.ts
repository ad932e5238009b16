import { isUtf8 } from 'node:buffer';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd]/;

/**
 * The Markdown of a document's content as clients send it: Markdown itself, or canonical base64 of UTF-8 text. It is taken for
 * base64 only when decoding and encoding give the same again and what comes out is printable text. A short word can be both
 * (`docs` would decode to three bytes, but they are no UTF-8): text without a padding, digit or capital is left as it is.
 */
export const decodeContent = (content: string): string => {
  const compact = content.trim();
  if (compact === '' || !BASE64.test(compact) || /^[a-z]+$/.test(compact)) return content;
  const bytes = Buffer.from(compact, 'base64');
  if (bytes.toString('base64') !== compact || !isUtf8(bytes)) return content;
  const text = bytes.toString('utf8');
  return UNPRINTABLE.test(text) ? content : text;
};
