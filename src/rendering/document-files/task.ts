import type { Task } from '../task-types.ts';
import { UploadRefusal } from './read-archive.ts';
import { readDocumentFiles } from './read-files.ts';

/** Reads the files that the body holds, one after the other. */
export const readDocumentFilesTask: Task<'readDocumentFiles'> = async ({ files, limits }, body, emit) => {
  let at = 0;
  const given = files.map(({ path, size }) => {
    const bytes = body.subarray(at, at + size);
    at += size;
    return { path, bytes };
  });
  try {
    const { documents, images, skipped } = readDocumentFiles(given, limits);
    for (const document of documents) await emit({ document });
    for (const image of images) await emit({ image });
    return { accepted: true, skipped: [...skipped] };
  } catch (error) {
    if (error instanceof UploadRefusal) return { accepted: false, reason: error.message };
    throw error;
  }
};
