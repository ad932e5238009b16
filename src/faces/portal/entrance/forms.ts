import { z } from 'zod';

const email = () =>
  z
    .string()
    .trim()
    .min(1, 'Enter your e-mail address')
    .max(250, 'Enter an address of at most 250 characters')
    .pipe(z.email('Enter an address such as name@example.com'));

export const logInForm = z.object({
  email: email(),
  password: z.string().min(1, 'Enter your password').max(1000, 'This password is too long'),
  returnTo: z.string().optional(),
});

export const fullName = () => z.string().trim().min(1, 'Enter your name').max(250, 'Enter a name of at most 250 characters');

export const signUpForm = z.object({ email: email(), fullName: fullName() });

export const forgotPasswordForm = z.object({ email: email() });

export const newPassword = () => z.string().min(1, 'Choose a password').max(1000, 'Choose a password of at most 256 characters');

export const resetPasswordForm = z.object({ token: z.string(), password: newPassword() });

export const confirmForm = z.object({ token: z.string() });
