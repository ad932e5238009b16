import type { Request, RequestHandler } from 'express';
import multer, { MulterError } from 'multer';
import { DomainError, invalid } from '../domain/errors.ts';

/** A file that was sent with a form. */
export interface UploadedFile {
  /** as the browser names it, without its folder */
  readonly name: string;
  readonly bytes: Buffer;
}

const MAX_FIELDS = 100;

/**
 * Reads the body of a form with one file (`multipart/form-data`), into memory; neither the file nor a field takes more than `limit` bytes.
 * @throws unsupported-media-type for any other body; too-large; invalid for a form that is cut off, or holds other files
 */
export const uploadBody = (limit: number, field: string): RequestHandler[] => {
  const read = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize: limit, fieldSize: limit, files: 1, fields: MAX_FIELDS, fieldNameSize: 100 },
    defParamCharset: 'utf8',
  }).single(field);
  return [
    (req, _res, next) => {
      if (/^multipart\/form-data\s*;/i.test(req.headers['content-type'] ?? '')) return next();
      throw new DomainError('unsupported-media-type', 'This address takes forms with a file only');
    },
    (req, res, next) => {
      read(req, res, (error: unknown) => {
        if (error !== undefined && error !== null) return next(refusalOf(error, limit));
        req.body = flat((req.body ?? {}) as Readonly<Record<string, unknown>>);
        next();
      });
    },
  ];
};

/** Names in brackets make objects, which no form of ours has. */
const flat = (body: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(body).filter(([, value]) =>
      Array.isArray(value) ? value.every((item) => typeof item === 'string') : typeof value === 'string',
    ),
  );

const refusalOf = (error: unknown, limit: number): DomainError => {
  if (error instanceof MulterError && (error.code === 'LIMIT_FILE_SIZE' || error.code === 'LIMIT_FIELD_VALUE'))
    return new DomainError('too-large', `This is larger than the limit of ${limit} bytes`);
  return invalid({ field: 'form', rule: 'invalid', reason: 'the form could not be read: please send it again', source: 'body' });
};

/** The file of a form; undefined when none was chosen. */
export const uploadedFile = ({ file }: Request): UploadedFile | undefined =>
  file === undefined || (file.size === 0 && file.originalname === '')
    ? undefined
    : { name: file.originalname.split(/[\\/]/).at(-1) ?? '', bytes: file.buffer };
