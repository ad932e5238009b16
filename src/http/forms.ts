import express, { type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import { DomainError, type Issue } from '../domain/errors.ts';
import { CSRF_FIELD } from './csrf.ts';
import { lostFiles } from './uploads.ts';

/** What a form shows when it is shown (again): what was typed, and what is wrong with it. */
export interface FormState {
  readonly values: Readonly<Record<string, unknown>>;
  /** by field; `form` for what is about none */
  readonly errors: Readonly<Record<string, string>>;
  /** for the component `error-summary`; empty when nothing is wrong */
  readonly summary: readonly { readonly text: string; readonly href?: string }[];
  /** by field, where files were sent: that they have to be chosen again */
  readonly lost?: Readonly<Record<string, string>>;
}

/** A form as it is shown first. */
export const emptyForm = (values: Readonly<Record<string, unknown>> = {}): FormState => ({ values, errors: {}, summary: [] });

/** The id of a field in the page, to which the error summary leads. */
export const fieldId = (name: string): string => `field-${name.replaceAll('.', '-')}`;

/** Reads the body of a form (`application/x-www-form-urlencoded`) of at most `limit` bytes. @throws unsupported-media-type for any other */
export const formBody = (limit: number): RequestHandler[] => [
  (req, _res, next) => {
    if (/^application\/x-www-form-urlencoded\s*(;|$)/i.test(req.headers['content-type'] ?? '')) return next();
    throw new DomainError('unsupported-media-type', 'This address takes forms only');
  },
  express.urlencoded({ extended: false, limit, parameterLimit: 5000 }),
];

const UNSAFE = /\0|\p{Surrogate}/u;

/** The fields of a form as sent, without its token; line ends as they are everywhere else. */
const fieldsOf = (req: Request): Record<string, string | string[]> => {
  const { [CSRF_FIELD]: _token, ...fields } = (req.body ?? {}) as Record<string, string | string[]>;
  const clean = (text: string): string => text.replace(/\r\n?/g, '\n');
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? clean(value) : value.map(clean)]),
  );
};

const stateOf = (
  values: Readonly<Record<string, unknown>>,
  found: readonly { field: string; text: string }[],
  lost: Readonly<Record<string, string>>,
): FormState => {
  const errors: Record<string, string> = {};
  for (const { field, text } of found) errors[field] ??= text;
  return {
    ...{ values, errors, lost },
    summary: Object.entries(errors).map(([field, text]) =>
      field in values || field !== 'form' ? { text, href: `#${fieldId(field)}` } : { text },
    ),
  };
};

/** Refusals of a use case that a form shows beside its fields; all others are pages of their own. */
const SHOWN: Partial<Record<DomainError['kind'], number>> = {
  invalid: 422,
  conflict: 409,
  'too-large': 413,
  'rate-limited': 429,
  unauthenticated: 401,
};

const issueText = ({ field, reason }: Issue): { field: string; text: string } => ({
  field,
  text: reason.charAt(0).toUpperCase() + reason.slice(1),
});

export interface FormHandling<T> {
  /** Uses what was sent and answers, usually by leading on to a page (303). */
  readonly act: (value: T) => Promise<void> | void;
  /** Shows the form again; the status is set already. */
  readonly again: (state: FormState) => Promise<void> | void;
  /** Names of the form's fields for fields of the use case that are called otherwise there. */
  readonly names?: Readonly<Record<string, string>>;
}

/**
 * Handles a form that was sent: what does not fit the schema, and what the use case refuses, shows the form again with what was typed
 * (but secrets) and what is wrong; messages of the schema are shown as they are.
 */
export const handleForm = async <S extends z.ZodType>(
  req: Request,
  res: Response,
  schema: S,
  { act, again, names = {} }: FormHandling<z.output<S>>,
): Promise<void> => {
  const fields = fieldsOf(req);
  const unsafe = Object.entries(fields).find(([, value]) => UNSAFE.test(String(value)));
  const parsed = unsafe ? undefined : schema.safeParse(fields);
  const show = async (status: number, found: { field: string; text: string }[]): Promise<void> => {
    res.status(status).set('Cache-Control', 'no-store');
    await again(stateOf(fields, found, lostFiles(req)));
  };
  if (unsafe) return show(422, [{ field: unsafe[0], text: 'This text holds characters that cannot be kept' }]);
  if (!parsed?.success)
    return show(
      422,
      (parsed?.error.issues ?? []).map(({ path, message }) => ({ field: path.join('.') || 'form', text: message })),
    );
  try {
    await act(parsed.data);
  } catch (error) {
    const status = error instanceof DomainError ? SHOWN[error.kind] : undefined;
    if (status === undefined || !(error instanceof DomainError)) throw error;
    if (error.retryAfterSeconds !== undefined) res.set('Retry-After', String(error.retryAfterSeconds));
    const found = error.issues.length > 0 ? error.issues.map(issueText) : [{ field: 'form', text: error.message }];
    await show(
      status,
      found.map(({ field, text }) => ({ field: names[field] ?? field, text })),
    );
  }
};
