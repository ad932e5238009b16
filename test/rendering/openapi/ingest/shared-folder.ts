import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const SHARED = process.env['SHARED_DIR'] ?? resolve(import.meta.dirname, '../../../../../shared');

export interface SharedFile {
  name: string;
  bytes: Buffer;
}

/** The files of a folder of sample documents that is kept beside the project; none where it is absent. */
export const sharedFiles = (folder: string): SharedFile[] => {
  const directory = resolve(SHARED, folder);
  if (!existsSync(directory)) return [];
  return readdirSync(directory).map((name) => ({ name, bytes: readFileSync(resolve(directory, name)) }));
};
