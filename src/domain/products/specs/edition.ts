import type { VersionId } from '../../ids.ts';
import type { EditionAuthor } from '../scope/index.ts';

/** A document that the specification of a version was, or is. */
export interface SpecificationEdition {
  readonly versionId: VersionId;
  /** Counts from 1 in each version, however often its specification is deleted and created anew. */
  readonly number: number;
  /** What its file was called. */
  readonly name: string;
  readonly contentHash: string;
  /** What the document calls its API, and the version that it gives it. */
  readonly title: string;
  readonly apiVersion: string;
  readonly author: EditionAuthor;
  /** When it became the specification. */
  readonly createdAt: string;
  /** When another one came in its place, or none; null while it is the specification. */
  readonly replacedAt: string | null;
}

/** How many editions of a version's specification are kept. */
export const KEPT_SPECIFICATION_EDITIONS = 20;
