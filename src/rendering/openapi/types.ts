/**
 * What ingestion makes of an OpenAPI document: an index of its operations and ready HTML fragments.
 *
 * Fragments depend on nothing but the document (and {@link REFERENCE_RENDERER_VERSION}), so they are stored by content hash and
 * shared. Links inside them to other parts of the same reference use the pseudo scheme `spec:`:
 * `href="spec:/operations/<address>"`, `href="spec:/schemas/<name>"`, `href="spec:?tag=<name>"`; a page replaces it by its own base path.
 * Nothing a document contains can produce such a link: the sanitiser refuses the scheme.
 */

/** Bumped with every change of the HTML that is made of a document: stale fragments are made anew. */
export const REFERENCE_RENDERER_VERSION = 19;

/** A remark about a document: what, how bad, and where. `line` and `column` are 1-based and absent where the source position is unknown. */
export interface Finding {
  severity: 'error' | 'warning';
  /** Name of the rule that found it, such as `struct` or `yaml-syntax`. */
  rule: string;
  message: string;
  /** JSON pointer into the document, such as `#/paths/~1pets/get`. */
  path?: string;
  line?: number;
  column?: number;
}

export type SpecFormat = 'json' | 'yaml';

/** One operation (or webhook operation) of the index; the order of the list is that of the document. */
export interface OperationEntry {
  /** Unique in the document, `[A-Za-z0-9._~-]+`: the operationId when it is unique and safe, else method and path as a slug, numbered on collision. */
  address: string;
  kind: 'operation' | 'webhook';
  /** Lower case; also `query` and other methods of OpenAPI 3.2. */
  method: string;
  /** The path template, or the name of the webhook. */
  path: string;
  operationId: string | undefined;
  summary: string | undefined;
  /** Plain text of the description (Markdown removed), at most 2,000 characters: for search and meta descriptions. */
  description: string | undefined;
  /** As the document has them; may be empty. */
  tags: string[];
  /** Names of the groups (see {@link GroupEntry}) it shows under, at least one. */
  groups: string[];
  deprecated: boolean;
}

/** What the navigation lists: a tag, or, for operations without tags, the first path segment that tells operations apart. */
export interface GroupEntry {
  /** Value of `?tag=`; unique. */
  name: string;
  /** What is shown: OpenAPI 3.2 `summary`, `x-displayName`, or the name. */
  title: string;
  kind: 'tag' | 'path' | 'webhooks';
  /** OpenAPI 3.2 `parent`: name of another group. */
  parent: string | undefined;
  /** OpenAPI 3.2 `kind` of a tag (`nav`, `badge`, `audience`, …). */
  tagKind: string | undefined;
  /** Rendered description, `''` if none. */
  descriptionHtml: string;
  operationCount: number;
}

/** A piece of a reference's HTML. */
export interface HtmlFragment {
  /**
   * `overview`: description, contact, licence, terms, servers, security schemes; `operation`: `<article class="operation">…</article>`;
   * `schema`: a named schema, for expansion on demand and for a page of its own; `schema-page`: what that page has beside;
   * `schemas`: the list of all of them.
   */
  kind: 'overview' | 'operation' | 'schema' | 'schema-page' | 'schemas';
  /** The address of the operation or the name of the schema; `''` for the overview and the list. */
  key: string;
  html: string;
}

/** What is known of a document without its HTML. */
export interface ReferenceIndex {
  title: string;
  /** `info.version` */
  apiVersion: string;
  /** The version that the document declares, such as `2.0` or `3.1.0`. */
  specVersion: string;
  /** Plain text, at most 500 characters. */
  summary: string;
  groups: GroupEntry[];
  operations: OperationEntry[];
}

/** The index of a document and its HTML, which is made piece by piece as it is asked for. */
export interface Reference {
  index: ReferenceIndex;
  fragments: Iterable<HtmlFragment>;
}

/** The bounds of ingestion; exceeding one is a refusal that names it. */
export interface IngestLimits {
  maxBytes: number;
  maxDepth: number;
  /** Nodes after alias expansion. */
  maxNodes: number;
  maxOperations: number;
  /** Tags that are declared or used: each page of a reference lists them. */
  maxTags: number;
  /** `$ref`s that lead only to another `$ref`, one after the other. */
  maxRefChain: number;
  deadlineMs: number;
}

export type IngestOutcome =
  | ({ accepted: true; format: SpecFormat; findings: Finding[] } & Reference)
  | { accepted: false; findings: Finding[] };
