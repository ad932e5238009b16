import type { FormField } from '../form-parts.ts';
import type { SampleBody, SampleRequest } from '../request.ts';
import { literal, type Notation, singleQuoted } from './literals.ts';
import { textBody } from './text-body.ts';

const PHP: Notation = { open: '[', close: ']', pair: ' => ', null: 'null', true: 'true', false: 'false', string: singleQuoted };

/** A text with a type has to be sent like a file (PHP 8.1). */
const partValue = ({ name, value, file, type }: FormField): string => {
  const told = type === undefined ? '' : `, ${singleQuoted(type)}`;
  if (file) return `new CURLFile('path/to/file'${told})`;
  return type === undefined ? singleQuoted(value) : `new CURLStringFile(${singleQuoted(value)}, ${singleQuoted(name)}${told})`;
};

/** Several texts of one name are an array; of several files, PHP sends one. */
const partValues = (fields: readonly FormField[]): string => {
  const texts = fields.filter(({ file, type }) => !file && type === undefined);
  const values = texts.length === fields.length ? texts.map(partValue) : fields.slice(0, 1).map(partValue);
  return values.length === 1 ? values.join('') : `[${values.join(', ')}]`;
};

const bodyValue = (body: SampleBody | undefined): string | undefined => {
  switch (body?.kind) {
    case undefined:
      return undefined;
    case 'json':
      return `json_encode(${literal(body.value, PHP, 4)})`;
    case 'multipart': {
      const names = [...new Set(body.fields.map(({ name }) => name))];
      const fields = names.map((name) => {
        const values = partValues(body.fields.filter((field) => field.name === name));
        return `        ${singleQuoted(name)} => ${values},\n`;
      });
      return `[\n${fields.join('')}    ]`;
    }
    case 'file':
      return "file_get_contents('path/to/file')";
    default:
      return singleQuoted(textBody(body) ?? '');
  }
};

/** The request with PHP's curl extension. */
export const phpSample = ({ method, url, headers, body }: SampleRequest): string => {
  const lines = headers.map(([name, value]) => `        ${singleQuoted(`${name}: ${value}`)},\n`);
  const fields = bodyValue(body);
  const options = [
    ...(method === 'GET' ? [] : [`CURLOPT_CUSTOMREQUEST => ${singleQuoted(method)}`]),
    'CURLOPT_RETURNTRANSFER => true',
    ...(lines.length > 0 ? [`CURLOPT_HTTPHEADER => [\n${lines.join('')}    ]`] : []),
    ...(fields === undefined ? [] : [`CURLOPT_POSTFIELDS => ${fields}`]),
  ];
  return `<?php
$request = curl_init(${singleQuoted(url)});
curl_setopt_array($request, [
${options.map((option) => `    ${option},\n`).join('')}]);
echo curl_exec($request);`;
};
