import { z } from 'zod';
import { invalid } from '../../../domain/errors.ts';
import type { RegistrationId } from '../../../domain/ids.ts';
import { MAX_REASON_LENGTH, REGISTRATION_STATUSES } from '../../../domain/registrations/index.ts';
import { text, uuid } from '../../../http/schemas.ts';

const status = () => z.enum(REGISTRATION_STATUSES);
const reason = () => text({ max: MAX_REASON_LENGTH }).nullish();

export const updateRegistrationSchema = z.strictObject({ status: status().optional() });

const decision = { status: status(), reason: reason(), expected: status().optional() };

export const decideSchema = z.strictObject(decision);

export const decideManySchema = z.strictObject({
  ...decision,
  ids: z
    .array(uuid().transform((id) => id as RegistrationId))
    .min(1)
    .max(100),
});

/** The reason of a deletion, which has no body. @throws invalid */
export const checkReason = (given: string | undefined): string | null => {
  const result = reason().safeParse(given);
  if (result.success && !/\0|\p{Surrogate}/u.test(given ?? '')) return result.data || null;
  throw invalid({
    field: 'reason',
    rule: 'max_length',
    maximum: MAX_REASON_LENGTH,
    reason: `reason must be text of not more than ${MAX_REASON_LENGTH} characters`,
    source: 'query',
  });
};
