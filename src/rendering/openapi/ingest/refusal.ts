import type { Finding, IngestLimits } from '../types.ts';

/** Where in the source something is; both 1-based, columns in UTF-16 code units. */
export interface Position {
  line: number;
  column: number;
}

/** Thrown by the steps of ingestion when a document cannot be accepted; carries the finding that says why. */
export class Refusal extends Error {
  readonly finding: Finding;

  constructor(rule: string, message: string, at: { path?: string } & Partial<Position> = {}) {
    super(message);
    this.name = 'Refusal';
    this.finding = { severity: 'error', rule, message, ...at };
  }
}

/** A whole number with separators of thousands, for messages. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** Shortens text that comes from a document for use in a message. */
export const excerpt = (text: string, length = 120): string => (text.length <= length ? text : `${text.slice(0, length)}…`);

/** The refusal of a document of too many bytes. */
export const tooLarge = (bytes: number, limits: Readonly<IngestLimits>): Refusal =>
  new Refusal('size', `The document has ${formatCount(bytes)} bytes; at most ${formatCount(limits.maxBytes)} are accepted.`);
