import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import { DomainError, type ErrorKind, type Issue, notFound } from '../domain/errors.ts';

/** The one table from ways to refuse to HTTP. Titles are those of the reference API. */
const ANSWERS: Record<ErrorKind, { status: number; title: string }> = {
  invalid: { status: 400, title: 'Invalid Request' },
  unauthenticated: { status: 401, title: 'Unauthorized' },
  forbidden: { status: 403, title: 'Forbidden' },
  'not-found': { status: 404, title: 'Not Found' },
  conflict: { status: 409, title: 'Conflict' },
  gone: { status: 410, title: 'Gone' },
  'too-large': { status: 413, title: 'Payload Too Large' },
  'unsupported-media-type': { status: 415, title: 'Unsupported Media Type' },
  'rate-limited': { status: 429, title: 'Too Many Requests' },
  upstream: { status: 502, title: 'Bad Gateway' },
  unavailable: { status: 503, title: 'Service Unavailable' },
};

/** An error as HTTP shows it. Nothing of an unknown error gets out but that it happened, and its request's id. */
export interface Failure {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly issues: readonly Issue[];
  /** When trying again makes sense, in seconds; undefined where it makes none. */
  readonly retryAfterSeconds: number | undefined;
  /** The error to be logged: only for failures that are ours. What is refused for a while without a cause is as it should be. */
  readonly cause: unknown;
}

const RETRY_SECONDS = 5;

/** Recognises errors of other layers (a database that is away) as a refusal. */
export type Classify = (error: unknown) => DomainError | undefined;

/** What an error means to whoever made the request. */
export const failureOf = (error: unknown, classify: Classify): Failure => {
  const known = error instanceof DomainError ? error : (translate(error) ?? classify(error));
  const refused = known ? undefined : refusedStatus(error);
  if (refused !== undefined) {
    const title = STATUS_CODES[refused] ?? 'Bad Request';
    return { status: refused, title, detail: title, issues: [], retryAfterSeconds: undefined, cause: undefined };
  }
  if (!known)
    return {
      status: 500,
      title: 'Internal Server Error',
      detail: 'Something went wrong on our side',
      issues: [],
      retryAfterSeconds: undefined,
      cause: error,
    };
  const { status, title } = ANSWERS[known.kind];
  return {
    status,
    title: known.title ?? title,
    detail: known.message,
    issues: known.issues,
    retryAfterSeconds: known.retryAfterSeconds ?? (status === 503 ? RETRY_SECONDS : undefined),
    cause: status >= 500 ? known.cause : undefined,
  };
};

/** Errors of Express and its body parser, told by their `type` or `status`. */
const translate = (error: unknown): DomainError | undefined => {
  if (!(error instanceof Error)) return undefined;
  const type = 'type' in error ? error.type : undefined;
  const body = (reason: string): DomainError =>
    new DomainError('invalid', 'Invalid Parameters', [{ field: 'body', rule: 'invalid', reason, source: 'body' }]);
  switch (type) {
    case 'entity.too.large': {
      const limit = 'limit' in error ? ` of ${Number(error.limit)} bytes` : '';
      return new DomainError('too-large', `The body is larger than the limit${limit}`);
    }
    case 'entity.parse.failed':
      return body(`the body is not valid JSON: ${error.message}`);
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new DomainError('unsupported-media-type', error.message);
    case 'request.aborted':
    case 'request.size.invalid':
      return body('the body was cut off');
    default:
  }
  if (error instanceof URIError) return notFound('Page'); // the path holds a broken percent escape: nothing can be there
  if ('status' in error && error.status === 400) return body('the request could not be read');
  return undefined;
};

/** The status with which Express refuses what only HTTP knows, such as a range that a file does not have (416). */
const refusedStatus = (error: unknown): number | undefined => {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 500 ? status : undefined;
};

/** The id under which a request is logged; also the `instance` of its problem. */
export const requestIdOf = (res: Response): string => {
  const id: unknown = res.locals['requestId'];
  if (typeof id === 'string') return id;
  const made = randomUUID().replaceAll('-', '').slice(0, 16); // Node keeps a store for these; asking the system each time shows
  res.locals['requestId'] = made;
  return made;
};

/** Writes a failure to the log, once, where it is ours. */
export const logFailure = (log: Logger, failure: Failure, req: Request, res: Response): void => {
  if (failure.cause === undefined) return;
  log.error({ err: failure.cause, request_id: requestIdOf(res), method: req.method, path: req.path }, 'request failed');
};

/** Answers errors as `application/problem+json` (RFC 9457) in the reference API's shape. */
export const problems =
  (log: Logger, classify: Classify): ErrorRequestHandler =>
  (error, req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const failure = failureOf(error, classify);
    logFailure(log, failure, req, res);
    if (failure.status === 401) res.set('WWW-Authenticate', 'Bearer');
    if (failure.retryAfterSeconds !== undefined) res.set('Retry-After', String(failure.retryAfterSeconds));
    res
      .status(failure.status)
      .set('Cache-Control', 'no-store')
      .type('application/problem+json')
      .send(
        JSON.stringify({
          status: failure.status,
          title: failure.title,
          instance: `portico:trace:${requestIdOf(res)}`,
          detail: failure.detail,
          ...(failure.status === 400 ? { invalid_parameters: parametersOf(failure) } : {}),
        }),
      );
  };

/** Every 400 names at least one parameter. */
const parametersOf = (failure: Failure): readonly Issue[] =>
  failure.issues.length > 0 ? failure.issues : [{ field: 'body', rule: 'invalid', reason: failure.detail }];
