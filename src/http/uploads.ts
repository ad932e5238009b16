import type { Request, RequestHandler } from 'express';
import multer, { MulterError, type StorageEngine } from 'multer';
import { DomainError, invalid } from '../domain/errors.ts';
import { inBytes } from '../lib/text.ts';

/** A file that was sent with a form. */
export interface UploadedFile {
  /** as the browser names it, without its folder */
  readonly name: string;
  readonly bytes: Buffer;
}

const MAX_FIELDS = 100;

<<<<<<< HEAD
/** What is wrong with forms that could be read all the same: their pages say so beside the field. */
const refusals = new WeakMap<Request, DomainError>();

const tooLarge = (field: string, reason: string): DomainError =>
  new DomainError('too-large', 'Payload Too Large', [{ field, rule: 'invalid', reason, source: 'body' }]);

/** Keeps a file in memory up to a limit. What is more is read and dropped: so that the rest of the form is known, and the file's size. */
const memoryUpTo = (limit: number): StorageEngine => ({
  _handleFile: (req, { fieldname, stream }, done) => {
    const chunks: Buffer[] = [];
    let size = 0;
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
    });
    stream.once('error', (error) => done(error));
    stream.once('end', () => {
      if (size > limit)
        refusals.set(
          req,
          tooLarge(fieldname, `the file has ${inBytes(size, 'up')}: it may have ${inBytes(limit, 'down')} at most`),
        );
      done(null, { buffer: Buffer.concat(chunks), size });
    });
  },
  _removeFile: (_req, _file, done) => done(null),
});

/**
 * Reads the body of a form with one file (`multipart/form-data`), into memory; neither the file nor a field takes more than `limit` bytes:
 * of what is larger {@link uploadedFile} tells, so that the form can be shown again.
 * @throws unsupported-media-type for any other body; invalid for a form that is cut off, or holds other files
=======
/** What stands in a form beside its files: boundaries, names, its token. */
const FORM_BYTES = 1_000_000;

/**
 * Reads the body of a form with files in one field (`multipart/form-data`), into memory; neither a file nor a field takes more than `limit`
 * bytes, nor do all files together.
 * @throws unsupported-media-type for any other body; too-large; invalid for a form that is cut off, or holds other files
>>>>>>> 3672814 (feat(products): editions, drafts and images of documents; uploads of many at once)
 */
export const uploadBody = (limit: number, field: string, files = 1): RequestHandler[] => {
  const read = multer({
<<<<<<< HEAD
    storage: memoryUpTo(limit),
    limits: { fieldSize: limit, files: 1, fields: MAX_FIELDS, fieldNameSize: 100 },
=======
    storage: multer.memoryStorage(),
    limits: { fileSize: limit, fieldSize: limit, files, fields: MAX_FIELDS, fieldNameSize: 100 },
>>>>>>> 3672814 (feat(products): editions, drafts and images of documents; uploads of many at once)
    defParamCharset: 'utf8',
    preservePath: files > 1,
  }).array(field, files);
  return [
    (req, _res, next) => {
      if (/^multipart\/form-data\s*;/i.test(req.headers['content-type'] ?? '')) return next();
      throw new DomainError('unsupported-media-type', 'This address takes forms with a file only');
    },
    (req, _res, next) => {
      // Many files are bounded by what is announced: each of them may be as large as all together.
      const length = req.headers['content-length'];
      if (files > 1 && (length === undefined || Number(length) > limit + FORM_BYTES))
        throw new DomainError('too-large', `This is larger than the limit of ${limit} bytes`);
      next();
    },
    (req, res, next) => {
      read(req, res, (error: unknown) => {
        if (error instanceof MulterError && error.code === 'LIMIT_FIELD_VALUE')
          refusals.set(req, tooLarge(error.field ?? field, `this is too long: it may have ${inBytes(limit, 'down')} at most`));
        else if (error !== undefined && error !== null) return next(unreadable);
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

const unreadable = invalid({
  ...{ field: 'form', rule: 'invalid', source: 'body' },
  reason: 'the form could not be read: please send it again',
});

<<<<<<< HEAD
/** The file of a form; undefined when none was chosen. @throws too-large for a form of which the file, or a field, is too large */
export const uploadedFile = (req: Request): UploadedFile | undefined => {
  const refusal = refusals.get(req);
  if (refusal) throw refusal;
  const { file } = req;
  return file === undefined || (file.size === 0 && file.originalname === '')
    ? undefined
    : { name: file.originalname.split(/[\\/]/).at(-1) ?? '', bytes: file.buffer };
=======
/** The files of a form, with the folders that they were in. */
export const uploadedFiles = ({ files }: Request): { readonly path: string; readonly bytes: Buffer }[] =>
  (Array.isArray(files) ? files : [])
    .filter(({ size, originalname }) => size > 0 || originalname !== '')
    .map(({ originalname, buffer }) => ({ path: originalname, bytes: buffer }));

/** The file of a form; undefined when none was chosen. */
export const uploadedFile = (req: Request): UploadedFile | undefined => {
  const [file] = uploadedFiles(req);
  return file && { name: file.path.split(/[\\/]/).at(-1) ?? '', bytes: file.bytes };
>>>>>>> 3672814 (feat(products): editions, drafts and images of documents; uploads of many at once)
};
