import { IMAGE_FOLDER } from '../../lib/image-names.ts';
import { documentAddress, pictureAddress } from '../markdown/document-addresses.ts';
import { isRelative } from '../markdown/links.ts';

const INLINE = /(\]\(\s{0,10})(<[^<>\n]{1,2000}>|[^\s()<>]{1,2000})/g;
const REFERENCE = /^( {0,3}\[[^\]]{1,500}\]:\s{0,10})(<[^<>\n]{1,2000}>|\S{1,2000})/;
const ATTRIBUTE = /(\s(?:src|href)\s{0,5}=\s{0,5}["'])([^"']{1,2000})/gi;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/**
 * Gives the links and images of Markdown other addresses, outside blocks of code.
 * @param addressOf the new address; undefined leaves the old one
 */
export const rewriteLinks = (source: string, addressOf: (address: string) => string | undefined): string => {
  const replace = (whole: string, before: string, address: string): string => {
    const bare = address.startsWith('<') ? address.slice(1, -1) : address;
    const better = addressOf(bare);
    return better === undefined ? whole : `${before}${better}`;
  };
  let fence: string | undefined;
  return source
    .split('\n')
    .map((line) => {
      const mark = FENCE.exec(line)?.[1];
      if (mark !== undefined && (fence === undefined || (mark[0] === fence[0] && mark.length >= fence.length)))
        fence = fence === undefined ? mark : undefined;
      if (fence !== undefined || mark !== undefined) return line;
      return line.replace(INLINE, replace).replace(REFERENCE, replace).replace(ATTRIBUTE, replace);
    })
    .join('\n');
};

/** A document whose relative links and pictures lead where its page has them lead, from wherever it is read. */
export const withDocumentLinks = (source: string, base: string, ending: string): string =>
  rewriteLinks(source, (address) =>
    isRelative(address)
      ? (pictureAddress(address, `${base}/${IMAGE_FOLDER}`) ?? documentAddress(address, base, ending))
      : undefined,
  );
