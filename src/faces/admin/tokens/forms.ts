import { z } from 'zod';
import { LIFETIMES } from './pages.ts';

export const tokenForm = z.object({
  name: z.string().trim().min(1, 'Enter a name').max(255, 'Enter a name of at most 255 characters'),
  days: z.enum(LIFETIMES, 'Choose when it expires').transform(Number),
});
