import { z } from 'zod';
import { asId } from '../../../domain/ids.ts';
import type { Account } from '../../../domain/roles/index.ts';

const KINDS: readonly Account['kind'][] = ['administrator', 'system-account'];

/** A member as the menu offers it: its kind and its id. */
export const memberForm = z.object({
  member: z.string().transform((text, issues): Account => {
    const [kindSent, idSent = ''] = text.split(':');
    const kind = KINDS.find((known) => known === kindSent);
    const id = asId<never>(idSent);
    if (kind !== undefined && id !== undefined) return { kind, id };
    issues.addIssue({ code: 'custom', message: 'Choose somebody' });
    return z.NEVER;
  }),
});
