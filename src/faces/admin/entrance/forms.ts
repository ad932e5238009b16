import { z } from 'zod';

export const logInForm = z.object({
  email: z.string().trim().min(1, 'Enter your e-mail address').max(254, 'Enter an address such as name@example.com'),
  password: z.string().min(1, 'Enter your password').max(1000, 'This password is too long'),
  returnTo: z.string().optional(),
});
