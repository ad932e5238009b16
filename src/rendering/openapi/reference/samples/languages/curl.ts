import type { FormField } from '../form-parts.ts';
import type { SampleBody, SampleRequest } from '../request.ts';
import { jsonText, shellQuoted } from './literals.ts';

/**
 * A part. curl reads a file's name after `@` or `<`, more parts after `(`, a quoted text after `"`, and what is said of the part after
 * `;`, unless the whole is a plain text (curl manual, `--form` and `--form-string`).
 */
const partOption = ({ name, value, file, type }: FormField): string => {
  const told = type === undefined ? '' : `;type=${type}`;
  if (file) return `--form ${shellQuoted(`${name}=@path/to/file${told}`)}`;
  if (!/^[\s@<("]|;/.test(value)) return `--form ${shellQuoted(`${name}=${value}${told}`)}`;
  if (type === undefined) return `--form-string ${shellQuoted(`${name}=${value}`)}`;
  return `--form ${shellQuoted(`${name}="${value.replace(/["\\]/g, '\\$&')}"${told}`)}`;
};

const bodyOptions = (body: SampleBody | undefined): string[] => {
  switch (body?.kind) {
    case 'json':
      return [`--data ${shellQuoted(jsonText(body.value))}`];
    case 'text':
      return [`--data ${shellQuoted(body.text)}`];
    case 'form':
      return body.fields.map(({ name, value }) => `--data-urlencode ${shellQuoted(`${name}=${value}`)}`);
    case 'multipart':
      return body.fields.map(partOption);
    case 'file':
      return ['--data-binary @path/to/file'];
    default:
      return [];
  }
};

/** Characters of a line that show beside an operation. */
const LINE = 48;

/** The request as a curl command. A long address has a line of its own: it is what one looks for. */
export const curlSample = ({ method, url, headers, body }: SampleRequest): string => {
  const verb = method === 'GET' && body === undefined ? '' : method === 'HEAD' ? '--head' : `--request ${method}`;
  const address = shellQuoted(url);
  const line = ['curl', verb, address].filter((part) => part !== '').join(' ');
  const command = verb !== '' && line.length > LINE ? [`curl ${verb}`, address] : [line];
  const options = [...headers.map(([name, value]) => `--header ${shellQuoted(`${name}: ${value}`)}`), ...bodyOptions(body)];
  return [...command, ...options].join(' \\\n  ');
};
