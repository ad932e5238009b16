import { z } from 'zod';
import { DOCUMENT_STATUSES } from '../../../domain/products/index.ts';
import { text, uuid } from '../../../http/schemas.ts';
import { decodeContent } from '../../../rendering/markdown/content.ts';

const fields = {
  parent_document_id: uuid().nullable().optional(),
  slug: text({ max: 80 }).regex(/^[\w-]+$/),
  status: z.enum(DOCUMENT_STATUSES),
  title: text({ min: 1, max: 1_000 }),
  /** Markdown, or base64 of it. */
  content: text().transform(decodeContent).optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
};

export const createDocumentSchema = z.strictObject(fields);

export const updateDocumentSchema = createDocumentSchema.partial();
