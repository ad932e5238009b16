import { z } from 'zod';
import { type RequestRef, readRef } from '../../../domain/requests/index.ts';

const MAX_REASON = 1000;
const MAX_AT_ONCE = 100;

const refs = (nothing: string) =>
  z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((value): RequestRef[] => [value ?? []].flat().flatMap((text) => readRef(text) ?? []))
    .pipe(z.array(z.custom<RequestRef>()).min(1, nothing).max(MAX_AT_ONCE, `Choose at most ${MAX_AT_ONCE} requests at a time`));

export const decisionForm = z.object({
  request: refs('Choose at least one request'),
  verdict: z.enum(['approve', 'reject'], 'Choose whether to approve or to reject'),
  reason: z.string().trim().max(MAX_REASON, `Write at most ${MAX_REASON} characters`).optional(),
  /** what came next in the list */
  next: z.string().max(100).optional(),
});

export const undoForm = z.object({ request: refs('There is nothing to undo') });
