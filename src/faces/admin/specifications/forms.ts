import { z } from 'zod';
import { invalid } from '../../../domain/errors.ts';
import type { NewSpecification } from '../../../domain/products/index.ts';
import type { UploadedFile } from '../../../http/uploads.ts';

/** A file that is uploaded, or a text that is pasted, or comes back from its preview with the name that it had. */
export const uploadForm = z.object({ text: z.string().default(''), name: z.string().default('') });

export const nameForm = z.object({
  name: z
    .string()
    .trim()
    .max(255, 'A file name has at most 255 characters')
    .regex(/^.+\.(yaml|yml|json)$/, 'A file name ends with .yaml, .yml or .json'),
});

const NAMED = /^.+\.(yaml|yml|json)$/;

const extensionOf = (bytes: Buffer): string => (/^\s*\{/.test(bytes.subarray(0, 1000).toString('utf8')) ? 'json' : 'yaml');

/**
 * What was sent: the file, or else the text.
 * @throws invalid when it is neither
 */
export const sentSpecification = (
  file: UploadedFile | undefined,
  { text, name }: z.output<typeof uploadForm>,
): NewSpecification => {
  if (file) {
    const named = NAMED.test(file.name) ? file.name : `${file.name.replace(/\.\w*$/, '')}.${extensionOf(file.bytes)}`;
    return { name: named, bytes: file.bytes };
  }
  if (text.trim() === '') throw invalid({ field: 'file', rule: 'required', reason: 'choose a file, or paste the document' });
  const bytes = Buffer.from(text, 'utf8');
  return { name: NAMED.test(name) ? name : `openapi.${extensionOf(bytes)}`, bytes };
};
