import { Zip, ZipPassThrough } from 'fflate';
import type { GivenFile } from './read-archive.ts';

/** A zip archive, piece by piece: one file at a time is in memory. Nothing is compressed, so that no file takes long. */
export async function* zipFiles(files: AsyncIterable<GivenFile>): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    pieces.push(piece);
  });
  for await (const { path, bytes } of files) {
    const file = new ZipPassThrough(path);
    zip.add(file);
    file.push(bytes, true);
    yield* pieces.splice(0);
  }
  zip.end();
  yield* pieces.splice(0);
}
