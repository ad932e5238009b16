import { notFound } from '../../errors.ts';
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

/** Which two documents are to be compared, by number. */
export interface EditionChoice {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/**
 * The two of some editions, the newest first, that are to be compared: unless told otherwise the newest with the one before it. Undefined
 * where there is only one.
 * @throws not-found for a number that none of them has
 */
export const chooseEditions = <Edition extends { readonly number: number }>(
  editions: readonly Edition[],
  { from, to }: EditionChoice,
): { readonly before: Edition; readonly after: Edition } | undefined => {
  const indexOf = (number: number): number => {
    const index = editions.findIndex((edition) => edition.number === number);
    if (index === -1) throw notFound('Specification edition');
    return index;
  };
  const later = to === undefined ? 0 : indexOf(to);
  const earlier = from === undefined ? Math.min(later + 1, editions.length - 1) : indexOf(from);
  const [before, after] = [editions[earlier], editions[later]];
  return editions.length < 2 || !before || !after ? undefined : { before, after };
};

/** How many editions of a version's specification are kept. */
export const KEPT_SPECIFICATION_EDITIONS = 20;
