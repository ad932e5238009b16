import type { FieldSpec } from '../../../http/form-fields.ts';
import { fieldId } from '../../../http/forms.ts';
import { chooseAgain } from '../../../http/uploads.ts';
import { chosenMedia } from '../../../rendering/openapi/console/body.ts';
import {
  bodyName,
  emptyName,
  formFieldName,
  MEDIA,
  parameterName,
  secretName,
  userName,
} from '../../../rendering/openapi/console/names.ts';
import type {
  ConsoleAnswers,
  ConsoleBody,
  ConsoleField,
  ConsoleOperation,
  ConsoleParameter,
  ConsoleProblem,
  ConsoleScheme,
} from '../../../rendering/openapi/console/types.ts';

/** What the form shows: what was typed, and what is wrong with it. */
export interface Filled {
  readonly answers: ConsoleAnswers<{ readonly name: string }>;
  readonly problems: readonly ConsoleProblem[];
  /** Whether the form can be sent by way of the portal: then keys and tokens have names. */
  readonly isProxied: boolean;
}

interface Group {
  readonly title: string;
  readonly note: string;
  /** Whether fields are called as the API calls them. */
  readonly isNamed: boolean;
  readonly fields: readonly object[];
}

const UNSPELT = { spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off' } as const;

const errorOf = ({ problems }: Filled, name: string): string | undefined => problems.find(({ field }) => field === name)?.text;

const NAMED = 12;

const hintOf = ({ kind, type, choices, description, example }: ConsoleField, more: readonly string[]): string =>
  [
    kind === 'list' ? `${type}, one a line` : kind === 'json' ? `${type}, as JSON` : type,
    ...(kind === 'list' && choices.length > 0
      ? [`One of ${choices.slice(0, NAMED).join(', ')}${choices.length > NAMED ? ', …' : ''}`]
      : []),
    ...(example === '' ? [] : [`Example: ${example}`]),
    ...more,
    // A sentence of the document's own: nothing goes on after it.
    description,
  ]
    .filter((part) => part !== '')
    .join(' · ');

/** What a field is as a control. */
const controlOf = ({ kind, choices, required }: ConsoleField): Partial<FieldSpec> => {
  switch (kind) {
    case 'choice':
      return {
        type: 'select',
        options: [{ value: '', text: required ? 'Choose one' : 'Not sent' }, ...choices.map((value) => ({ value, text: value }))],
      };
    case 'list':
      return { type: 'textarea', rows: 3, attributes: UNSPELT };
    case 'json':
      return { type: 'textarea', rows: 5, code: true, attributes: UNSPELT };
    case 'file':
      return { type: 'file' };
    default:
      return { type: 'text', attributes: UNSPELT };
  }
};

/** What was given in a field, for the page that shows it again. */
const givenIn = ({ answers }: Filled, { kind }: ConsoleField, name: string): object => {
  if (kind !== 'file') return { value: answers.text(name) };
  const file = answers.file(name);
  return file ? { notice: chooseAgain([file.name]) } : {};
};

const fieldOf = (filled: Filled, field: ConsoleField, name: string, more: readonly string[] = []): object => ({
  ...controlOf(field),
  ...{ name, id: fieldId(name), label: field.name, optional: !field.required, hint: hintOf(field, more) },
  ...givenIn(filled, field, name),
  error: errorOf(filled, name),
});

/** Headers that no page may set (Fetch standard, "forbidden request-header"). */
const FORBIDDEN =
  /^(?:accept-charset|accept-encoding|access-control-.*|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|proxy-.*|sec-.*)$/i;
const OWN = /^(?:accept|content-type|authorization)$/i;

const parameterFields = (filled: Filled, parameter: ConsoleParameter, index: number): object[] => {
  const isForbidden = parameter.place === 'header' && FORBIDDEN.test(parameter.name);
  const field = fieldOf(filled, parameter, parameterName(index), isForbidden ? ['Browsers let no page send this header'] : []);
  if (!parameter.allowEmptyValue) return [field];
  const name = emptyName(index);
  const checked = filled.answers.text(name) !== '';
  return [
    field,
    { name, id: fieldId(name), label: `Send ${parameter.name} also when empty`, type: 'checkbox', value: 'on', checked },
  ];
};

const PLACES: readonly (readonly [place: string, title: string])[] = [
  ['path', 'Path'],
  ['query', 'Query'],
  ['querystring', 'Query string'],
  ['header', 'Headers'],
  ['cookie', 'Cookies'],
];

const COOKIES = 'Browsers let no page send cookies to another site';

/** What is asked about the request beside its body. */
export const parameterGroups = ({ parameters }: ConsoleOperation, filled: Filled): Group[] =>
  PLACES.flatMap(([place, title]) => {
    const fields = parameters.flatMap((parameter, index) =>
      parameter.place === place && !(place === 'header' && OWN.test(parameter.name))
        ? parameterFields(filled, parameter, index)
        : [],
    );
    const way = filled.isProxied ? 'choose to send by way of the portal' : 'the code of the request has them';
    return fields.length === 0 ? [] : [{ title, note: place === 'cookie' ? `${COOKIES}: ${way}.` : '', isNamed: true, fields }];
  });

const BODY_FIELD: ConsoleField = {
  ...{ name: '', kind: 'text', choices: [], type: '', description: '', initial: '', example: '' },
  required: false,
};

const bodyFields = ({ bodies, bodyRequired }: ConsoleOperation, body: ConsoleBody, media: number, filled: Filled): object[] => {
  if (body.kind === 'form' || body.kind === 'multipart')
    return body.fields.map((field, index) => fieldOf(filled, field, formFieldName(media, index)));
  const isOnly = bodies.length === 1;
  const field = { ...BODY_FIELD, name: body.type, required: !isOnly || bodyRequired };
  const name = bodyName(media);
  const control =
    body.kind === 'file'
      ? fieldOf(filled, { ...field, kind: 'file' }, name)
      : { ...fieldOf(filled, field, name), type: 'textarea', code: true, rows: 12, attributes: UNSPELT };
  // Beside others, it stands below what it is called by.
  return [{ ...control, isLabelHidden: !isOnly }];
};

/** The body in each media type that it may have; all of them are in the page, so that nothing is lost by choosing another. */
export const bodyChoices = (operation: ConsoleOperation, filled: Filled) => {
  const chosen = chosenMedia(operation, filled.answers);
  return operation.bodies.map((body, media) => ({
    ...{ name: MEDIA, value: String(media), id: `${fieldId(MEDIA)}-${media}`, label: body.type, checked: media === chosen },
    isNamed: body.fields.length > 0,
    fields: bodyFields(operation, body, media, filled),
  }));
};

/** Keys and tokens are never shown again, and have no name where they are not to leave the browser but for the API itself. */
const secretFields = (scheme: ConsoleScheme, index: number, filled: Filled, isOnly: boolean): object[] => {
  if (scheme.kind === 'other') return [];
  const named = (name: string): object => ({
    ...(filled.isProxied ? { name } : {}),
    ...{ id: fieldId(name), error: errorOf(filled, name) },
    attributes: { ...UNSPELT, 'data-name': name },
  });
  const label = isOnly ? '' : `${scheme.name}: `;
  if (scheme.kind === 'basic')
    return [
      { ...named(userName(index)), label: `${label}User name`, type: 'text', value: filled.answers.text(userName(index)) },
      { ...named(secretName(index)), label: `${label}Password`, type: 'password' },
    ];
  const text = scheme.kind === 'key' ? 'API key' : 'Token';
  const hint = scheme.place === 'cookie' ? `${scheme.words}. ${COOKIES}.` : `${scheme.words}.`;
  return [{ ...named(secretName(index)), label: `${label}${text}`, hint, type: 'password' }];
};

const wordsOf = ({ requirements }: ConsoleOperation): string => {
  const alternatives = requirements.filter((names) => names.length > 0).map((names) => names.join(' and '));
  const isOptional = requirements.some((names) => names.length === 0);
  if (alternatives.length === 0) return '';
  return `${alternatives.length > 1 ? `One of: ${alternatives.join('; ')}.` : ''}${isOptional ? ' None is needed.' : ''}`.trim();
};

/** How one proves oneself; undefined where nothing can be typed. */
export const authorizationGroup = (operation: ConsoleOperation, filled: Filled): Group | undefined => {
  const isOnly = operation.schemes.filter(({ kind }) => kind !== 'other').length === 1;
  const fields = operation.schemes.flatMap((scheme, index) => secretFields(scheme, index, filled, isOnly));
  const others = operation.schemes.filter(({ kind }) => kind === 'other').map(({ name, words }) => `${name}: ${words}.`);
  const note = [wordsOf(operation), ...others].filter((text) => text !== '').join(' ');
  return operation.schemes.length === 0 ? undefined : { title: 'Authorization', note, isNamed: false, fields };
};

/** The field that an API key of one's own goes into; undefined where no scheme takes any. */
export const keyFieldOf = ({ schemes }: ConsoleOperation): string | undefined => {
  const index = schemes.findIndex(({ kind, place }) => kind === 'key' && place !== 'cookie');
  return index === -1 ? undefined : fieldId(secretName(index));
};
