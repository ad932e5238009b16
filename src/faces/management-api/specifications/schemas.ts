import { z } from 'zod';
import { text } from '../../../http/schemas.ts';
import { decodeBase64 } from './base64.ts';

const name = () => text({ min: 1, max: 255 }).regex(/^.+(?:\.yaml|\.yml|\.json)$/);

const content = () =>
  text({ min: 1 }).transform((encoded, context): Buffer => {
    const bytes = decodeBase64(encoded);
    if (bytes !== undefined) return bytes;
    context.addIssue({ code: 'custom', params: { issue: { rule: 'is_base64', reason: 'content must be base64' } } });
    return z.NEVER;
  });

export const createSpecificationSchema = z.strictObject({ name: name(), content: content() });

export const updateSpecificationSchema = createSpecificationSchema.partial();
