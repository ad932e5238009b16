import type { FormField } from '../form-parts.ts';
import type { SampleBody, SampleRequest } from '../request.ts';
import { indented, quoted } from './literals.ts';

/** Only a blob has a type; a file that somebody chose brings its own. */
const appended = ({ value, file, type }: FormField): string => {
  if (file) return 'file';
  return type === undefined ? quoted(value) : `new Blob([${quoted(value)}], { type: ${quoted(type)} })`;
};

const formLines = (type: string, body: SampleBody & { kind: 'form' | 'multipart' }): string => {
  const lines = body.fields.map((field) => `body.append(${quoted(field.name)}, ${appended(field)});`);
  return [`const body = new ${type}();`, ...lines, '', ''].join('\n');
};

const json = (value: unknown): string => indented(JSON.stringify(value, null, 2) ?? 'null', 2);

const written = (body: SampleBody | undefined): { before: string; field: string } => {
  switch (body?.kind) {
    case 'json':
      return { before: '', field: `body: JSON.stringify(${json(body.value)})` };
    case 'text':
      return { before: '', field: `body: ${quoted(body.text)}` };
    case 'form':
      return { before: formLines('URLSearchParams', body), field: 'body' };
    case 'multipart':
      return { before: formLines('FormData', body), field: 'body' };
    case 'file':
      return { before: '', field: 'body: file' };
    default:
      return { before: '', field: '' };
  }
};

const headerLines = (headers: [string, string][]): string[] =>
  headers.length === 0
    ? []
    : [`headers: {\n${headers.map(([name, value]) => `    ${quoted(name)}: ${quoted(value)},\n`).join('')}  }`];

/** The request with `fetch`. */
export const javascriptSample = ({ method, url, headers, body }: SampleRequest): string => {
  const { before, field } = written(body);
  const fields = [...(method === 'GET' ? [] : [`method: ${quoted(method)}`]), ...headerLines(headers), ...(field ? [field] : [])];
  const options = fields.length === 0 ? '' : `, {\n${fields.map((each) => `  ${each},\n`).join('')}}`;
  return `${before}const response = await fetch(${quoted(url)}${options});\nconsole.log(response.status, await response.text());`;
};
