import type { SampleBody, SampleRequest } from '../request.ts';
import { jsonText, shellQuoted } from './literals.ts';

const bodyOptions = (body: SampleBody | undefined): string[] => {
  switch (body?.kind) {
    case 'json':
      return [`--data ${shellQuoted(jsonText(body.value))}`];
    case 'text':
      return [`--data ${shellQuoted(body.text)}`];
    case 'form':
      return body.fields.map(({ name, value }) => `--data-urlencode ${shellQuoted(`${name}=${value}`)}`);
    case 'multipart':
      return body.fields.map(({ name, value, file }) => `--form ${shellQuoted(`${name}=${file ? '@path/to/file' : value}`)}`);
    case 'file':
      return ['--data-binary @path/to/file'];
    default:
      return [];
  }
};

/** The request as a curl command. */
export const curlSample = ({ method, url, headers, body }: SampleRequest): string => {
  const verb = method === 'GET' && body === undefined ? '' : method === 'HEAD' ? '--head ' : `--request ${method} `;
  const options = [...headers.map(([name, value]) => `--header ${shellQuoted(`${name}: ${value}`)}`), ...bodyOptions(body)];
  return [`curl ${verb}${shellQuoted(url)}`, ...options].join(' \\\n  ');
};
