import { z } from 'zod';

const ownPassword = z.string().min(1, 'Enter your password').max(1000, 'This is not your password');

export const nameForm = z.object({
  name: z.string().trim().min(1, 'Enter your name').max(200, 'Enter a name of at most 200 characters'),
});

export const passwordForm = z.object({
  current: ownPassword,
  password: z.string().min(1, 'Choose a password').max(1000, 'Choose a password of at most 256 characters'),
});

export const confirmedByPasswordForm = z.object({ password: ownPassword });

export const codeForm = z.object({ code: z.string().trim().min(1, 'Enter the code').max(40, 'A code is shorter than this') });
