import type { Response } from 'express';
import type { Specification } from '../../../domain/products/index.ts';
import { jsonString, sendJsonPieces } from '../../../http/long-json.ts';

/** Answers a specification with its document as text. */
export const sendSpecification = (res: Response, specification: Specification, bytes: Buffer): Promise<void> =>
  sendJsonPieces(res, specificationJson(specification, bytes));

/** Answers the specifications of a version: one or none. */
export const sendSpecifications = (
  res: Response,
  specifications: readonly { specification: Specification; bytes: Buffer }[],
): Promise<void> => sendJsonPieces(res, listJson(specifications));

const listJson = function* (specifications: Parameters<typeof sendSpecifications>[1]): Generator<string> {
  const page = { number: 1, size: 1, total: specifications.length };
  yield `{"meta":${JSON.stringify({ page })},"data":[`;
  for (const [index, { specification, bytes }] of specifications.entries()) {
    if (index > 0) yield ',';
    yield* specificationJson(specification, bytes);
  }
  yield ']}';
};

const specificationJson = function* (specification: Specification, bytes: Buffer): Generator<string> {
  const { id, name, createdAt, updatedAt } = specification;
  yield `{"id":${JSON.stringify(id)},"name":${JSON.stringify(name)},"content":`;
  yield* jsonString(bytes);
  yield `,"created_at":${JSON.stringify(createdAt)},"updated_at":${JSON.stringify(updatedAt)}}`;
};
