import type { Request, Response } from 'express';
import type { IndexedOperation } from '../../../domain/products/index.ts';
import { jsonString, sendJsonPieces } from '../../../http/long-json.ts';

const documentJson = function* (bytes: Buffer): Generator<string> {
  yield '{"api_type":"openapi","content":';
  yield* jsonString(bytes);
  yield '}';
};

/**
 * Answers a specification's document as text, if the client has no copy of it already: `contentHash` names it. `read` gives its bytes
 * when they are needed.
 */
export const sendDocument = async (
  req: Request,
  res: Response,
  contentHash: string,
  read: () => Promise<Buffer>,
): Promise<void> => {
  const encoding = req.acceptsEncodings('gzip') === 'gzip' ? 'gzip' : undefined;
  res.set('ETag', `"${contentHash}${encoding === undefined ? '' : `-${encoding}`}"`).vary('Accept-Encoding');
  if (req.fresh) res.status(304).end();
  else await sendJsonPieces(res, documentJson(await read()), encoding);
};

/** The operations of a specification as portal clients see them. */
export const presentOperations = (operations: readonly IndexedOperation[]) => ({
  api_type: 'openapi',
  operations: operations.map(({ path, method, operationId, tags, summary, deprecated }) => ({
    path,
    method,
    operation_id: operationId ?? null,
    tags,
    summary: summary ?? null,
    deprecated,
  })),
});
