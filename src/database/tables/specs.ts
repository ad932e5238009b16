import type { Bit, Fixed } from '../schema-values.ts';

/** owner: products/specs */
export interface SpecificationsTable {
  id: Fixed<string>;
  version_id: Fixed<string>;
  name: string;
  content_hash: string;
  created_at: Fixed<string>;
  updated_at: string;
}

/** owner: products/specs; shared by all specifications with the same bytes */
export interface SpecificationContentsTable {
  content_hash: Fixed<string>;
  /** the upload, byte for byte, gzipped */
  bytes: Buffer;
  format: 'json' | 'yaml';
  title: string;
  api_version: string;
  spec_version: string;
  summary: string;
  operation_count: number;
  groups: string;
  findings: string;
}

/** owner: products/specs; how far the HTML of a document is, one row for each */
export interface SpecificationRenderingsTable {
  content_hash: Fixed<string>;
  /** of the program that made the stored HTML; 0 while there is none */
  renderer_version: number;
  /** the version of the renderer that could make none; 0 unless one tried and failed */
  refused_by: number;
  /** how often rendering was begun since it last ended one way or the other */
  attempts: number;
}

/** owner: products/specs */
export interface SpecificationOperationsTable {
  content_hash: string;
  position: number;
  address: string;
  kind: 'operation' | 'webhook';
  method: string;
  path: string;
  operation_id: string | null;
  summary: string | null;
  description: string | null;
  tags: string;
  deprecated: Bit;
}

/** owner: products/specs */
export interface SpecificationOperationGroupsTable {
  content_hash: string;
  group_name: string;
  position: number;
  address: string;
}

/** owner: products/specs; gzipped HTML */
export interface SpecificationFragmentsTable {
  content_hash: string;
  kind: 'overview' | 'operation' | 'schema' | 'schema-page' | 'schemas';
  key: string;
  html: Buffer;
}

/** owner: products/specs; the documents that the specification of a version was, the newest being what it is */
export interface SpecificationEditionsTable {
  version_id: Fixed<string>;
  /** counts from 1 in each version */
  number: Fixed<number>;
  /** what its file was called */
  name: Fixed<string>;
  content_hash: Fixed<string>;
  actor_kind: Fixed<string>;
  actor_id: Fixed<string | null>;
  created_at: Fixed<string>;
  /** when another one came in its place, or none; null while it is the specification */
  replaced_at: string | null;
}

/** owner: products/specs; what differs between two documents, as it was found out when somebody asked */
export interface SpecificationComparisonsTable {
  before_hash: Fixed<string>;
  after_hash: Fixed<string>;
  /** of the program that compared them */
  comparer_version: number;
  /** gzipped JSON; null where they could not be compared */
  comparison: Buffer | null;
}
