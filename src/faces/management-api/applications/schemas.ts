import { z } from 'zod';
import { text } from '../../../http/schemas.ts';

const MAX = 255;

export const updateApplicationSchema = z.strictObject({
  name: text({ min: 1, max: MAX }).optional(),
  description: text({ max: MAX }).nullish(),
  redirect_uri: text({ max: 2048 }).nullish(),
  reference_id: text({ max: MAX }).optional(),
});
