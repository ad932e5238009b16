import type { Request, Response } from 'express';
import { Passport } from 'passport';
import { Strategy } from 'passport-local';

export interface GivenCredentials {
  readonly email: string;
  readonly password: string;
}

/**
 * Has Passport's local strategy take the fields `email` and `password` from a form, and a use case judge them. Sessions are ours: Passport
 * keeps nothing.
 * @throws what `judge` throws
 */
export const authenticateForm = <T extends object>(
  req: Request,
  res: Response,
  judge: (credentials: GivenCredentials) => Promise<T>,
): Promise<T> =>
  new Promise((resolve, reject) => {
    const strategy = new Strategy({ usernameField: 'email', session: false }, (email, password, done) => {
      judge({ email: email.trim(), password }).then((user) => done(null, user), done);
    });
    const handler = new Passport().authenticate(strategy, { session: false }, (error: unknown, user?: T | false | null) => {
      if (user) resolve(user);
      else reject(error ?? new Error('no credentials were given'));
    });
    handler(req, res, reject);
  });
