import type { Response } from 'express';
import { notFound } from '../../../domain/errors.ts';

/** Answers with a document as it was uploaded, to be saved. @throws not-found when it is not stored any more */
export const sendFile = (res: Response, name: string, bytes: Buffer | undefined): void => {
  if (!bytes) throw notFound('Specification');
  res
    .attachment(name)
    .type(name.endsWith('.json') ? 'application/json' : 'application/yaml')
    .send(bytes);
};
