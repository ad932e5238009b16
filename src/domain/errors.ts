/** Rules that a value can break, as the APIs name them. */
export type Rule =
  | 'required'
  | 'is_array'
  | 'is_base64'
  | 'is_boolean'
  | 'is_date_time'
  | 'is_integer'
  | 'is_null'
  | 'is_number'
  | 'is_object'
  | 'is_string'
  | 'is_uuid'
  | 'is_fqdn'
  | 'is_label'
  | 'unknown_property'
  | 'missing_reference'
  | 'matches_regex'
  | 'invalid';

/** One thing that is wrong with a request: which field, by which rule, why, in words for whoever has to mend it. */
export type Issue = { field: string; reason: string; source?: 'body' | 'query' | 'path' | 'header' } & (
  | { rule: Rule }
  | { rule: 'min_length' | 'min_items' | 'min'; minimum: number }
  | { rule: 'max_length' | 'max_items' | 'max'; maximum: number }
  | { rule: 'enum'; choices: readonly unknown[] }
  | { rule: 'dependent_fields'; dependents: readonly string[] }
);

/** The closed set of ways in which a use case can refuse; each face maps them to its own answers in one table. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'gone'
  | 'too-large'
  | 'unsupported-media-type'
  | 'rate-limited'
  | 'upstream'
  | 'unavailable';

/** A refusal. `message` is meant for whoever made the request. */
export class DomainError extends Error {
  readonly kind: ErrorKind;
  readonly issues: readonly Issue[];
  /** of `rate-limited`: when trying again makes sense */
  readonly retryAfterSeconds: number | undefined;
  /** how the APIs call it, where not as all of its kind */
  readonly title: string | undefined;
  constructor(kind: ErrorKind, message: string, issues: readonly Issue[] = [], options?: RefusalOptions) {
    super(message, options);
    this.name = 'DomainError';
    this.kind = kind;
    this.issues = issues;
    this.retryAfterSeconds = options?.retryAfterSeconds;
    this.title = options?.title;
  }
}

interface RefusalOptions extends ErrorOptions {
  readonly retryAfterSeconds?: number;
  readonly title?: string;
}

/** What was asked for does not exist, or not for this asker. */
export const notFound = (what: string): DomainError => new DomainError('not-found', `${what} not found`);

/** The request cannot be taken as it is; every issue names its field. */
export const invalid = (...issues: [Issue, ...Issue[]]): DomainError => new DomainError('invalid', 'Invalid Parameters', issues);

/** The request clashes with what is there already. */
export const conflict = (message: string): DomainError => new DomainError('conflict', message);

/** What was asked for was there once, and will not be again. */
export const gone = (message: string): DomainError => new DomainError('gone', message);

export const forbidden = (message = 'You do not have permission to perform this action'): DomainError =>
  new DomainError('forbidden', message);

export const unauthenticated = (message = 'Unauthorized', title?: string): DomainError =>
  new DomainError('unauthenticated', message, [], title === undefined ? undefined : { title });

/** What we need is not there at the moment; trying again later may help. */
export const unavailable = (message: string, cause?: unknown): DomainError =>
  new DomainError('unavailable', message, [], cause === undefined ? undefined : { cause });

/** Too many attempts; `seconds` until the next one may be made. */
export const rateLimited = (seconds: number): DomainError =>
  new DomainError('rate-limited', `Too many attempts: please try again in ${inWords(seconds)}`, [], {
    retryAfterSeconds: seconds,
  });

const inWords = (seconds: number): string => {
  if (seconds < 60) return seconds === 1 ? 'a second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
};
