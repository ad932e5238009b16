import { z } from 'zod';

const email = z.string().trim().min(1, 'Enter your e-mail address').max(254, 'Enter an address such as name@example.com');
const newPassword = z.string().min(1, 'Choose a password').max(1000, 'Choose a password of at most 256 characters');
/** where to go afterwards, or what opens the page */
const hidden = z.string().max(4000);

export const logInForm = z.object({
  email,
  password: z.string().min(1, 'Enter your password').max(1000, 'This password is too long'),
  returnTo: hidden.optional(),
});

export const secondFactorForm = z.object({
  code: z.string().trim().min(1, 'Enter a code').max(40, 'A code is shorter than this'),
  returnTo: hidden.optional(),
});

export const forgottenPasswordForm = z.object({ email });

export const choosePasswordForm = z.object({ token: hidden, password: newPassword });

export const setUpForm = z.object({
  token: hidden,
  name: z.string().trim().min(1, 'Enter your name').max(200, 'Enter a name of at most 200 characters'),
  email,
  password: newPassword,
});
