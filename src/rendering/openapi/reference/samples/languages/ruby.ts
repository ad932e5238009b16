import type { FormField } from '../form-parts.ts';
import type { SampleBody, SampleRequest } from '../request.ts';
import { literal, type Notation, singleQuoted } from './literals.ts';

const RUBY: Notation = { open: '{', close: '}', pair: ' => ', null: 'nil', true: 'true', false: 'false', string: singleQuoted };

const CLASSES = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE']);

/** `net/http` says the type of files only, so a text that has one is given a file's name. */
const fieldValue = ({ name, value, file, type }: FormField): string => {
  const written = file ? "File.open('path/to/file')" : singleQuoted(value);
  const fileName = file ? '' : `filename: ${singleQuoted(name)}, `;
  return type === undefined ? written : `${written}, { ${fileName}content_type: ${singleQuoted(type)} }`;
};

const bodyLines = (body: SampleBody | undefined): string[] => {
  switch (body?.kind) {
    case 'json':
      return [`request.body = JSON.generate(${literal(body.value, RUBY)})`];
    case 'text':
      return [`request.body = ${singleQuoted(body.text)}`];
    case 'form':
    case 'multipart': {
      const fields = body.fields.map((field) => `  [${singleQuoted(field.name)}, ${fieldValue(field)}],\n`);
      const type = body.kind === 'form' ? 'application/x-www-form-urlencoded' : 'multipart/form-data';
      return [`request.set_form([\n${fields.join('')}], ${singleQuoted(type)})`];
    }
    case 'file':
      return ["request.body = File.binread('path/to/file')"];
    default:
      return [];
  }
};

const construct = (method: string): string => {
  if (CLASSES.has(method)) return `Net::HTTP::${method.charAt(0)}${method.slice(1).toLowerCase()}.new(uri)`;
  return `Net::HTTPGenericRequest.new(${singleQuoted(method)}, true, true, uri)`;
};

/** The request with `net/http`. */
export const rubySample = ({ method, url, headers, body }: SampleRequest): string =>
  [
    ...(body?.kind === 'json' ? ["require 'json'"] : []),
    "require 'net/http'",
    '',
    `uri = URI(${singleQuoted(url)})`,
    `request = ${construct(method)}`,
    ...headers.map(([name, value]) => `request[${singleQuoted(name)}] = ${singleQuoted(value)}`),
    ...bodyLines(body),
    "response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') { |http| http.request(request) }",
    'puts response.code, response.body',
  ].join('\n');
