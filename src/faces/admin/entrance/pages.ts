import { type FieldSpec, shownFields } from '../../../http/form-fields.ts';
import type { FormState } from '../../../http/forms.ts';
import { paths } from '../paths.ts';

/** What `admin/entrance/form.njk` shows: one thing to do. */
export interface EntrancePage {
  readonly intro?: string;
  readonly form: FormState;
  readonly action: string;
  readonly hidden: readonly { readonly name: string; readonly value: unknown }[];
  readonly fields: readonly object[];
  readonly submit: string;
  readonly links: readonly { readonly label: string; readonly href: string }[];
}

const EMAIL: FieldSpec = { name: 'email', label: 'E-mail', type: 'email', autocomplete: 'username', required: true };
const NEW_PASSWORD: FieldSpec = {
  name: 'password',
  label: 'Password',
  type: 'password',
  autocomplete: 'new-password',
  required: true,
  hint: 'At least 10 characters; a few words in a row are easy to remember and hard to guess.',
};

const hiddenOf = (form: FormState, name: string) => [{ name, value: form.values[name] ?? '' }];

export const logInPage = (form: FormState): EntrancePage => ({
  form,
  action: paths.logIn(),
  hidden: hiddenOf(form, 'returnTo'),
  fields: shownFields(form, [
    EMAIL,
    { name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', required: true },
  ]),
  submit: 'Log in',
  links: [{ label: 'Forgotten your password?', href: paths.forgottenPassword() }],
});

export const secondFactorPage = (form: FormState): EntrancePage => ({
  intro: 'Enter the code that your authenticator shows, or one of your recovery codes.',
  form,
  action: paths.secondFactor(),
  hidden: hiddenOf(form, 'returnTo'),
  fields: shownFields(form, [
    {
      name: 'code',
      label: 'Code',
      autocomplete: 'one-time-code',
      required: true,
      attributes: { inputmode: 'text', spellcheck: 'false' },
    },
  ]),
  submit: 'Go on',
  links: [{ label: 'Start again', href: paths.logIn() }],
});

export const forgottenPasswordPage = (form: FormState): EntrancePage => ({
  intro: 'We send you a link with which you choose a new one. It works for an hour.',
  form,
  action: paths.forgottenPassword(),
  hidden: [],
  fields: shownFields(form, [EMAIL]),
  submit: 'Send me a link',
  links: [{ label: 'Back to the log-in', href: paths.logIn() }],
});

export const choosePasswordPage = (form: FormState, { email }: { email: string | undefined }): EntrancePage => ({
  intro: `For ${email ?? 'your account'}.`,
  form,
  action: paths.password(),
  hidden: hiddenOf(form, 'token'),
  fields: shownFields(form, [NEW_PASSWORD]),
  submit: 'Set password',
  links: [],
});

export const setUpPage = (form: FormState): EntrancePage => ({
  intro: 'This account may do everything; others are invited by it.',
  form,
  action: paths.setUp(),
  hidden: hiddenOf(form, 'token'),
  fields: shownFields(form, [{ name: 'name', label: 'Name', autocomplete: 'name', required: true }, EMAIL, NEW_PASSWORD]),
  submit: 'Create account',
  links: [],
});
