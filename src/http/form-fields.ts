import { type FormState, fieldId } from './forms.ts';

/** What is asked; see the component `field` for each parameter. */
export interface FieldSpec {
  readonly name: string;
  readonly label: string;
  readonly type?:
    | 'text'
    | 'email'
    | 'password'
    | 'url'
    | 'number'
    | 'search'
    | 'textarea'
    | 'select'
    | 'checkbox'
    | 'file'
    | 'datetime-local';
  readonly hint?: string;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly autocomplete?: string;
  readonly options?: readonly { readonly value: string; readonly text: string; readonly group?: string }[];
  readonly rows?: number;
  readonly code?: boolean;
  /** of which group of options it asks, when it is for one alone */
  readonly group?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** of a checkbox: what it sends */
  readonly value?: string;
}

const shownValue = (given: unknown, { type, value = 'on' }: FieldSpec) => {
  if (type === 'password' || type === 'file') return {};
  return type === 'checkbox' ? { value, checked: given === true || given === value } : { value: given };
};

/** Parameters of the component `field`: what is asked, what was typed, what is wrong with it. Secrets are never shown again. */
export const shownField = (form: FormState, spec: FieldSpec) => ({
  ...spec,
  ...shownValue(form.values[spec.name], spec),
  id: fieldId(spec.name),
  error: form.errors[spec.name],
  ...(spec.type === 'file' ? { notice: form.lost?.[spec.name] } : {}),
});

/** {@link shownField} for all fields of a form. */
export const shownFields = (form: FormState, specs: readonly FieldSpec[]) => specs.map((spec) => shownField(form, spec));
