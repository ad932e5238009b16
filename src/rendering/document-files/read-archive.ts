import { unzipSync } from 'fflate';

/** A file of an upload. */
export interface GivenFile {
  /** with its folders */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The bounds of what an archive may hold once it is unpacked. */
export interface ArchiveLimits {
  readonly maxFiles: number;
  readonly maxBytes: number;
}

/** An upload that cannot be taken; the message is meant for whoever sent it. */
export class UploadRefusal extends Error {}

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] ?? 0) <= 0x08;

/** Deflate makes of a byte a thousand at most; an archive that says otherwise lies about the rest, too. */
const MAX_RATIO = 1_100;

/**
 * Unpacks a zip archive into memory.
 * @throws UploadRefusal for what is none, or is more than the limits allow once unpacked: that is told from its table of contents, beyond
 *   which nothing is unpacked
 */
export const readArchive = ({ path, bytes }: GivenFile, { maxFiles, maxBytes }: ArchiveLimits): GivenFile[] => {
  if (!isZip(bytes)) throw new UploadRefusal(`“${path}” is no zip archive`);
  let count = 0;
  let total = 0;
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => {
        if (name.endsWith('/')) return false;
        count += 1;
        total += originalSize;
        if (count > maxFiles) throw new UploadRefusal(`“${path}” holds more than ${maxFiles} files`);
        if (total > maxBytes || originalSize > size * MAX_RATIO)
          throw new UploadRefusal(`“${path}” is larger than ${Math.floor(maxBytes / 1e6)} MB once it is unpacked`);
        return true;
      },
    });
    return Object.entries(files).map(([name, content]) => ({ path: name, bytes: content }));
  } catch (error) {
    if (error instanceof UploadRefusal) throw error;
    throw new UploadRefusal(`“${path}” cannot be unpacked: it is damaged, encrypted, or packed in a way that is not known here`);
  }
};
