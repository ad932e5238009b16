import type { Request, RequestHandler, Response } from 'express';
import { DomainError } from '../domain/errors.ts';
import { hashSecret, isSameSecret, newSecret, type SecretHolder } from '../domain/secrets/index.ts';
import { readCookie, setCookie } from './cookies.ts';

/** The field of every form that holds its token. */
export const CSRF_FIELD = '_csrf';

/** Ties forms to the browser of somebody who has not logged in; holds nothing else. */
const BROWSER_COOKIE = 'portico_browser';

/**
 * The token for forms of this browser: a hash of the session, or of a cookie where there is none (then it is set with this answer). A
 * page with a token must not be kept by caches.
 * @param session what the browser's session is known by; undefined for somebody who has not logged in
 */
export const csrfToken = (req: Request, res: Response, secrets: SecretHolder, session: string | undefined): string =>
  hashSecret(secrets, 'csrf', session ?? browserOf(req, res));

const browserOf = (req: Request, res: Response): string => {
  const known = readCookie(req, BROWSER_COOKIE) ?? res.locals[BROWSER_COOKIE];
  if (typeof known === 'string') return known;
  const made = newSecret();
  res.locals[BROWSER_COOKIE] = made;
  setCookie(req, res, BROWSER_COOKIE, made);
  return made;
};

/**
 * Refuses a form that was not sent from a page of this host in this browser. Runs after the body is read.
 * @throws forbidden
 */
export const checkCsrf = (req: Request, res: Response, secrets: SecretHolder, session: string | undefined): void => {
  const given: unknown = (req.body as Record<string, unknown> | undefined)?.[CSRF_FIELD];
  const expected = csrfToken(req, res, secrets, session);
  if (!isFromHere(req) || typeof given !== 'string' || !isSameSecret(given, expected))
    throw new DomainError('forbidden', 'This form has expired: please go back, reload the page and send it again');
};

/**
 * Whether a request was made by a page of the host that it is for. Browsers say so (Fetch Metadata, and `Origin` as RFC 6454, section 7,
 * has it); whoever says neither is no browser that holds somebody's cookies.
 */
export const isFromHere = (req: Request): boolean => {
  const site = req.get('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const origin = req.get('origin');
  if (origin === undefined || origin === 'null') return origin === undefined;
  return URL.canParse(origin) && new URL(origin).host === (req.host ?? '').toLowerCase();
};

/** Refuses requests that change something and come from a page of another origin; `trusted` names one that may. @throws forbidden */
export const sameOriginOnly =
  (trusted: (req: Request, res: Response) => string | undefined): RequestHandler =>
  (req, res, next) => {
    const safe = ['GET', 'HEAD', 'OPTIONS'].includes(req.method);
    const origin = req.get('origin');
    if (safe || isFromHere(req) || (origin !== undefined && origin === trusted(req, res))) return next();
    throw new DomainError('forbidden', 'This request comes from a page of another site');
  };
