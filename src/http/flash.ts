import type { Request, Response } from 'express';
import { hashSecret, isSameSecret, type SecretHolder } from '../domain/secrets/index.ts';
import { clearCookie, readCookie, setCookie } from './cookies.ts';
import type { Flash } from './layout-model.ts';

const COOKIE = 'portico_notice';
const KINDS: readonly string[] = ['success', 'info', 'warning', 'danger'];
const MAX_AGE_SECONDS = 60;

/** Has the next page say what just happened. Signed, so that nobody else can have it say something. Never for secrets. */
export const setFlash = (req: Request, res: Response, secrets: SecretHolder, { kind, text }: Flash): void => {
  const content = Buffer.from(JSON.stringify({ kind, text })).toString('base64url');
  setCookie(req, res, COOKIE, `${content}.${hashSecret(secrets, 'notice', content)}`, { maxAgeSeconds: MAX_AGE_SECONDS });
};

/** What this page has to say, once. */
export const takeFlash = (req: Request, res: Response, secrets: SecretHolder): Flash | undefined => {
  const flash = readFlash(req, secrets);
  if (readCookie(req, COOKIE) !== undefined) dropFlash(req, res);
  return flash;
};

/** Has no page say it any more. */
export const dropFlash = (req: Request, res: Response): void => clearCookie(req, res, COOKIE);

/** What the next page has to say; it is said again until {@link dropFlash}. */
export const readFlash = (req: Request, secrets: SecretHolder): Flash | undefined => {
  const cookie = readCookie(req, COOKIE);
  if (cookie === undefined) return undefined;
  const [content = '', signature = ''] = cookie.split('.');
  if (!isSameSecret(signature, hashSecret(secrets, 'notice', content))) return undefined;
  const { kind, text } = JSON.parse(Buffer.from(content, 'base64url').toString('utf8')) as Flash;
  return KINDS.includes(kind) ? { kind, text } : undefined;
};
