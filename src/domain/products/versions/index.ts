export type {
  LinkedService,
  LinkedVersion,
  NewVersion,
  Version,
  VersionChanges,
  VersionFilterField,
  VersionQuery,
  VersionSortField,
} from './version.ts';
export { createVersion, deleteVersion, getVersion, listLinkedVersions, listVersions, updateVersion } from './versions.ts';
