import type { SessionId } from '../../../domain/ids.ts';
import type { Session } from '../../../domain/sessions/index.ts';
import { type FieldSpec, shownFields } from '../../../http/form-fields.ts';
import type { FormState } from '../../../http/forms.ts';
import { describeDevice } from '../../../lib/device.ts';
import { paths } from '../paths.ts';

/** A form of the account page. */
const part = (name: string, form: FormState, fields: readonly FieldSpec[], submit: string) => ({
  action: paths.accountPart(name),
  fields: shownFields(form, fields),
  submit,
});

export const profilePart = (form: FormState) =>
  part('profile', form, [{ name: 'fullName', label: 'Name', autocomplete: 'name', required: true }], 'Save name');

export const passwordPart = (form: FormState) =>
  part(
    'password',
    form,
    [
      { name: 'current', label: 'Current password', type: 'password', autocomplete: 'current-password', required: true },
      {
        name: 'password',
        label: 'New password',
        type: 'password',
        autocomplete: 'new-password',
        required: true,
        hint: 'At least 10 characters; a few words in a row are easy to remember and hard to guess.',
      },
    ],
    'Change password',
  );

export const sessionRows = (sessions: readonly Session[], current: SessionId) =>
  sessions.map(({ id, userAgent, address, createdAt, lastUsedAt }) => ({
    device: describeDevice(userAgent ?? undefined),
    address: address ?? 'unknown',
    createdAt,
    lastUsedAt,
    isCurrent: id === current,
    endAction: paths.accountPart(`sessions/${id}/end`),
  }));
