export type { ArchiveLimits, GivenFile } from './read-archive.ts';
export { type ReadDocument, type ReadFiles, type ReadImage, readDocumentFiles } from './read-files.ts';
export { documentFile, filesOfTree } from './write-files.ts';
export { zipFiles } from './zip-files.ts';
