import type { OrganisationContext } from '../context.ts';
import { invalid } from '../errors.ts';
import type { AdministratorId } from '../ids.ts';

/** `invited`: has not chosen a password yet; `deactivated`: may not log in. */
export type AdministratorStatus = 'invited' | 'active' | 'deactivated';

/** Somebody who runs the installation. Never a developer of a portal: the two share no accounts. */
export interface Administrator {
  readonly id: AdministratorId;
  readonly email: string;
  readonly name: string;
  readonly status: AdministratorStatus;
  /** whether logging in takes a second factor */
  readonly hasSecondFactor: boolean;
  readonly lastLoginAt: string | undefined;
  readonly createdAt: string;
}

const EMAIL = /^[^\s@]+@[^\s@]+$/;
const MAX_EMAIL = 254; // RFC 5321, section 4.5.3.1.3
const MAX_NAME = 200;

/** An e-mail address without space around it. @throws invalid for something that is none */
export const asEmail = (text: string): string => {
  const email = text.trim();
  if (!EMAIL.test(email) || email.length > MAX_EMAIL)
    throw invalid({ field: 'email', rule: 'invalid', reason: 'email must be an e-mail address' });
  return email;
};

/** Somebody's name without space around it. @throws invalid when nothing is left, or too much */
export const asName = (text: string): string => {
  const name = text.trim();
  if (name === '') throw invalid({ field: 'name', rule: 'required', reason: 'name is required' });
  if (name.length > MAX_NAME)
    throw invalid({
      field: 'name',
      rule: 'max_length',
      maximum: MAX_NAME,
      reason: `name must not be longer than ${MAX_NAME} characters`,
    });
  return name;
};

/** A context in which somebody acts who has proved who they are, but brings no roles: by a password, or by a link. */
export const actingAs = <C extends OrganisationContext>(ctx: C, id: AdministratorId): C => ({
  ...ctx,
  actor: { kind: 'administrator', id, tokenId: undefined, grants: [] },
});
