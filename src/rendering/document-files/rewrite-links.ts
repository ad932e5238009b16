import { IMAGE_FOLDER } from '../../lib/image-names.ts';
import { documentAddress, pictureAddress } from '../markdown/document-addresses.ts';
import { isRelative } from '../markdown/links.ts';
import { codeRanges } from './code-ranges.ts';

const INLINE = /(\]\(\s{0,10})(<[^<>\n]{1,2000}>|[^\s()<>]{1,2000})/;
/** A line that says where all links of a name lead, and perhaps a title: no footnote, and no sentence. */
const REFERENCE = /(^ {0,3}\[(?!\^)[^\]\n]{1,500}\]:[ \t]{0,10})(<[^<>\n]{1,2000}>|\S{1,2000})(?=[ \t]*$|[ \t]+["'(])/;
const ATTRIBUTE = /(\s(?:src|href)\s{0,5}=\s{0,5}["'])([^"']{1,2000})/;
const LINK = [INLINE, REFERENCE, ATTRIBUTE].map(({ source }) => source).join('|');

/**
 * Gives the links and images of Markdown other addresses, outside code.
 * @param addressOf the new address; undefined leaves the old one
 */
export const rewriteLinks = (source: string, addressOf: (address: string) => string | undefined): string => {
  const known = new Map<string, string | undefined>();
  const rewritten = (address: string): string | undefined => {
    if (!known.has(address)) known.set(address, addressOf(address.startsWith('<') ? address.slice(1, -1) : address));
    return known.get(address);
  };
  const parts: string[] = [];
  let done = 0;
  for (const link of linksOutside(codeRanges(source), source)) {
    const address = link[2] ?? link[4] ?? link[6] ?? '';
    const better = rewritten(address);
    if (better === undefined) continue;
    const end = link.index + link[0].length;
    parts.push(source.slice(done, end - address.length), better);
    done = end;
  }
  return `${parts.join('')}${source.slice(done)}`;
};

/** What looks like a link, but for what begins in one of the ranges. */
const linksOutside = function* (ranges: readonly (readonly [number, number])[], source: string): Generator<RegExpExecArray> {
  const pattern = new RegExp(LINK, 'gim');
  let link = pattern.exec(source);
  for (const [from, to] of ranges) {
    for (; link && link.index < from; link = pattern.exec(source)) yield link;
    if (link && link.index < to) {
      pattern.lastIndex = to;
      link = pattern.exec(source);
    }
  }
  for (; link; link = pattern.exec(source)) yield link;
};

/** A document whose relative links and pictures lead where its page has them lead, from wherever it is read. */
export const withDocumentLinks = (source: string, base: string, ending: string): string =>
  rewriteLinks(source, (address) =>
    isRelative(address)
      ? (pictureAddress(address, `${base}/${IMAGE_FOLDER}`) ?? documentAddress(address, base, ending))
      : undefined,
  );
