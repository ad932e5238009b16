import type { Fixed } from '../schema-values.ts';

/** owner: products/diagrams; shared by all documents that hold the same diagram */
export interface DiagramsTable {
  /** of kind and source */
  hash: Fixed<string>;
  kind: Fixed<'mermaid' | 'plantuml'>;
  source: Fixed<string>;
  /** of the program that drew it, or could not; 0 until then */
  renderer_version: number;
  /** how often drawing was begun since it last ended one way or the other */
  attempts: number;
  /** until then it is in some process's hands */
  not_before: string;
  /** SVG for light pages, gzipped */
  light: Buffer | null;
  dark: Buffer | null;
  width: number | null;
  height: number | null;
  /** why it cannot be drawn */
  message: string | null;
}

/** owner: products/diagrams */
export interface DocumentDiagramsTable {
  document_id: Fixed<string>;
  hash: Fixed<string>;
}
