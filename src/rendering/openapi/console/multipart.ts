import type { ConsolePart } from './types.ts';

/** Quotes and line ends as browsers write them in names (HTML, section 4.10.21.8). */
const inQuotes = (name: string): string => name.replace(/\r\n|\r|\n/g, '%0D%0A').replaceAll('"', '%22');

/**
 * A multipart body in pieces, to be put one after the other.
 * @param describe how a file is called and of which type it is
 */
export const multipartPieces = <File>(
  parts: readonly ConsolePart<File>[],
  boundary: string,
  describe: (file: File) => { name: string; type: string },
): (string | File)[] => [
  ...parts.flatMap((part) => {
    const disposition = `--${boundary}\r\nContent-Disposition: form-data; name="${inQuotes(part.name)}"`;
    if ('value' in part) {
      const type = part.contentType === undefined ? '' : `\r\nContent-Type: ${part.contentType}`;
      return [`${disposition}${type}\r\n\r\n${part.value}\r\n`];
    }
    const { name, type } = describe(part.file);
    return [`${disposition}; filename="${inQuotes(name)}"\r\nContent-Type: ${type}\r\n\r\n`, part.file, '\r\n'];
  }),
  `--${boundary}--\r\n`,
];
