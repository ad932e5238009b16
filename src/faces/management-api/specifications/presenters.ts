import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { Specification } from '../../../domain/products/index.ts';

/** How many bytes of a document become text, and JSON, at a time. */
const PIECE_BYTES = 64 * 1024;

/**
 * Answers a specification with its document as text. A document may have megabytes: it is written piece by piece, so that other requests
 * are served in between.
 */
export const sendSpecification = (res: Response, specification: Specification, bytes: Buffer): Promise<void> =>
  send(res, specificationJson(specification, bytes));

/** Answers the specifications of a version: one or none. */
export const sendSpecifications = (
  res: Response,
  specifications: readonly { specification: Specification; bytes: Buffer }[],
): Promise<void> => send(res, listJson(specifications));

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
  yield `{"id":${JSON.stringify(id)},"name":${JSON.stringify(name)},"content":"`;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true }); // "ignore" means: leave the mark in the text
  for (let start = 0; start < bytes.length; start += PIECE_BYTES)
    yield escaped(decoder.decode(bytes.subarray(start, start + PIECE_BYTES), { stream: true }));
  yield escaped(decoder.decode());
  yield `","created_at":${JSON.stringify(createdAt)},"updated_at":${JSON.stringify(updatedAt)}}`;
};

/** Text as it stands between the quotes of a JSON string. */
const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);

const send = async (res: Response, pieces: Iterable<string>): Promise<void> => {
  res.type('application/json');
  try {
    await pipeline(Readable.from(pieces), res);
  } catch (error) {
    if (!res.destroyed) throw error; // whoever asked has gone: nobody is left to answer
  }
};
