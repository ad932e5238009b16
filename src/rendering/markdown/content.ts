import { isUtf8 } from 'node:buffer';

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const WORD = /^(?:[^=]{0,4}|[A-Za-z]?[a-z]+)$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

/**
 * The Markdown of a document's content as clients send it: Markdown itself, or canonical base64 (RFC 4648, section 4) of UTF-8 text.
 * It is taken for base64 only when encoding what was decoded gives exactly the same again (but for white space around it), and what comes out is printable text.
 * Words of Markdown can be base64 too. Nearly all of them decode to bytes that are no text, but `CSRF` and `1593` do not: so four
 * characters without padding, and a single word of small letters, maybe with a capital before them, are never decoded.
 */
export const decodeContent = (content: string): string => {
  const encoded = content.trim();
  if (encoded.length % 4 !== 0 || !BASE64.test(encoded) || WORD.test(encoded)) return content;
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.toString('base64') !== encoded || !isUtf8(bytes)) return content;
  const text = bytes.toString('utf8');
  return UNPRINTABLE.test(text) ? content : text;
};
