import type { AdministratorId, DocumentId } from '../../ids.ts';
import type { EditionAuthor } from '../scope/index.ts';
import type { Document, DocumentStatus } from './document.ts';

/** What a document was after a change of it, without its text. */
export interface EditionSummary {
  /** counts from 1 in each document */
  readonly number: number;
  readonly title: string;
  readonly slug: string;
  readonly status: DocumentStatus;
  readonly contentHash: string;
  readonly author: EditionAuthor;
  readonly createdAt: string;
}

/** What a document was after a change of it. */
export interface Edition extends EditionSummary {
  readonly parentId: DocumentId | null;
  readonly metadata: Document['metadata'];
  /** Markdown. */
  readonly content: string;
}

/** How many editions of a document are kept. */
export const KEPT_EDITIONS = 100;

/** What two who change a document at a time may disagree about; its place in the tree is the last one's. */
export const EDITION_FIELDS = ['title', 'slug', 'status', 'metadata', 'content'] as const;
export type EditionField = (typeof EDITION_FIELDS)[number];

/** Somebody who is writing at a document. */
export interface OtherEditor {
  readonly id: AdministratorId;
  readonly updatedAt: string;
}
