import type { Request, Response } from 'express';
import { newSecret } from '../domain/secrets/index.ts';
import { type Device, type PresentedTokens, SESSION_MS, type SessionTokens } from '../domain/sessions/index.ts';
import { clearCookie, readCookie, readSecretCookie, setCookie } from './cookies.ts';

const ACCESS = 'portalaccesstoken';
const REFRESH = 'portalrefreshtoken';
/** What the API's routes for sessions have in common: nothing else gets to see a refresh token. */
const REFRESH_PATH = '/api/v2/developer';

/** The tokens of a developer's session, as far as this request carries them. */
export const readSessionCookies = (req: Request): PresentedTokens => ({
  accessToken: readCookie(req, ACCESS),
  refreshToken: readCookie(req, REFRESH),
});

/**
 * Gives the browser the tokens of a session. The cookie of the access token lives as long as the session, though the token itself opens
 * the API for a short time only: pages cannot see the other one.
 */
export const setSessionCookies = (req: Request, res: Response, { accessToken, refreshToken }: SessionTokens): void => {
  const maxAgeSeconds = SESSION_MS / 1000;
  setCookie(req, res, ACCESS, accessToken, { maxAgeSeconds });
  setCookie(req, res, REFRESH, refreshToken, { maxAgeSeconds, path: REFRESH_PATH });
};

export const clearSessionCookies = (req: Request, res: Response): void => {
  clearCookie(req, res, ACCESS);
  clearCookie(req, res, REFRESH, { path: REFRESH_PATH });
};

const DEVICE = 'portico_device';
const DEVICE_SECONDS = 400 * 24 * 60 * 60; // what browsers keep at most

/** The browser that a request comes from; one that was never here is given a cookie to be known by. */
export const deviceOf = (req: Request, res: Response): Device => {
  const userAgent = req.get('user-agent');
  const id = readSecretCookie(req, DEVICE) ?? newSecret();
  setCookie(req, res, DEVICE, id, { maxAgeSeconds: DEVICE_SECONDS });
  return { id, userAgent };
};
