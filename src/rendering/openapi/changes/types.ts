/**
 * What differs between two specifications. Everything is told from the side of those who call the API: what they send may be refused, what
 * they read may surprise them.
 */

/** Bumped with every change of what is found or how it is told: comparisons that are kept are made anew. */
export const COMPARER_VERSION = 3;

/**
 * What a difference does to programs that work: `breaking` ends some of them, `risky` may end some, `safe` ends none, `wording` is about
 * texts alone.
 */
export type Effect = 'breaking' | 'risky' | 'safe' | 'wording';

/** From the worst on. */
export const EFFECTS = ['breaking', 'risky', 'safe', 'wording'] as const satisfies readonly Effect[];

/** Words of ours, and between them what the documents say. */
export type Words = readonly (string | { readonly code: string })[];

export interface Difference {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly effect: Effect;
  /** Where in its operation or schema; empty for what is said of all of it. */
  readonly place: Words;
  /** What is different there: the rest of a sentence. */
  readonly text: Words;
}

/** An operation that exists in the later document, or, where it is removed, in the earlier one. */
export interface ComparedOperation {
  readonly kind: 'operation' | 'webhook';
  readonly method: string;
  readonly path: string;
  readonly summary: string | undefined;
  /** As in the index of its document. */
  readonly address: string;
}

export interface OperationChange extends ComparedOperation {
  readonly change: Difference['kind'];
  readonly differences: readonly Difference[];
}

/** Where a schema stands: in what callers send, in what they read, or in both. */
export type Side = 'sent' | 'read';

export interface SchemaDifference extends Difference {
  readonly sides: readonly Side[];
}

/** A named schema that differs. Told once, however many operations use it. */
export interface SchemaChange {
  readonly name: string;
  /** The schema that stood in its place; undefined where it is the same one. */
  readonly inPlaceOf: string | undefined;
  readonly differences: readonly SchemaDifference[];
  /** The first of those that use it, directly or by way of others. */
  readonly operations: readonly ComparedOperation[];
  readonly operationCount: number;
}

export interface Comparison {
  /** What is said of the API as a whole. */
  readonly document: readonly Difference[];
  readonly operations: readonly OperationChange[];
  readonly schemas: readonly SchemaChange[];
  /** How many differences there are of each effect, those included that are not listed. */
  readonly counts: Readonly<Record<Effect, number>>;
  /** Whether there are more than are listed. */
  readonly isCut: boolean;
}
