import type { FormField } from '../form-parts.ts';
import type { SampleBody, SampleRequest } from '../request.ts';
import { literal, type Notation, quoted } from './literals.ts';

const PYTHON: Notation = { open: '{', close: '}', pair: ': ', null: 'None', true: 'True', false: 'False', string: quoted };

const SHORTCUTS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);

/** Fields of a form as tuples, because a field may be repeated. */
const tuples = (fields: { name: string; value: string }[]): string =>
  `[\n${fields.map(({ name, value }) => `        (${quoted(name)}, ${quoted(value)}),\n`).join('')}    ]`;

const OPENED = 'open("path/to/file", "rb")';

/** What stands for a part among `files`: content, or name of a file, content and type. */
const part = ({ value, file, type }: FormField): string => {
  if (type === undefined) return file ? OPENED : `(None, ${quoted(value)})`;
  return file ? `("file", ${OPENED}, ${quoted(type)})` : `(None, ${quoted(value)}, ${quoted(type)})`;
};

/** Without `files`, `requests` would send no form in parts. */
const multipartArguments = (fields: FormField[]): string[] => {
  const told = fields.filter(({ file, type }) => file || type !== undefined);
  const files = told.length > 0 ? told : fields;
  const rest = fields.filter((field) => !files.includes(field));
  const lines = files.map((field) => `        (${quoted(field.name)}, ${part(field)}),\n`).join('');
  return [`files=[\n${lines}    ]`, ...(rest.length > 0 ? [`data=${tuples(rest)}`] : [])];
};

const bodyArguments = (body: SampleBody | undefined): string[] => {
  switch (body?.kind) {
    case 'json':
      return [`json=${literal(body.value, PYTHON, 4)}`];
    case 'text':
      return [`data=${quoted(body.text)}.encode()`];
    case 'form':
      return [`data=${tuples(body.fields)}`];
    case 'multipart':
      return multipartArguments(body.fields);
    case 'file':
      return ['data=open("path/to/file", "rb")'];
    default:
      return [];
  }
};

/** The request with the `requests` library. */
export const pythonSample = ({ method, url, headers, body }: SampleRequest): string => {
  // `json=` sets the content type itself.
  const kept =
    body?.kind === 'json' ? headers.filter(([name, value]) => name !== 'Content-Type' || value !== 'application/json') : headers;
  const named = kept.length > 0 ? [`headers=${literal(Object.fromEntries(kept), PYTHON, 4)}`] : [];
  const call = SHORTCUTS.has(method) ? `requests.${method.toLowerCase()}(` : `requests.request(\n    ${quoted(method)},`;
  const parts = [quoted(url), ...named, ...bodyArguments(body)];
  return `import requests\n\nresponse = ${call}\n${parts.map((part) => `    ${part},\n`).join('')})\nprint(response.status_code, response.text)`;
};
