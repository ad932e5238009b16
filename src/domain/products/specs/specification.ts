import type { Finding, GroupEntry, HtmlFragment, OperationEntry, SpecFormat } from '../../../rendering/openapi/types.ts';
import type { SpecificationId, VersionId } from '../../ids.ts';
import type { VersionAddress } from '../scope/index.ts';

/** The OpenAPI document of a version. Its bytes, and what was made of them, are kept once for all specifications that have them. */
export interface Specification {
  readonly id: SpecificationId;
  readonly versionId: VersionId;
  /** A file name that ends in .yaml, .yml or .json. */
  readonly name: string;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly contentHash: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface NewSpecification {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Absent leaves as it is. */
export interface SpecificationChanges {
  readonly name?: string | undefined;
  readonly bytes?: Buffer | undefined;
}

/** Where a specification is found: by its own id, in its version and product. */
export interface SpecificationAddress extends VersionAddress {
  readonly specificationId: SpecificationId;
}

/** What is known of a document without opening it. */
export interface SpecificationContent {
  readonly contentHash: string;
  readonly format: SpecFormat;
  readonly title: string;
  /** The version that the document gives its API. */
  readonly apiVersion: string;
  /** The version of OpenAPI. */
  readonly specVersion: string;
  readonly summary: string;
  readonly operationCount: number;
  readonly groups: readonly GroupEntry[];
  readonly findings: readonly Finding[];
  /** Whether there is HTML of it: `pending` while it is still to be made, `failed` when it could not be. */
  readonly rendering: 'ready' | 'pending' | 'failed';
}

/** An operation in the index, without the groups it shows under. */
export type IndexedOperation = Readonly<Omit<OperationEntry, 'groups'>>;

export type FragmentKind = HtmlFragment['kind'];

/** A ready piece of a reference. */
export interface Fragment {
  /** The address of the operation or the name of the schema; empty for the overview and the list of schemas. */
  readonly key: string;
  readonly html: string;
}
