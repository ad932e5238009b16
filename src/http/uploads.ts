import type { Request, RequestHandler } from 'express';
import multer, { MulterError, type StorageEngine } from 'multer';
import { DomainError, invalid } from '../domain/errors.ts';
import { inBytes, storable } from '../lib/text.ts';

/** A file that was sent with a form. */
export interface UploadedFile {
  /** as the browser names it, without its folder */
  readonly name: string;
  readonly bytes: Buffer;
}

const MAX_FIELDS = 100;
/** How many times as long as it may be a text is read, so that its page can show it again. */
const READ = 3;

/** Fields, and files, of forms that are made from what somebody else describes. */
const MAX_DESCRIBED_FIELDS = 1000;
const MAX_DESCRIBED_FILES = 50;
/** What such a form may take beside its files and texts. */
const FRAMING = 200_000;
/** A text that is kept of any form, in bytes. */
const SHORT = 1000;

/** What is wrong with forms that could be read all the same: their pages say so beside the field. */
const refusals = new WeakMap<Request, DomainError>();

const tooLarge = (field: string, reason: string): DomainError =>
  new DomainError('too-large', 'Payload Too Large', [{ field, rule: 'invalid', reason, source: 'body' }]);

/** How many bytes of files each request has sent so far. */
const received = new WeakMap<Request, number>();

/** Keeps files in memory up to a limit. What is more is read and dropped: so that the rest of the form is known, and how much was sent. */
const memoryUpTo = (limit: number, files: number): StorageEngine => ({
  _handleFile: (req, { fieldname, stream }, done) => {
    const chunks: Buffer[] = [];
    let size = 0;
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      const total = (received.get(req) ?? 0) + chunk.length;
      received.set(req, total);
      if (total <= limit) chunks.push(chunk);
      else chunks.length = 0;
    });
    stream.once('error', (error) => done(error));
    stream.once('end', () => {
      const total = received.get(req) ?? 0;
      const what = files === 1 ? 'the file has' : 'the files have';
      if (total > limit)
        refusals.set(
          req,
          tooLarge(
            fieldname,
            `${what} ${inBytes(total, 'up')}: ${files === 1 ? 'it may have' : 'all of them may have'} ${inBytes(limit, 'down')} at most`,
          ),
        );
      done(null, { buffer: Buffer.concat(chunks), size });
    });
  },
  _removeFile: (_req, _file, done) => done(null),
});

/**
 * Reads the body of a form with files in one field (`multipart/form-data`), into memory; neither all files together nor a field take more
 * than `limit` bytes: of what is larger {@link uploadedFiles} tells, so that the form can be shown again.
 * @throws unsupported-media-type for any other body; invalid for a form that is cut off, or holds other files; too-large for one of which a
 *   text is so long that it is not even read
 */
export const uploadBody = (limit: number, field: string, files = 1): RequestHandler[] => {
  const read = multer({
    storage: memoryUpTo(limit, files),
    limits: { fieldSize: READ * limit, files, fields: MAX_FIELDS, fieldNameSize: 100 },
    defParamCharset: 'utf8',
    preservePath: files > 1,
  }).array(field, files);
  return [
    multipartOnly,
    (req, res, next) => {
      read(req, res, (error: unknown) => {
        const code = error instanceof MulterError ? error.code : undefined;
        if (code === 'LIMIT_FIELD_VALUE') return next(unread(limit));
        if (code === 'LIMIT_FILE_COUNT' && files > 1)
          refusals.set(req, tooLarge(field, `these are more than ${files} files: send them in parts`));
        else if (error !== undefined && error !== null) return next(unreadable);
        req.body = flat((req.body ?? {}) as Readonly<Record<string, unknown>>);
        const long = Object.entries(req.body).find(([, text]) => Buffer.byteLength(String(text)) > limit)?.[0];
        if (long !== undefined)
          refusals.set(req, tooLarge(long, `this is too long: it may have ${inBytes(limit, 'down')} at most`));
        next();
      });
    },
  ];
};

/** Of a text that is longer than anything that is read, nothing is known but that. The browser still has it. */
const unread = (limit: number): DomainError =>
  new DomainError(
    'too-large',
    `A text of this form is too long: it may have ${inBytes(limit, 'down')} at most. Nothing is saved. Go back in your browser: what you typed is still there`,
  );

