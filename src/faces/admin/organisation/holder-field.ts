import { z } from 'zod';
import { asId } from '../../../domain/ids.ts';
import type { Holder } from '../../../domain/roles/index.ts';

/** A holder as a menu offers it: its kind and its id in one word. */
export const holderValue = ({ kind, id }: Pick<Holder, 'kind' | 'id'>): string => `${kind}:${id}`;

/** Reads what {@link holderValue} made, of some kinds. */
export const holderField = <K extends Holder['kind']>(kinds: readonly K[]) =>
  z.string().transform((text, issues): Extract<Holder, { readonly kind: K }> => {
    const [kindSent, idSent = ''] = text.split(':');
    const kind = kinds.find((known) => known === kindSent);
    const id = asId(idSent);
    if (kind !== undefined && id !== undefined) return { kind, id } as Extract<Holder, { readonly kind: K }>;
    issues.addIssue({ code: 'custom', message: 'Choose somebody' });
    return z.NEVER;
  });
