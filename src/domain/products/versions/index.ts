export type {
  LinkedService,
  NewVersion,
  Version,
  VersionChanges,
  VersionFilterField,
  VersionQuery,
  VersionSortField,
} from './version.ts';
export { createVersion, deleteVersion, getVersion, listVersions, updateVersion } from './versions.ts';
