import type { Response } from 'express';
import type { SpecificationEdition } from '../../../domain/products/index.ts';
import { jsonString, sendJsonPieces } from '../../../http/long-json.ts';

/** A document that a specification was or is, without its text. */
export const presentEdition = (edition: SpecificationEdition) => ({
  number: edition.number,
  name: edition.name,
  title: edition.title,
  api_version: edition.apiVersion,
  created_at: edition.createdAt,
  replaced_at: edition.replacedAt,
});

/** Answers the same with its text. */
export const sendEdition = (res: Response, edition: SpecificationEdition, bytes: Buffer): Promise<void> =>
  sendJsonPieces(res, editionJson(edition, bytes));

const editionJson = function* (edition: SpecificationEdition, bytes: Buffer): Generator<string> {
  yield `${JSON.stringify(presentEdition(edition)).slice(0, -1)},"content":`;
  yield* jsonString(bytes);
  yield '}';
};
