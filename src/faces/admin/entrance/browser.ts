import type { Request, Response } from 'express';
import type { Browser } from '../../../domain/administrators/index.ts';
import { readSecretCookie, setCookie } from '../../../http/cookies.ts';
import { SESSION_COOKIE } from '../context.ts';
import { paths } from '../paths.ts';

/** Tells a browser that somebody logged in with before; opens nothing. */
const DEVICE_COOKIE = 'portico_admin_device';
const DEVICE_SECONDS = 400 * 86_400; // the most that browsers keep

/** What is known of the browser that logs in. */
export const browserOf = (req: Request): Browser => ({
  userAgent: req.get('user-agent'),
  device: readSecretCookie(req, DEVICE_COOKIE),
});

/** Keeps in the browser what it is known by from now on; `device` once the session is open. */
export const keepSession = (
  req: Request,
  res: Response,
  { secret, device }: { readonly secret: string; readonly device: string | undefined },
): void => {
  setCookie(req, res, SESSION_COOKIE, secret, { path: paths.root() });
  if (device !== undefined) setCookie(req, res, DEVICE_COOKIE, device, { path: paths.root(), maxAgeSeconds: DEVICE_SECONDS });
};