/**
 * Reads the body of a form with files in any of its fields, into memory: all of it together takes no more than `limit` bytes, and a little
 * for its framing. Of a form that is larger only short texts are kept: {@link formRefusal} tells of it, so that it can be shown again.
 * @throws unsupported-media-type for any other body; invalid for a form that is cut off
 */
export const describedFormBody = (limit: number): RequestHandler[] => {
  const tooMuch = new DomainError('too-large', `What this form holds may have ${inBytes(limit, 'down')} at most`);
  const reading = (fieldSize: number): RequestHandler =>
    multer({
      storage: memoryUpTo(limit, MAX_DESCRIBED_FILES),
      limits: { fieldSize, files: MAX_DESCRIBED_FILES, fields: MAX_DESCRIBED_FIELDS, fieldNameSize: 100 },
      defParamCharset: 'utf8',
    }).any();
  const readAll = reading(limit + FRAMING);
  const readShort = reading(Math.max(SHORT, Math.floor(limit / MAX_DESCRIBED_FIELDS)));
  return [
    multipartOnly,
    (req, res, next) => {
      // Who does not say how much it is, is no browser.
      const isTooMuch = Number(req.headers['content-length'] ?? Number.POSITIVE_INFINITY) > limit + FRAMING;
      const read = isTooMuch ? readShort : readAll;
      read(req, res, (error: unknown) => {
        const isTooLong = error instanceof MulterError && error.code === 'LIMIT_FIELD_VALUE';
        if (!isTooLong && error !== undefined && error !== null) return next(unreadable);
        if (isTooMuch || isTooLong) refusals.set(req, tooMuch);
        req.body = flat((req.body ?? {}) as Readonly<Record<string, unknown>>);
        next();
      });
    },
  ];
};

/** A file, and the field that it was chosen in. */
export interface FieldFile extends UploadedFile {
  readonly field: string;
  /** the media type that the browser gives it */
  readonly type: string;
}

/** What is wrong with a form that was read all the same. */
export const formRefusal = (req: Request): DomainError | undefined => refusals.get(req);

/** The files of a form that was read, by their fields. */
export const filesByField = (req: Request): FieldFile[] =>
  (Array.isArray(req.files) ? req.files : [])
    .filter(({ size, originalname }) => size > 0 || originalname !== '')
    .map(({ fieldname, originalname, mimetype, buffer }) => ({
      ...{ field: fieldname, name: originalname, type: mimetype, bytes: buffer },
    }));

const LONGEST_NAME = 80;

/** Of files that were sent in a field: that a page which shows the form again has them no more. */
export const chooseAgain = (names: readonly string[]): string => {
  const [name = ''] = names;
  const what =
    names.length === 1
      ? `“${storable(name.split(/[\\/]/).at(-1) ?? '').slice(-LONGEST_NAME)}” has`
      : `The ${names.length} files have`;
  return `${what} to be chosen again: browsers keep no file of a form that was sent.`;
};

/** {@link chooseAgain} for each field that files were sent in; what was too large has to be another one. */
export const lostFiles = (req: Request): Record<string, string> => {
  const tooLargeIn = formRefusal(req)?.issues[0]?.field;
  const names = new Map<string, string[]>();
  for (const { field, name } of filesByField(req))
    if (field !== tooLargeIn) names.set(field, [...(names.get(field) ?? []), name]);
  return Object.fromEntries([...names].map(([field, each]) => [field, chooseAgain(each)]));
};

const multipartOnly: RequestHandler = (req, _res, next) => {
  if (/^multipart\/form-data\s*;/i.test(req.headers['content-type'] ?? '')) return next();
  throw new DomainError('unsupported-media-type', 'This address takes forms with a file only');
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

/** The files of a form, with the folders that they were in. @throws too-large for a form of which they, or a field, are too large */
export const uploadedFiles = (req: Request): { readonly path: string; readonly bytes: Buffer }[] => {
  const refusal = refusals.get(req);
  if (refusal) throw refusal;
  return (Array.isArray(req.files) ? req.files : [])
    .filter(({ size, originalname }) => size > 0 || originalname !== '')
    .map(({ originalname, buffer }) => ({ path: originalname, bytes: buffer }));
};

/** The file of a form; undefined when none was chosen. @throws too-large for a form of which the file, or a field, is too large */
export const uploadedFile = (req: Request): UploadedFile | undefined => {
  const [file] = uploadedFiles(req);
  return file && { name: storable(file.path.split(/[\\/]/).at(-1) ?? ''), bytes: file.bytes };
};
