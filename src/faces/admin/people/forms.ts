import { z } from 'zod';

const name = z.string().trim().min(1, 'Enter a name').max(200, 'Enter a name of at most 200 characters');

export const inviteForm = z.object({
  name,
  email: z.string().trim().min(1, 'Enter an e-mail address').max(254, 'Enter an address such as name@example.com'),
});

export const renameForm = z.object({ name });
