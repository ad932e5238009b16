import { isUtf8 } from 'node:buffer';
import express, { type Request, type RequestHandler } from 'express';
import type { z } from 'zod';
import { DomainError, type Issue, invalid, notFound } from '../domain/errors.ts';
import { asId } from '../domain/ids.ts';
import { issuesOf } from './zod-issues.ts';

const MAX_DEPTH = 64;

/**
 * Reads a JSON body of at most `limit` bytes (after decompression).
 * @throws unsupported-media-type for another content type, too-large, or invalid for bytes that are no UTF-8 or no JSON
 */
export const jsonBody = (limit: number): RequestHandler[] => {
  const read = express.json({
    limit,
    type: (req) => isJson(req.headers['content-type']),
    verify: (_req, _res, bytes) => {
      if (bytes.length === 0)
        throw invalid({ field: 'body', rule: 'required', reason: 'a JSON body is required', source: 'body' });
      if (!isUtf8(bytes))
        throw invalid({ field: 'body', rule: 'invalid', reason: 'the body is not valid UTF-8', source: 'body' });
    },
  });
  return [
    (req, _res, next) => {
      const type = req.headers['content-type'];
      if (hasBody(req) && !isJson(type))
        throw new DomainError('unsupported-media-type', 'This API only supports requests with `Content-Type: application/json`');
      next();
    },
    read,
  ];
};

const isJson = (type: string | undefined): boolean => /^application\/json\s*(;|$)/i.test(type ?? '');

const hasBody = (req: { headers: Request['headers'] }): boolean =>
  req.headers['transfer-encoding'] !== undefined || (req.headers['content-length'] ?? '0') !== '0';

/**
 * The body as the schema's type.
 * @throws invalid with every issue, in the order of the fields
 */
export const parseBody = <S extends z.ZodType>(schema: S, req: Request): z.output<S> => {
  if (req.body === undefined)
    throw invalid({ field: 'body', rule: 'required', reason: 'a JSON body is required', source: 'body' });
  const unsafe = unsafeText(req.body);
  if (unsafe) throw invalid(unsafe);
  const result = schema.safeParse(req.body, { reportInput: true });
  if (result.success) return result.data;
  const [first, ...rest] = issuesOf(result.error);
  throw first ? invalid(first, ...rest) : invalid({ field: 'body', rule: 'invalid', reason: 'the body is not valid' });
};

/** What no stored text may hold, wherever it stands in a body: NUL, lone surrogates, keys that reach a prototype, absurd depth. */
export const unsafeText = (body: unknown): Issue | undefined => {
  const pending: { value: unknown; path: string; depth: number }[] = [{ value: body, path: '', depth: 0 }];
  for (let item = pending.pop(); item; item = pending.pop()) {
    const { value, path, depth } = item;
    const field = path === '' ? 'body' : path;
    if (typeof value === 'string') {
      if (value.includes('\0'))
        return { field, rule: 'invalid', reason: `${field} must not contain the character NUL`, source: 'body' };
      if (!isWellFormed(value))
        return { field, rule: 'invalid', reason: `${field} must not contain half of a surrogate pair`, source: 'body' };
    } else if (typeof value === 'object' && value !== null) {
      if (depth === MAX_DEPTH)
        return { field, rule: 'invalid', reason: `${field} is nested deeper than ${MAX_DEPTH} levels`, source: 'body' };
      for (const [key, child] of Object.entries(value)) {
        if (key === '__proto__' || key.includes('\0') || !isWellFormed(key))
          return { field, rule: 'unknown_property', reason: `${field} has a property whose name is not allowed`, source: 'body' };
        pending.push({ value: child, path: path === '' ? key : `${path}.${key}`, depth: depth + 1 });
      }
    }
  }
  return undefined;
};

const LONE_SURROGATE = /\p{Surrogate}/u;
const isWellFormed = (text: string): boolean => !LONE_SURROGATE.test(text);

/**
 * An id in the path.
 * @throws not-found when it is no UUID: then nothing can have it
 */
export const pathId = <T extends Parameters<typeof asId>[0]>(req: Request, name: string, what: string): T => {
  const id = asId<never>(pathText(req, name));
  if (id === undefined) throw notFound(what);
  return id as T;
};

/** A named part of the path, decoded; wildcards are joined by `/`. */
export const pathText = (req: Request, name: string): string => {
  const value = req.params[name];
  return Array.isArray(value) ? value.join('/') : (value ?? '');
};

/** The query of a request, as sent: Express's own parser is left out of it, so that brackets and repetitions stay visible. */
export const queryOf = (req: Request): URLSearchParams => {
  const at = req.originalUrl.indexOf('?');
  return new URLSearchParams(at === -1 ? '' : req.originalUrl.slice(at + 1));
};

/**
 * A parameter of the query that may be given once.
 * @throws invalid when it is repeated
 */
export const queryText = (req: Request, name: string): string | undefined => {
  const [value, ...more] = queryOf(req).getAll(name);
  if (more.length > 0)
    throw invalid({ field: name, rule: 'invalid', reason: `${name} must be given only once`, source: 'query' });
  return value;
};

/**
 * A parameter of the query that is a number from 1; undefined when absent.
 * @throws invalid for anything else
 */
export const queryNumber = (req: Request, name: string): number | undefined => {
  const value = queryText(req, name);
  if (value === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw invalid({ field: name, rule: 'is_integer', reason: `${name} must be a number from 1`, source: 'query' });
};

/**
 * A parameter of the query that is `true` or `false`; false when absent.
 * @throws invalid for anything else
 */
export const queryFlag = (req: Request, name: string): boolean => {
  const value = queryText(req, name);
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw invalid({
    field: name,
    rule: 'enum',
    choices: ['true', 'false'],
    reason: `${name} must be true or false`,
    source: 'query',
  });
};
