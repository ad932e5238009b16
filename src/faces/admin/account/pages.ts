import type { AdministratorSession } from '../../../domain/administrators/index.ts';
import type { SessionId } from '../../../domain/ids.ts';
import type { RegionCode } from '../../../domain/regions/index.ts';
import { shownFields } from '../../../http/form-fields.ts';
import type { FormState } from '../../../http/forms.ts';
import { describeDevice } from '../../../lib/device.ts';
import { paths } from '../paths.ts';

/** A form of the account page. */
const part = (
  region: RegionCode,
  name: Parameters<typeof paths.accountPart>[1],
  form: FormState,
  fields: Parameters<typeof shownFields>[1],
  submit: string,
) => ({ action: paths.accountPart(region, name), form, fields: shownFields(form, fields), submit });

export const namePart = (region: RegionCode, form: FormState) =>
  part(region, 'name', form, [{ name: 'name', label: 'Name', autocomplete: 'name', required: true }], 'Save name');

export const passwordPart = (region: RegionCode, form: FormState) =>
  part(
    region,
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

export const sessionRows = (region: RegionCode, sessions: readonly AdministratorSession[], current: SessionId) =>
  sessions.map(({ id, userAgent, address, createdAt, lastUsedAt }) => ({
    device: describeDevice(userAgent),
    address: address ?? 'unknown',
    createdAt,
    lastUsedAt,
    isCurrent: id === current,
    endAction: paths.session(region, id),
  }));
