import type { CookieOptions, Request, Response } from 'express';

/** The value of a cookie that the request carries; the first one where several have the name. */
export const readCookie = (req: Request, name: string): string | undefined => {
  for (const pair of (req.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at === -1 || pair.slice(0, at).trim() !== name) continue;
    const value = pair
      .slice(at + 1)
      .trim()
      .replace(/^"(.*)"$/, '$1');
    return value === '' ? undefined : value;
  }
  return undefined;
};

const SECRET = /^[\w-]{43}$/;

/** A secret that we gave the browser; undefined for anything else that a cookie of this name holds: it is not ours. */
export const readSecretCookie = (req: Request, name: string): string | undefined => {
  const value = readCookie(req, name);
  return value !== undefined && SECRET.test(value) ? value : undefined;
};

export interface CookieSettings {
  /** Absent: until the browser ends. */
  readonly maxAgeSeconds?: number;
  readonly path?: string;
}

const optionsOf = (req: Request, { maxAgeSeconds, path = '/' }: CookieSettings): CookieOptions => ({
  httpOnly: true,
  sameSite: 'lax',
  secure: req.secure,
  path,
  ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds * 1000 }),
  encode: (value) => value,
});

/** Gives the browser a cookie that only this host gets back, and no script sees. `value` must be free of characters that cookies know. */
export const setCookie = (req: Request, res: Response, name: string, value: string, settings: CookieSettings = {}): void => {
  res.cookie(name, value, optionsOf(req, settings));
};

/** Takes a cookie away. */
export const clearCookie = (req: Request, res: Response, name: string, { path }: Pick<CookieSettings, 'path'> = {}): void => {
  const { maxAge: _none, ...options } = optionsOf(req, path === undefined ? {} : { path });
  res.clearCookie(name, options);
};
