import type { Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import type { RequestOrigin } from '../domain/context.ts';
import { notFound } from '../domain/errors.ts';
import { AFTER_FIRST_PICTURE_SOURCE } from './after-first-picture.ts';
import { inlineSource } from './inline-source.ts';
import { requestIdOf } from './problems.ts';

/** Tokens of one-time links: whoever reads the log must not be able to use them. */
const ONE_TIME = /(?<=[?&]token=)[^&]+/g;

/** Gives every request an id (answered as `X-Request-Id`) and logs it when it ends. */
export const requestLog =
  (log: Logger): RequestHandler =>
  (req, res, next) => {
    const started = performance.now();
    const requestId = requestIdOf(res);
    res.setHeader('X-Request-Id', requestId);
    res.once('close', () => {
      log.info(
        {
          request_id: requestId,
          method: req.method,
          host: req.headers.host,
          path: req.originalUrl.replace(ONE_TIME, '…'),
          status: res.statusCode,
          ms: Math.round((performance.now() - started) * 10) / 10,
          ...(res.writableFinished ? {} : { aborted: true }),
        },
        'request',
      );
    });
    next();
  };

const POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'https:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
  'manifest-src': ["'self'"],
} as const;

/** An origin as a policy can hold it; names of hosts may hold what would end it. */
const ORIGIN = /^https?:\/\/[a-z0-9.-]+(?::\d+)?$/;

/** The policy of a page, with more sources than every page has. */
const policyWith = (more: Partial<Record<keyof typeof POLICY, readonly string[]>>): string =>
  Object.entries(POLICY)
    .map(([name, sources]) => [name, ...sources, ...(more[name as keyof typeof POLICY] ?? [])].join(' '))
    .join('; ');

/** The policy of a page whose scripts may send requests to other origins, too. */
export const policyReaching = (origins: readonly string[]): string =>
  policyWith({ 'connect-src': origins.filter((origin) => ORIGIN.test(origin)) });

/** The policy of a page that carries these styles itself, and asks for the rest later: both named by hash. */
export const policyOfFirstPage = (styles: readonly string[]): string =>
  policyWith({
    'script-src': [AFTER_FIRST_PICTURE_SOURCE],
    'style-src': styles.map(inlineSource),
  });

/**
 * Headers of every answer. No script or style but our own files: no inline code, no evaluation, nothing from elsewhere; images may also be data
 * URLs (tiny icons) or come over https (documents may show them).
 */
export const securityHeaders = (secure: boolean): RequestHandler =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: POLICY,
    },
    crossOriginEmbedderPolicy: false,
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    xFrameOptions: { action: 'deny' },
    xPoweredBy: false,
  });

/** The host name of a request, lower case and without its port; `''` when there is none. Honours `X-Forwarded-Host` of trusted proxies. */
export const hostOf = (req: { hostname?: string }): string => (req.hostname ?? '').toLowerCase();

/** Where a request comes from, for the audit trail. */
export const originOf = (req: Request, res: Response): RequestOrigin => ({ requestId: requestIdOf(res), address: req.ip });

/** No name in an address holds NUL, and PostgreSQL takes it in no text: such an address leads nowhere. @throws not-found */
export const refuseNul: RequestHandler = (req, _res, next) => {
  if (req.path.includes('%00')) throw notFound('Page');
  next();
};
