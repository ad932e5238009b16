import type { DiagramKind, DrawnDiagram } from './diagrams/diagram.ts';
import type { ArchiveLimits, ReadDocument, ReadFiles, ReadImage } from './document-files/index.ts';
import type { RenderedDocument } from './markdown/document.ts';
import type { ConsoleOperation } from './openapi/console/types.ts';
import type { KeptOperation } from './openapi/excerpt.ts';
import type { StoredFragment } from './openapi/ingest/index.ts';
import type { SchemaSummary } from './openapi/schema-summaries.ts';
import type { Finding, IngestLimits, OperationEntry, ReferenceIndex, SpecFormat } from './openapi/types.ts';
import type { TextDiff } from './text-diff/index.ts';

/** Reads a specification, which is the body. */
interface SpecificationTask<Part> {
  input: { name: string; limits: IngestLimits };
  part: Part;
  result:
    | { accepted: true; format: SpecFormat; reference: Omit<ReferenceIndex, 'operations'>; findings: Finding[] }
    | { accepted: false; findings: Finding[] };
}

/** Everything that runs in a child process of the rendering pool: what goes in, what comes out in parts on the way, and the result. */
export interface TaskTypes {
  examineSpecification: SpecificationTask<{ operations: OperationEntry[] }>;
  renderSpecification: SpecificationTask<{ operations: OperationEntry[] } | { fragments: StoredFragment[] }>;
  renderDocument: {
    /** The Markdown itself is the body. */
    input: { base: string; images: string | undefined };
    part: never;
    result: RenderedDocument;
  };
  documentNodes: {
    /** The Markdown itself is the body; the tree of its nodes comes as JSON. */
    input: Record<string, never>;
    part: { bytes: Uint8Array };
    result: null;
  };
  compareTexts: {
    /** The body is the text before, which takes this many bytes, and the text after. */
    input: { bytesBefore: number };
    part: never;
    result: TextDiff;
  };
  readDocumentFiles: {
    /** The body is the files, one after the other. */
    input: { files: { path: string; size: number }[]; limits: ArchiveLimits };
    part: { document: ReadDocument } | { image: ReadImage };
    result: { accepted: true; skipped: ReadFiles['skipped'][number][] } | { accepted: false; reason: string };
  };
  drawDiagram: {
    /** The source of the diagram is the body. */
    input: { kind: DiagramKind };
    part: never;
    result: DrawnDiagram;
  };
  documentSections: {
    /** The Markdown itself is the body; its sections come as JSON. */
    input: Record<string, never>;
    part: { bytes: Uint8Array };
    result: null;
  };
  describeSchemas: {
    /** The specification itself is the body. */
    input: { name: string; limits: IngestLimits };
    part: { schemas: SchemaSummary[] };
    result: null;
  };
  describeOperation: {
    /** The document itself is the body. */
    input: { format: SpecFormat; operation: KeptOperation };
    part: never;
    result: ConsoleOperation | null;
  };
  excerptSpecification: {
    /** The document itself is the body. */
    input: { format: SpecFormat; kept: readonly KeptOperation[] | undefined };
    part: { bytes: Uint8Array };
    result: null;
  };
  compareSpecifications: {
    /** The body is the document before, which takes this many bytes, and the document after, each gzipped. */
    input: { before: SpecFormat; after: SpecFormat; bytesBefore: number };
    part: { bytes: Uint8Array };
    result: null;
  };
  convertSpecification: {
    /** The document itself is the body. */
    input: { from: SpecFormat; to: SpecFormat };
    part: { bytes: Uint8Array };
    result: null;
  };
}

export type TaskName = keyof TaskTypes;

/**
 * A task gets its input and the body sent with it. What `emit` is given travels at once, so that neither side holds or decodes a large
 * result in one piece; it resolves when the part has left the process.
 */
export type Task<Name extends TaskName> = (
  input: TaskTypes[Name]['input'],
  body: Uint8Array,
  emit: (part: TaskTypes[Name]['part']) => Promise<void>,
) => Promise<TaskTypes[Name]['result']>;
